// Compiles scripts/wasm to WebAssembly and writes it into the source as text: node scripts/wasm.mjs [FILE]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "wasm-"));
const binary = join(folder, "delimited.wasm");
const options = ["-O3", "--runtime", "stub", "--enable", "simd", "--importMemory", "--noAssert", "--use", "abort="];
const compiler = join(root, "node_modules/assemblyscript/bin/asc.js");
execFileSync(process.execPath, [compiler, join(root, "scripts/wasm/delimited.ts"), "--outFile", binary, ...options]);
const lines = readFileSync(binary)
  .toString("base64")
  .match(/.{1,110}/g);
rmSync(folder, { recursive: true });
writeFileSync(
  process.argv[2] ?? join(root, "src/readers/delimited/kernel.ts"),
  `// Made by scripts/wasm.mjs from scripts/wasm/delimited.ts.\nexport const kernel =\n${lines.map((line) => `  "${line}"`).join(" +\n")};\n`,
);
