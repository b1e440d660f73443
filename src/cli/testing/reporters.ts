import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import { usageError } from "../report.ts";
import { print } from "../terminal.ts";
import { github } from "./reporters/github.ts";
import { json } from "./reporters/json.ts";
import { junit } from "./reporters/junit.ts";
import { markdown } from "./reporters/markdown.ts";
import type { FinishedRun, Reporter } from "./reporters/reporter.ts";
import { sarif } from "./reporters/sarif.ts";
import { tap } from "./reporters/tap.ts";

/** Those that speak when all is over; `pretty` speaks as the tests run. */
const reporters: ReadonlyMap<string, Reporter> = new Map(
  Object.entries({ junit, tap, github, sarif, json, md: markdown }),
);
const names = ["pretty", ...reporters.keys()];

export interface ChosenReporters {
  readonly pretty: boolean;
  readonly others: readonly { readonly reporter: Reporter; readonly path: string | undefined }[];
}

/** `pretty,junit=FILE`; by default `pretty`, and on GitHub also its commands. Throws `UsageError`. */
export function chosenReporters(given: readonly string[], env: NodeJS.ProcessEnv = process.env): ChosenReporters {
  const { GITHUB_ACTIONS: onGitHub } = env;
  const words = given.flatMap((text) => text.split(",")).filter((word) => word !== "");
  const chosen = words.length > 0 ? words : ["pretty", ...(onGitHub === "true" ? ["github"] : [])];
  let pretty = false;
  const others: { reporter: Reporter; path: string | undefined }[] = [];
  for (const word of chosen) {
    const cut = word.indexOf("=");
    const [name, path] = cut < 0 ? [word, undefined] : [word.slice(0, cut), word.slice(cut + 1)];
    if (path === "") throw usageError(usage.notAPair("--reporter", "`NAME` or `NAME=FILE`", word));
    if (name === "pretty" && path !== undefined) throw usageError(usage.prettyToFile());
    const reporter = reporters.get(name);
    if (name === "pretty") pretty = true;
    else if (reporter) others.push({ reporter, path });
    else throw usageError(usage.badReporter(name, names));
  }
  return { pretty, others };
}

export async function writeReports({ others }: ChosenReporters, run: FinishedRun): Promise<void> {
  for (const { reporter, path } of others) {
    if (path === undefined) await print([reporter(run)]);
    else await writeReport(path, reporter(run));
  }
}

async function writeReport(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException; // what node:fs rejects with
    throw usageError(usage.cannotWrite(path, code ?? message));
  }
}
