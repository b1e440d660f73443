// Runs the command line from the checkout, built anew when a source is newer than the bundle.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCli } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, "dist/cli/main.js");

function newest(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((time, entry) => Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

if (!existsSync(bundle) || newest(join(root, "src")) > statSync(bundle).mtimeMs) await buildCli();
const { status, signal } = spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], { stdio: "inherit" });
process.exitCode = signal ? 130 : (status ?? 1);
