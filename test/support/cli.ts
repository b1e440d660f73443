import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freshCli } from "../../scripts/build.mjs";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array | undefined;
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

let built: Promise<string> | undefined;

/** Runs the built command line and waits for its end. */
export async function kqlite(args: readonly string[], { input, cwd, env }: RunOptions = {}): Promise<Ended> {
  built ??= freshCli();
  // Without the variables of whoever runs the tests, such as NO_COLOR.
  const child = spawn(process.execPath, [await built, ...args], { cwd, env: { ...env } });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      texts[name] += chunk;
    });
  }
  child.stdin.on("error", () => {}); // it need not read all of it
  child.stdin.end(input ?? "");
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, ...texts };
}

/** A folder with these files. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "kqlite-"));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}
