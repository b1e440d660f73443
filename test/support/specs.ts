import { join } from "node:path";
import { failureText } from "../../src/cli/testing/reporters/reporter.ts";
import type { RunOptions } from "../../src/cli/testing/run-file.ts";
import { runSpecFile } from "../../src/cli/testing/run-spec.ts";
import type { CaseReport } from "../../src/cli/testing/suite.ts";
import { folderWith } from "./cli.ts";

const usual: RunOptions = {
  selection: { filter: undefined, tags: [], only: undefined },
  update: false,
  strict: false,
  ci: false,
  coverage: undefined,
  mutation: undefined,
  timeout: undefined,
};

/** Runs `s.test.yaml` of these files. */
export async function runSpec(
  files: Readonly<Record<string, string>>,
  options: Partial<RunOptions> = {},
): Promise<readonly CaseReport[]> {
  return runSpecIn(await folderWith(files), options);
}

export async function runSpecIn(folder: string, options: Partial<RunOptions> = {}): Promise<readonly CaseReport[]> {
  const run = { file: join(folder, "s.test.yaml"), path: "s.test.yaml", stop: () => false, done: () => {} };
  return (await runSpecFile(run, { ...usual, ...options })).cases;
}

/** What the cases say, one text for each failure, with its line; empty when all pass. */
export function failuresOf(cases: readonly CaseReport[]): readonly string[] {
  return cases.flatMap(({ failures }) => failures.map((failure) => `${failure.line}: ${failureText(failure)}`));
}
