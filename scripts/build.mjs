// Builds dist/: the libraries and the command line, in few files each, because starting from some hundred takes longer
// than most queries. `--cli` builds the command line alone.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, transform } from "esbuild";

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

// Commander loads it to run subcommands that are programs of their own; there are none, and loading takes 5 ms.
const notLoadedForCommander = {
  name: "child_process not loaded for commander",
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes("/commander/") ? { path: "none", namespace: "none" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "module.exports = {}", loader: "js" }));
  },
};

// What every query needs is one file, compiled with V8's code cache, which holds what a first run compiled (another
// version of Node rejects the cache, and compiles as usual). What few need is a file each, read when asked for.
const entryOf = (chunk) => `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");
const url = require("node:url").pathToFileURL(__filename).href;
const making = process.env.KQLITE_BUILD_CACHE;
let cachedData;
try {
  if (!making) cachedData = readFileSync(__dirname + "/bundle.cache");
} catch {}
const compile = (name, cachedData) => {
  const filename = __dirname + "/" + name;
  return new Script(readFileSync(filename, "latin1"), { filename, cachedData });
};
const bundle = compile("bundle.cjs", cachedData);
const factories = bundle.runInThisContext();
const loaded = new Map();
const load = (name) => {
  if (!name.startsWith("./") || name.endsWith(".cjs")) return require(name);
  let module = loaded.get(name);
  if (module === undefined) {
    module = { exports: {} };
    loaded.set(name, module);
    (factories[name] ?? compile(name).runInThisContext())(load, module, module.exports, url);
  }
  return module.exports;
};
load("${chunk}");
if (making) process.on("exit", () => writeFileSync(__dirname + "/bundle.cache", bundle.createCachedData()));
`;

/** A query that goes through most of what every query goes through. */
const usual = `let T = datatable(a:long, s:string) [1, "x", 2, "y"];
T | where a > 0 and s has "x" | extend b = strlen(s) | summarize count() by s | join kind=inner (T) on s | sort by a`;

const target = { format: "cjs", platform: "node", target: "node20", minify: true, logLevel: "warning" };

export async function buildCli() {
  const folder = join(root, "dist/cli");
  // Built aside and moved into place: whoever runs the command line meanwhile has the old one or the new one.
  const fresh = `${folder}.${process.pid}.new`;
  const old = `${folder}.${process.pid}.old`;
  const common = { ...target, bundle: true };
  await Promise.all(
    apart.map((library) => build({ ...common, entryPoints: [library], outfile: join(fresh, fileOf(library)) })),
  );
  await writeChunks(fresh);
  writeFileSync(join(fresh, "package.json"), '{ "type": "commonjs" }\n');
  writeFileSync(join(fresh, "main.js"), entryOf("./main.js"), { mode: 0o755 });
  writeFileSync(join(fresh, "worker.js"), entryOf("./scan-worker.js"));
  execFileSync(process.execPath, [join(fresh, "main.js"), "run", "-e", usual], {
    env: { ...process.env, KQLITE_BUILD_CACHE: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(fresh, folder);
  rmSync(old, { recursive: true, force: true });
}

/** The command line in chunks, those of every query in one file. */
async function writeChunks(folder) {
  const { outputFiles, metafile } = await build({
    ...target,
    bundle: true,
    absWorkingDir: root,
    entryPoints: ["src/cli/main.ts", "src/node/scan-worker.ts"],
    entryNames: "[name]",
    outdir: folder,
    format: "esm",
    splitting: true,
    metafile: true,
    write: false,
    plugins: [keptApart, notLoadedForCommander],
    define: { "import.meta.url": "bundleUrl" },
  });
  const chunks = new Map();
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, { ...target, supported: { "dynamic-import": false } });
    // One byte a character: read as such, the text takes half the memory and no decoding.
    if (/[^\0-\x7f]/.test(code)) throw new Error(`${path} is not ASCII`);
    chunks.set(`./${basename(path)}`, `(function (require, module, exports, bundleUrl) {${code}})`);
  }
  const usual = reached(metafile.outputs, ["src/cli/main.ts", "src/cli/commands/run.ts"]);
  const members = [...chunks].filter(([name]) => usual.has(name)).map(([name, code]) => `"${name}": ${code}`);
  writeFileSync(join(folder, "bundle.cjs"), `({${members.join(",\n")}})`);
  for (const [name, code] of chunks) if (!usual.has(name)) writeFileSync(join(folder, name), code);
}

/** The chunks that these sources load at once. */
function reached(outputs, sources) {
  const names = new Set();
  const add = (path) => {
    const name = `./${basename(path)}`;
    if (names.has(name)) return;
    names.add(name);
    for (const { path: next, kind, external } of outputs[path].imports) {
      if (kind === "import-statement" && !external) add(next);
    }
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (sources.includes(entryPoint)) add(path);
  return names;
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

// Loaded with every query, and some hundred files as they are published: part of the libraries' own chunks.
const within = /^(chevrotain|@chevrotain\/|lodash-es|decimal\.js|fflate|ipaddr\.js|picocolors)/;
const otherPackages = {
  name: "other packages",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || within.test(path) ? undefined : { path, external: true },
    );
  },
};

/** Declarations from tsc, file by file; code from esbuild, one chunk for what entries share. Names stay readable. */
async function buildLibraries() {
  const dist = join(root, "dist");
  for (const name of existsSync(dist) ? readdirSync(dist) : []) {
    if (name !== "cli") rmSync(join(dist, name), { recursive: true });
  }
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json"), "--emitDeclarationOnly"], {
    stdio: "inherit",
  });
  const { exports: entries } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  await build({
    absWorkingDir: root,
    entryPoints: {
      ...Object.fromEntries(
        Object.values(entries)
          .map((entry) => entry.default.replace("./dist/", "").replace(/[.]js$/, ""))
          .map((name) => [name, `src/${name}.ts`]),
      ),
      // Beside the chunk that starts it.
      "chunks/worker": "src/node/scan-worker.ts",
    },
    outdir: "dist",
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [otherPackages],
    logLevel: "warning",
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const start = performance.now();
  if (!process.argv.includes("--cli")) await buildLibraries();
  await buildCli();
  console.error(`built in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
