// The queries of a page over the fixtures of this repository, as tables. Their external data is pinned beside it.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const query = "queries/network-connection-from-msbuild-with-asn-enrichment.md";
const args = ["run", query, "-d", "fixtures", "-f", "pretty", "--width", String(process.stdout.columns ?? 160)];
console.log(`$ kqlite ${args.slice(0, 4).join(" ")}\n`);
const cli = join(root, "dist/cli/main.js");
const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: "inherit" });
process.exitCode = status ?? 1;
