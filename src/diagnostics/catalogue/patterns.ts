import type { Diagnostic, Span } from "../diagnostic.ts";

/* What can be wrong with the patterns and options of operators that take text apart, sample and check. */

type Code = Diagnostic["code"];

function error(code: Code, span: Span, message: string, label = "", help?: string): Diagnostic {
  return { code, severity: "error", message, labels: [{ span, text: label }], help, stage: "query" };
}

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");

export function columnWithoutText(span: Span, name: string): Diagnostic {
  const help = 'a column stands first, or behind a text: `"a=" a "b=" b`';
  return error("KS101", span, `the column \`${name}\` has no text before it`, "", help);
}

export function starWithoutText(span: Span): Diagnostic {
  return error("KS102", span, "a `*` is followed by a text", "", 'for example `* "a=" a`');
}

export function starAfterString(span: Span, name: string): Diagnostic {
  const message = `it is not clear where the string \`${name}\` ends and the \`*\` begins`;
  return error("KS103", span, message, "", "put a text between them, or give the column another type");
}

export function emptyPatternText(span: Span): Diagnostic {
  return error("KQ240", span, "a text of a pattern must not be empty");
}

export function flagsWithoutRegex(span: Span): Diagnostic {
  return error("KQ241", span, "`flags` belong to `kind=regex`", "", "a pattern of plain texts has none");
}

export function stringLiteralExpected(span: Span, option: string): Diagnostic {
  return error("KS222", span, `the value of \`${option}\` is a string that stands in the query`);
}

export function boolLiteralExpected(span: Span, option: string): Diagnostic {
  return error("KS223", span, `the value of \`${option}\` is \`true\` or \`false\``);
}

export function optionsTogether(span: Span, option: string, needed: string): Diagnostic {
  return error("KQ242", span, `\`${option}\` needs \`${needed}\``);
}

export function optionsApart(span: Span, option: string, other: string): Diagnostic {
  return error("KQ243", span, `\`${option}\` and \`${other}\` do not go together`);
}

export function optionLength(span: Span, option: string, length: string): Diagnostic {
  return error("KQ244", span, `the value of \`${option}\` has ${length}`);
}

export function sameDelimiters(span: Span): Diagnostic {
  return error("KQ245", span, "`pair_delimiter` and `kv_delimiter` are the same");
}

export function keyGroups(span: Span, found: number): Diagnostic {
  const message = `the pattern has two capture groups, the key and the value; here it has ${found}`;
  return error("KQ246", span, message);
}

export function keyNotWord(span: Span, key: string): Diagnostic {
  const help = "give `pair_delimiter` and `kv_delimiter`";
  return error("KQ247", span, `without delimiters the key \`${key}\` cannot be found: it is no single word`, "", help);
}

export function numberExpected(span: Span, found: string): Diagnostic {
  return error("KS137", span, "a number is expected", `this is ${found}`);
}

export function columnNameTextExpected(span: Span): Diagnostic {
  return error("KQ248", span, "column names are strings, or dynamic arrays of strings");
}

export function schemaDiffers(span: Span, stated: readonly string[], found: readonly string[]): Diagnostic {
  const message = "the columns are not those that the query asserts";
  return error("KQ249", span, message, `asserts ${list(stated)}`, `the columns are ${list(found)}`);
}

export function tabularFirst(span: Span, name: string): Diagnostic {
  const help = `for example \`let ${name} = (T:(*)) { T | … }\``;
  return error("KQ250", span, `\`${name}\` does not take the rows: its first parameter is no table`, "", help);
}
