import type { Diagnostic, Span } from "../diagnostic.ts";

/* Queries that are valid but hardly meant (KQ600 and up), and what `kqlite check` says where `kqlite run` would stop. */

/** A fix: pieces of the query and what to write in their place. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

export interface Finding {
  readonly diagnostic: Diagnostic;
  /** Absent where only the author can say what is meant. */
  readonly fix?: Fix | undefined;
}

type Code = Diagnostic["code"];

function finding(
  code: Code,
  severity: "warning" | "hint",
  span: Span,
  message: string,
  label: string,
  help: string,
  edits?: Fix["edits"],
): Finding {
  const diagnostic: Diagnostic = { code, severity, message, labels: [{ span, text: label }], help, stage: "query" };
  return edits ? { diagnostic, fix: { title: help, edits } } : { diagnostic };
}

// What is not known

export function tableNotInSchema(diagnostic: Diagnostic, schema: string): Diagnostic {
  if (diagnostic.help?.startsWith("a table with a similar name")) return diagnostic;
  return { ...diagnostic, help: `it is not in the schema \`${schema}\`; \`--schema FILE\` adds tables` };
}

export function functionNotKnown(diagnostic: Diagnostic, similar: string | undefined): Diagnostic {
  if (similar !== undefined) {
    return { ...diagnostic, help: `an aggregate with a similar name exists: \`${similar}\`` };
  }
  const help = "it may be stored where the query runs; `--schema FILE` with its `.create function` says so";
  return { ...diagnostic, severity: "hint", help };
}

export function notChecked(diagnostic: Diagnostic): Diagnostic {
  const help = "it is valid KQL; what follows it is not checked";
  return { ...diagnostic, severity: "hint", help };
}

/** What only a run is told: `ingestion_time()` stands for a column, `current_principal()` for somebody. */
export function toldWhenRun(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.code !== "KQ211" || !/`--[a-z-]+ [A-Za-z]/.test(diagnostic.message)) return diagnostic;
  return { ...diagnostic, severity: "hint", help: "it is valid KQL; the option is one of `kqlite run`" };
}

export function commandNotChecked(diagnostic: Diagnostic): Diagnostic {
  const help = "a text that begins with `.` is a management command for a cluster";
  return { ...diagnostic, severity: "hint", message: "management commands are not checked", help };
}

export function directiveNotChecked(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "hint" };
}

/** Declarations alone are no mistake in a file that others read. */
export function nothingToRun(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "hint" };
}

/** The name that a diagnostic proposes for the one it points at. */
export function renamed(diagnostic: Diagnostic): Finding {
  const [, name] = /similar name exists: `([^`]+)`$/.exec(diagnostic.help ?? "") ?? [];
  const [{ span }] = diagnostic.labels;
  const [, wrong] = /^the name `([^`]+)`/.exec(diagnostic.message) ?? [];
  if (name === undefined || wrong === undefined || wrong.toLowerCase() !== name.toLowerCase()) return { diagnostic };
  if (span.end - span.start !== wrong.length) return { diagnostic };
  const message = `${diagnostic.message}: names are case-sensitive`;
  return { diagnostic: { ...diagnostic, message }, fix: { title: `write \`${name}\``, edits: [{ span, text: name }] } };
}

// Rules

export function implicitJoinKind(span: Span, operator: Span): Finding {
  const help = "say `kind=innerunique`, or `kind=inner` to keep every row";
  const message = "`join` without `kind` keeps one row of the left side per key";
  const edits = [{ span: { start: operator.end, end: operator.end }, text: " kind=innerunique" }];
  return finding("KQ600", "hint", span, message, "`innerunique` by default", help, edits);
}

export function severalColumnsIn(span: Span, operator: string, count: number): Finding {
  const help = "end the subquery in `project` of one column";
  const message = `\`${operator}\` compares with the first of ${count} columns alone`;
  return finding("KQ601", "warning", span, message, `${count} columns`, help);
}

export function noTerm(span: Span, operator: string, text: string): Finding {
  const word = operator.replace(/^(!?)has.*$/, (_, not: string) => `${not}contains`);
  const all = text === "";
  const message = all
    ? `\`${operator}\` with an empty text is ${operator.startsWith("!") ? "never" : "always"} true`
    : `\`${operator}\` looks for words, and \`${text}\` holds no letter or digit`;
  const help = all ? "drop the condition" : `write \`${word}\`, which looks for any text`;
  return finding("KQ602", "warning", span, message, all ? "" : "not a word", help);
}

export function foldedEquality(
  span: Span,
  label: Span,
  call: string,
  operator: string,
  better: string,
  text: string,
): Finding {
  const help = `write \`${text}\``;
  const message = `\`${better}\` compares without case; \`${call}\` in front of \`${operator}\` is not needed`;
  return finding("KQ603", "hint", label, message, "", help, [{ span, text }]);
}

export function neverEqual(span: Span, call: string, operator: string, text: string): Finding {
  const never = operator.startsWith("!") ? "always" : "never";
  const has = call === "tolower" ? "upper" : "lower";
  const help = "compare without case: `=~`, `!~`, `in~`, `has`, `contains`";
  const message = `\`${call}(…) ${operator} ${text}\` is ${never} true: the text has ${has}-case letters`;
  return finding("KQ604", "warning", span, message, "", help);
}

export function unorderedTake(span: Span, keyword: string, next: string): Finding {
  const help = `put \`| sort by …\` before it, or \`| ${next}\` first`;
  const message = `\`${keyword}\` picks any rows, and what \`${next}\` gives depends on which`;
  return finding("KQ605", "warning", span, message, "no order before it", help);
}

export function nullComparison(span: Span, operator: string, text: string): Finding {
  const help = `write \`${text}\``;
  const message = `\`${operator}\` with null is never true`;
  return finding("KQ606", "warning", span, message, "", help, [{ span, text }]);
}

export function integerDivision(span: Span, divided: Span, left: string): Finding {
  const help = `write \`todouble(${left})\``;
  const message = "the division of whole numbers drops the fraction";
  const edits = [
    { span: { start: divided.start, end: divided.start }, text: "todouble(" },
    { span: { start: divided.end, end: divided.end }, text: ")" },
  ];
  return finding("KQ607", "warning", span, message, "a whole number", help, edits);
}

export function unusedLet(span: Span, name: string, statement: Span): Finding {
  const help = "remove the statement";
  const message = `\`${name}\` is declared and never used`;
  return finding("KQ608", "hint", span, message, "", help, [{ span: statement, text: "" }]);
}

export function indexedContains(span: Span, operator: string, better: string): Finding {
  const help = `write \`${better}\``;
  const message = `\`${operator}\` reads every text; with this one \`${better}\` finds the same through the index`;
  return finding("KQ609", "hint", span, message, "", help, [{ span, text: better }]);
}

export function lostOrder(span: Span, keyword: string, next: string, edit: Span): Finding {
  const help = `remove it, or put it behind \`${next}\``;
  const message = `\`${next}\` does not keep the order that \`${keyword}\` makes`;
  return finding("KQ610", "hint", span, message, "", help, [{ span: edit, text: "" }]);
}

// Rules

/** A custom detection of Defender cannot be made of a query without them. */
export function lacksColumn(span: Span, columns: readonly string[]): Finding {
  const names = columns.map((column) => `\`${column}\``).join(", ");
  const message = `the result has no column ${columns.length === 1 ? "" : "of "}${names}`;
  return finding("KQ717", "warning", span, message, "", "Defender takes no custom detection without it");
}

export function ruleNotRunnable({ code, message }: Diagnostic): Finding {
  const span = { start: 0, end: 0 };
  return finding(code, "warning", span, message, "", "`mode: rule` and `kqlite replay` refuse it");
}
