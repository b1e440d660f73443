import type { Diagnostic, Span } from "../diagnostic.ts";
import { closest } from "../suggest.ts";

/* What can be wrong with a `*.test.yaml`, and with a rule that is run as one. Places are in that file. */

function error(code: Diagnostic["code"], span: Span, message: string, label = "", help?: string): Diagnostic {
  return { code, severity: "error", message, labels: [{ span, text: label }], help, stage: "query" };
}

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");
const oneOf = (name: string, known: readonly string[]) => {
  const similar = closest(name, known);
  return similar === undefined
    ? known.length === 0
      ? undefined
      : `there are ${list(known)}`
    : `did you mean \`${similar}\`?`;
};

// Shape

export function notYaml(span: Span, why: string): Diagnostic {
  return error("KQ700", span, `the file is not YAML: ${why}`);
}

export function unknownKey(span: Span, key: string, known: readonly string[]): Diagnostic {
  return error("KQ701", span, `\`${key}\` is no key here`, "not known here", oneOf(key, known));
}

export function wrongValue(span: Span, key: string, expected: string, found: string): Diagnostic {
  return error("KQ702", span, `\`${key}\` expects ${expected}, found ${found}`);
}

/** Words for what a value of a spec may be. */
export function expectedWords(words: readonly string[]): string {
  const plain = [...new Set(words)];
  return plain.length < 2 ? (plain[0] ?? "another value") : `${plain.slice(0, -1).join(", ")} or ${plain.at(-1)}`;
}

export const kindWords: ReadonlyMap<string, string> = new Map([
  ["string", "a text"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["boolean", "`true` or `false`"],
  ["array", "a list"],
  ["object", "keys and values"],
  ["record", "keys and values"],
]);

/** `origin` is what is counted: the letters of a string, the items of an array, or a number itself. */
export function atLeast(origin: string, minimum: number): string {
  if (origin === "string") return "a text that is not empty";
  return origin === "array" ? `at least ${minimum} item${minimum === 1 ? "" : "s"}` : `${minimum} or more`;
}

export function foundWords(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "keys and values";
  const text = String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

export function missingKey(span: Span, key: string): Diagnostic {
  return error("KQ703", span, `the key \`${key}\` is missing`, `\`${key}\` belongs here`);
}

export function sameTestName(span: Span, name: string): Diagnostic {
  const help = "its snapshot and `--failed` go by the name";
  return error("KQ704", span, `there are two tests \`${name}\``, "again", help);
}

export function unlikelyTogether(span: Span, key: string, other: string): Diagnostic {
  return error("KQ704", span, `\`${key}\` has no meaning beside \`${other}\``);
}

export function onlyForRules(span: Span, key: string): Diagnostic {
  return error(
    "KQ704",
    span,
    `\`${key}\` is about alerts`,
    "there are none",
    "say `mode: rule` at the top of the file",
  );
}

// Rows

export function noSuchColumn(span: Span, table: string, column: string, known: readonly string[]): Diagnostic {
  const similar = closest(column, known);
  const help =
    similar === undefined
      ? "the schema file of `schema: {file, extends}` can add columns"
      : `a column with a similar name exists: \`${similar}\``;
  return error("KQ705", span, `the table \`${table}\` has no column \`${column}\``, "not in the schema", help);
}

export function noColumnInResult(span: Span, column: string, known: readonly string[]): Diagnostic {
  return error("KQ705", span, `the result has no column \`${column}\``, "", oneOf(column, known));
}

export function notACell(span: Span, column: string, type: string, value: unknown): Diagnostic {
  const help =
    type === "string" && typeof value !== "object"
      ? `quote it: \`"${String(value)}"\``
      : type === "string"
        ? "a string is text"
        : undefined;
  return error("KQ706", span, `the column \`${column}\` is of type ${type}, found ${foundWords(value)}`, "", help);
}

export function noRowsNoSchema(span: Span, table: string): Diagnostic {
  const help = "name a `schema` that has the table, or give a row";
  return error("KQ707", span, `nothing says which columns the table \`${table}\` has`, "", help);
}

export function noTimeColumn(span: Span, table: string): Diagnostic {
  const message = `the table \`${table}\` has neither \`TimeGenerated\` nor \`Timestamp\` to count from`;
  return error("KQ708", span, message);
}

export function everyWithoutStart(span: Span): Diagnostic {
  return error("KQ708", span, "`every` has no time to start at", "", "say `from`, or the time in `row`");
}

export function notRepeatable(span: Span, found: string): Diagnostic {
  return error("KQ708", span, `\`repeat\` expects a whole number, found ${found}`);
}

export function tooManyRows(span: Span, most: number): Diagnostic {
  return error("KQ708", span, `a series of more than ${most} rows belongs into a file`);
}

export function generateOverFile(span: Span, table: string): Diagnostic {
  const message = `\`generate\` adds rows to those of \`tables\`, but those of \`${table}\` are not spelled out there`;
  return error("KQ709", span, message);
}

export function rowWithoutTime(span: Span, table: string): Diagnostic {
  const message = `this row of \`${table}\` has no time, so it is in no window of the rule`;
  return error("KQ710", span, message, "", "give `TimeGenerated` or `Timestamp`");
}

// Names

export function unknownMatrixName(span: Span, name: string, known: readonly string[]): Diagnostic {
  return error("KQ711", span, `the matrix has no \`${name}\``, "", oneOf(name, known));
}

export function whenNeedsMatrix(span: Span, why: string): Diagnostic {
  return error("KQ711", span, `\`when\` has no answer: ${why}`, "", "it is KQL over the names of the matrix");
}

export const whenFaults = { notBool: "it is neither true nor false" } as const;

export function noSuchLet(span: Span, name: string, known: readonly string[]): Diagnostic {
  return error("KQ712", span, `the query has no \`let ${name}\` at its top`, "", oneOf(name, known));
}

export function letIsFunction(span: Span, name: string): Diagnostic {
  return error("KQ712", span, `\`let ${name}\` is a function: only values are replaced`);
}

export function unknownPack(span: Span, name: string, known: readonly string[]): Diagnostic {
  const help =
    closest(name, known) === undefined
      ? `there are ${list(known)}, and files of tables (.json, .kql)`
      : oneOf(name, known);
  return error("KQ713", span, `there is no schema \`${name}\``, "", help);
}

export function severalQueries(span: Span, file: string, count: number): Diagnostic {
  return error("KQ714", span, `\`${file}\` has ${count} queries`, "", `name one: \`${file}#1\``);
}

export function noQueryThere(span: Span, message: string, help: string | undefined): Diagnostic {
  return error("KQ714", span, message, "", help);
}

/** A file that the spec names at `span`. */
export function unreadableFile(span: Span, message: string, help: string | undefined): Diagnostic {
  return error("KQ715", span, message, "", help);
}

export function noFilesMatch(span: Span, pattern: string): Diagnostic {
  return error("KQ715", span, `no file matches \`${pattern}\``);
}

// Rules

export function notARule(span: Span, file: string): Diagnostic {
  const help =
    "a rule says `triggerOperator` and `triggerThreshold`, or `kind: NRT`; one of Defender has a `queryCondition`";
  return error("KQ716", span, `\`${file}\` is not a rule of Microsoft Sentinel or Defender`, "", help);
}

export function badRule(file: string, why: string): Diagnostic {
  return error("KQ717", { start: 0, end: 0 }, `the rule \`${file}\` cannot be run: ${why}`);
}

/** Why a rule cannot be run. */
export const ruleFaults = {
  duration: (key: string, value: unknown) => `\`${key}\` is not a timespan above zero: ${foundWords(value)}`,
  enabled: (value: unknown) => `\`suppressionEnabled\` is neither true nor false: ${foundWords(value)}`,
  unscheduled: () => "a rule of `kind: NRT` has no schedule: it looks at every event once, when it arrives",
  period: (value: unknown) => `\`queryPeriod\` is not a timespan: ${foundWords(value)}`,
  operator: (value: unknown) => `\`triggerOperator\` is none of gt, lt, eq, ne: ${foundWords(value)}`,
  threshold: (value: unknown) => `\`triggerThreshold\` is not a whole number: ${foundWords(value)}`,
  grouping: (value: unknown) => `\`aggregationKind\` is neither SingleAlert nor AlertPerResult: ${foundWords(value)}`,
  column: (key: string, column: string, known: readonly string[]) => {
    const similar = closest(column, known);
    const tail = similar === undefined ? "" : `; did it mean \`${similar}\`?`;
    return `\`${key}\` names the column \`${column}\`, which the query does not give${tail}`;
  },
  shape: (key: string) => `\`${key}\` is not of the form that Sentinel reads`,
  // Custom detections of Defender
  form: (key: string) => `\`${key}\` is not of the form that Defender reads`,
  noSchedule: () => "its `schedule` says neither `frequency` nor `period`",
  continuous: () => "it runs continuously: it looks at every event once, when it arrives, and has no schedule",
  lookback: (value: unknown) =>
    `\`lookback\` is not a timespan of at least the time between two runs, or these are no runs: ${foundWords(value)}`,
  eventGrouping: (value: unknown) =>
    `\`eventGroupingKind\` is neither alertPerEvent nor singleAlert: ${foundWords(value)}`,
  required: (columns: readonly string[]) =>
    `its query gives no column ${columns.length === 1 ? "" : "of "}${columns.map((column) => `\`${column}\``).join(", ")}, which a custom detection must`,
} as const;

// `--strict`

export function strictNow(span: Span): Diagnostic {
  return error(
    "KQ720",
    span,
    "the query asks for the time, and the test does not say `now`",
    "",
    "`--strict` asks for it",
  );
}

export function strictTable(span: Span, table: string): Diagnostic {
  const message = `the types of the table \`${table}\` are guessed from its rows`;
  return error("KQ720", span, message, "", "`--strict` asks for a `schema` that has the table");
}

// Not there yet
