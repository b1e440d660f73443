// Builds dist/: the libraries with tsc, and the command line as one bundle with esbuild, because starting from some
// hundred files takes longer than most queries. `--cli` builds the command line alone.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export async function buildCli() {
  const folder = join(root, "dist/cli");
  // Built aside and moved into place: whoever runs the command line meanwhile has the old one or the new one.
  const fresh = `${folder}.${process.pid}.new`;
  const old = `${folder}.${process.pid}.old`;
  await build({
    entryPoints: [join(root, "src/cli/main.ts")],
    outdir: fresh,
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    minify: true,
    banner: {
      // Some dependencies are CommonJS and call require().
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
  chmodSync(join(fresh, "main.js"), 0o755);
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(fresh, folder);
  rmSync(old, { recursive: true, force: true });
}

/** Builds the command line when it is missing or older than a source. */
export async function freshCli() {
  const bundle = join(root, "dist/cli/main.js");
  const files = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const newest = Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
  if (!existsSync(bundle) || newest > statSync(bundle).mtimeMs) await buildCli();
  return bundle;
}

function buildLibraries() {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], { stdio: "inherit" });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const start = performance.now();
  if (!process.argv.includes("--cli")) buildLibraries();
  await buildCli();
  console.error(`built in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
