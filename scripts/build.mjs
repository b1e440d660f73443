// Builds dist/: the libraries with tsc, and the command line as one bundle with esbuild, because starting from some
// hundred files takes longer than most queries. `--cli` builds the command line alone.
import { execFileSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export async function buildCli() {
  const folder = join(root, "dist/cli");
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: [join(root, "src/cli/main.ts")],
    outdir: folder,
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
  chmodSync(join(folder, "main.js"), 0o755);
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
