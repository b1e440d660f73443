import type { CaseReport, FileReport } from "../suite.ts";

/** What a reporter makes of a finished run: a text that is written at once. */
export type Reporter = (run: FinishedRun) => string;

export interface FinishedRun {
  readonly files: readonly FileReport[];
  readonly milliseconds: number;
  /** Of kqlite. */
  readonly version: string;
}

/** For formats that know nothing but cases: what the tests of a file reach too little of fails as one more of them. */
export function withShortfalls(file: FileReport): FileReport {
  const fallen = (file.shortfalls ?? []).map((shortfall): CaseReport => {
    const { message: name, line } = shortfall;
    const none = { tags: [], trace: [], milliseconds: 0 };
    return { name, line, status: "failed", cause: "expectation", failures: [shortfall], ...none };
  });
  return { ...file, cases: [...file.cases, ...fallen] };
}

/** What a failure says, without markup: the sentence and its details. */
export function failureText({
  message,
  details,
}: {
  readonly message: string;
  readonly details: readonly string[];
}): string {
  return [message, ...details].join("\n");
}

/** `T 4 > where 2 > join 1` */
export function traceText(trace: readonly { readonly name: string; readonly rows: number }[]): string {
  return trace.map(({ name, rows }) => `${name} ${rows}`).join(" > ");
}
