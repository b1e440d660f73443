import type { Diagnostic, Span } from "../diagnostic.ts";
import { closest } from "../suggest.ts";

/* What a command line can get wrong: one sentence, and what would work. */

export interface Usage {
  readonly message: string;
  readonly help?: string | undefined;
}

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");

export function nothingToRun(): Usage {
  return {
    message: "there is nothing to run",
    help: "name a file, `-` for the standard input, or give text with `-e`",
  };
}

export function twoQueries(file: string): Usage {
  return { message: `both \`${file}\` and a text behind \`-e\` are given`, help: "run one of them" };
}

export function notAPair(option: string, form: string, given: string): Usage {
  return { message: `\`${option}\` expects ${form}, found \`${given}\`` };
}

export function badNow(given: string): Usage {
  return {
    message: `\`--now\` expects a datetime, found \`${given}\``,
    help: "for example `--now 2024-01-01T12:00:00Z`",
  };
}

export function badFormat(given: string, known: readonly string[]): Usage {
  const similar = closest(given, known);
  const help = similar === undefined ? `there are ${list(known)}` : `did you mean \`${similar}\`?`;
  return { message: `\`${given}\` is not a format for results`, help };
}

export function unknownEnding(path: string, known: readonly string[]): Usage {
  return {
    message: `the name \`${path}\` does not say which format to write`,
    help: `give one with \`-f\`: ${list(known)}`,
  };
}

export function noQueryFile(path: string): Usage {
  return { message: `there is no file \`${path}\`` };
}

export function unreadableQuery(path: string, why: string): Usage {
  return { message: `\`${path}\` cannot be read: ${why}` };
}

export function notText(path: string): Usage {
  return { message: `\`${path}\` is not UTF-8 text`, help: "save the query as UTF-8" };
}

export function cannotWrite(path: string, why: string): Usage {
  return { message: `\`${path}\` cannot be written: ${why}` };
}

export function noFunction(name: string, known: readonly string[]): Usage {
  const similar = closest(name, known);
  const help = similar === undefined ? "`kqlite functions` lists all there are" : `did you mean \`${similar}\`?`;
  return { message: `there is no function \`${name}\``, help };
}

export function nothingToPin(file: string): Usage {
  return {
    message: `\`${file}\` reads no external data`,
    help: "`kqlite pin` keeps copies of what `externaldata` reads",
  };
}

export function pinned(count: number, path: string): string {
  return `pinned ${count} address${count === 1 ? "" : "es"} in \`${path}\``;
}

export function computedAddress(span: Span): Diagnostic {
  const message = "only addresses that the query spells out can be pinned";
  return { code: "KQ502", severity: "error", message, labels: [{ span, text: "computed" }], stage: "query" };
}

// `kqlite fmt`

export function checkOrWrite(): Usage {
  return { message: "both `--check` and `--write` are given", help: "give one of them" };
}

export function severalToShow(): Usage {
  return {
    message: "only one file can be written to the standard output",
    help: "`--write` changes files in place, `--check` lists those that would change",
  };
}

export function nothingToFormat(path: string): Usage {
  return {
    message: `\`${path}\` holds no file with a query`,
    help: "`fmt` reads .kql, .csl, .kusto, .md and .yaml files",
  };
}

export function laidOutByHand(path: string): Usage {
  return { message: `\`${path}\` is a test file: its tables and blank lines have a layout of their own` };
}

export function leftAlone(name: string): string {
  return `\`${name}\` is left as it is: its query cannot be written back where it stands`;
}

export function leftAloneHelp(): string {
  return "in YAML, a query that stands behind `query: |`, on lines of its own, can be";
}

// `kqlite explain`

export function oneView(): Usage {
  return { message: "`--ast`, `--plan`, `--optimized` and `--rows` are views of their own", help: "give one of them" };
}

export function badView(given: string): Usage {
  return { message: `\`${given}\` is not a format for explanations`, help: "there are `pretty`, `json`" };
}

export function noPlanInJson(): Usage {
  return { message: "plans have no JSON form", help: "leave `-f json` out" };
}

// `kqlite schema`

export function schemaSummary(path: string, format: string, columns: number, sampled: number | undefined): string {
  const seen = sampled === undefined ? "" : `, read off the first ${sampled} rows`;
  return `${path}: ${format}, ${columns} column${columns === 1 ? "" : "s"}${seen}`;
}

/** Why a column has its type. */
export interface Reason {
  readonly source: "declared" | "catalogue" | "stored" | "inferred";
  readonly values?: number | undefined;
  readonly ruledOut?: { readonly type: string; readonly text: string; readonly place: string } | undefined;
}

export function columnReason({ source, values, ruledOut }: Reason): string {
  switch (source) {
    case "declared":
      return "the schema file says so";
    case "catalogue":
      return "a column of a table that is known";
    case "stored":
      return "the file says so";
    case "inferred": {
      const all = values === 0 ? "no value" : values === 1 ? "its one value" : `all ${values ?? "its"} values`;
      const not = ruledOut && `; not ${ruledOut.type}: \`${ruledOut.text}\` at ${ruledOut.place}`;
      return `${all}${not ?? ""}`;
    }
  }
}

// `kqlite test`

/** `10 s`, `500 ms` */
export function timeoutText(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;
}

export function badTimeout(given: string): Usage {
  return { message: `\`--timeout\` expects a duration, found \`${given}\``, help: "for example `--timeout 10s`" };
}

export function badReporter(given: string, known: readonly string[]): Usage {
  const similar = closest(given, known);
  const help = similar === undefined ? `there are ${list(known)}` : `did you mean \`${similar}\`?`;
  return { message: `\`${given}\` is not a reporter`, help };
}

export function prettyToFile(): Usage {
  return { message: "`pretty` is for the terminal", help: "`md=FILE` and `tap=FILE` read well in files" };
}

export function noTestPath(path: string): Usage {
  return { message: `there is no file or folder \`${path}\`` };
}

export function notATestFile(path: string): Usage {
  return {
    message: `\`${path}\` is not a test`,
    help: "tests are `*.test.yaml`, `*.test.kql`, and `kqlTests:` in a rule",
  };
}

export function noTests(paths: readonly string[]): Usage {
  return {
    message: `there are no tests in ${list(paths)}`,
    help: "tests are `*.test.yaml`, `*.test.kql`, and `kqlTests:` in a rule",
  };
}

export function noTestSelected(): Usage {
  return { message: "no test is selected: there are some, but none that `--filter` and `--tag` ask for" };
}

export function nothingChanged(ref: string): string {
  return `no test depends on what has changed since ${ref}`;
}

export function nothingFailed(): string {
  return "no test failed the last time";
}

export function gitFails(ref: string, why: string): Usage {
  return { message: `git does not say what has changed since \`${ref}\`: ${why}` };
}

export function watching(): string {
  return "waiting for changes; Ctrl-C ends";
}

// What nobody foresaw

export function defect(): string {
  return "this is a defect of kqlite: what it was doing failed in a way that it has no words for";
}

export function defectHelp(): string {
  return "KQLITE_DEBUG=1 shows where; please report it with the query";
}

// Requests of `kqlite pipe`

export function badRequest(why: string): string {
  return `KQ500: the line is not a request: ${why}`;
}

export function pipeDefect(message: string): string {
  return `KQ501: ${defect()}: ${message}`;
}

export function severalQueries(file: string, count: number): Usage {
  return { message: `\`${file}\` holds ${count} queries`, help: `name one of them, for example \`${file}#1\`` };
}

export function noRevision(spec: string, why: string): Usage {
  return { message: `git does not show \`${spec}\``, help: why };
}

export function rowOrBecause(): Usage {
  return {
    message: "there is nothing to follow",
    help: "choose rows of a table with `--row 'KQL condition'`, or ask with `--because` what is behind the result",
  };
}

export function rowAndBecause(): Usage {
  return { message: "`--row` and `--because` are two questions", help: "ask them one after the other" };
}

export function unknownIdentity(name: string, known: readonly string[]): Usage {
  return { message: `\`--identity\` knows no \`${name}\``, help: `it takes ${list(known)}` };
}

export function coverageFile(path: string): Usage {
  return { message: `\`${path}\` does not say how coverage is to be written`, help: "it ends in `.html` or `.lcov`" };
}
