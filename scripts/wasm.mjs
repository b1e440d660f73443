// Compiles scripts/wasm to WebAssembly and writes it into the source as text: node scripts/wasm.mjs [NAME FILE]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = ["-O3", "--runtime", "stub", "--enable", "simd", "--importMemory", "--noAssert", "--use", "abort="];

/** Compiles one kernel into `file`. */
function compile(name, file = join(root, "src/readers", name, "kernel.ts")) {
  const folder = mkdtempSync(join(tmpdir(), "wasm-"));
  const binary = join(folder, "kernel.wasm");
  const compiler = join(root, "node_modules/assemblyscript/bin/asc.js");
  const source = join(root, `scripts/wasm/${name}.ts`);
  execFileSync(process.execPath, [compiler, source, "--outFile", binary, ...options]);
  const lines = readFileSync(binary)
    .toString("base64")
    .match(/.{1,110}/g);
  rmSync(folder, { recursive: true });
  writeFileSync(
    file,
    `// Made by scripts/wasm.mjs from scripts/wasm/${name}.ts.\nexport const kernel =\n${lines.map((line) => `  "${line}"`).join(" +\n")};\n`,
  );
}

const [name, file] = process.argv.slice(2);
if (name) compile(name, file);
else for (const kernel of ["delimited", "json"]) compile(kernel);
