import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import { usageError } from "../report.ts";

const execute = promisify(execFile);

/** The files that differ from a commit in the working tree, those that git does not know among them. Throws `UsageError`. */
export async function changedSince(ref: string): Promise<ReadonlySet<string>> {
  try {
    const root = (await git("rev-parse", "--show-toplevel")).trim();
    const texts = await Promise.all([
      git("-C", root, "diff", "--name-only", "-z", ref, "--"),
      git("-C", root, "ls-files", "--others", "--exclude-standard", "-z"),
    ]);
    const names = texts.flatMap((text) => text.split("\0")).filter((name) => name !== "");
    return new Set(names.map((name) => join(root, name)));
  } catch (thrown) {
    const { stderr, message } = thrown as { readonly stderr?: string; readonly message: string }; // what execFile rejects with
    throw usageError(usage.gitFails(ref, (stderr || message).trim().split("\n")[0] ?? ""));
  }
}

async function git(...args: readonly string[]): Promise<string> {
  const { stdout } = await execute("git", [...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
