// Builds dist/: the libraries with tsc, and the command line as one bundle with esbuild, because starting from some
// hundred files takes longer than most queries. `--cli` builds the command line alone.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Libraries that few queries need stand beside the bundle: half of its text would otherwise be read for nothing.
const apart = ["h3-js", "yaml", "hyparquet/src/index.js", "hyparquet-compressors"];
const fileOf = (library) => `./${library.split("/")[0]}.cjs`;

const keptApart = {
  name: "kept apart",
  setup(build) {
    build.onResolve({ filter: /^(h3-js|yaml|hyparquet)/ }, ({ path, kind }) =>
      apart.includes(path) && kind !== "entry-point" ? { path: fileOf(path), external: true } : undefined,
    );
  },
};

// The entry compiles the bundle with V8's code cache, which holds what a first run compiled. Another version of Node
// rejects the cache, and compiles as usual.
const entry = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");
const filename = __dirname + "/bundle.cjs";
let cachedData;
try {
  if (!process.env.KQLITE_BUILD_CACHE) cachedData = readFileSync(__dirname + "/bundle.cache");
} catch {}
const source = "(function (require, __filename) {" + readFileSync(filename, "latin1") + "\\n})";
const script = new Script(source, { filename, cachedData });
script.runInThisContext()(require, filename);
if (process.env.KQLITE_BUILD_CACHE) {
  process.on("exit", () => writeFileSync(__dirname + "/bundle.cache", script.createCachedData()));
}
`;

/** A query that goes through most of what every query goes through. */
const usual = `let T = datatable(a:long, s:string) [1, "x", 2, "y"];
T | where a > 0 and s has "x" | extend b = strlen(s) | summarize count() by s | join kind=inner (T) on s | sort by a`;

export async function buildCli() {
  const folder = join(root, "dist/cli");
  // Built aside and moved into place: whoever runs the command line meanwhile has the old one or the new one.
  const fresh = `${folder}.${process.pid}.new`;
  const old = `${folder}.${process.pid}.old`;
  const common = { bundle: true, format: "cjs", platform: "node", target: "node20", minify: true, logLevel: "warning" };
  await Promise.all(
    apart.map((library) => build({ ...common, entryPoints: [library], outfile: join(fresh, fileOf(library)) })),
  );
  await build({
    ...common,
    entryPoints: [join(root, "src/cli/main.ts")],
    outfile: join(fresh, "bundle.cjs"),
    plugins: [keptApart],
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "bundleUrl" },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
  // One byte a character: read as such, the text takes half the memory and no decoding.
  if (/[^\0-\x7f]/.test(readFileSync(join(fresh, "bundle.cjs"), "utf8"))) throw new Error("the bundle is not ASCII");
  writeFileSync(join(fresh, "package.json"), '{ "type": "commonjs" }\n');
  writeFileSync(join(fresh, "main.js"), entry, { mode: 0o755 });
  execFileSync(process.execPath, [join(fresh, "main.js"), "run", "-e", usual], {
    env: { ...process.env, KQLITE_BUILD_CACHE: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
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
