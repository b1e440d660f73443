import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { exitCode } from "./exit.ts";
import { programFor, spelledOut } from "./program.ts";
import { report } from "./report.ts";
import { quitOnClosedPipe } from "./terminal.ts";

quitOnClosedPipe();
// No await at the top level: the bundle is CommonJS, which loads faster.
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

async function main(args: readonly string[]): Promise<number> {
  const result = { code: exitCode.ok as number };
  try {
    await programFor(version(), result).parseAsync(spelledOut(args), { from: "user" });
    return result.code;
  } catch (thrown) {
    // Commander has said it already.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCode.ok : exitCode.usage;
    return report(thrown);
  }
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version; // our own file
}
