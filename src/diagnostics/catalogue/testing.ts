import { closest } from "../suggest.ts";

/* What a test file can get wrong, and how a test fails: sentences without a code, for whoever wrote the test. */

const plural = (count: number, noun: string) => `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;

// The language

export function unknownDirective(line: string): string {
  const known = ["---", "--- any order", "--- within 1e-9", "--- error"];
  const similar = closest(line, known);
  const list = known.map((directive) => `\`${directive}\``).join(", ");
  return `\`${line}\` is not a directive: ${similar === undefined ? `there are ${list}` : `did you mean \`${similar}\`?`}`;
}

export function noQueryInCase(): string {
  return "there is no query above the `---`; a blank line ends a case, so neither a query nor a table may hold one";
}

export function twoQueriesInCase(file: string): string {
  return `the case has a query of its own beside that of \`${file}\``;
}

export function severalQueriesIn(file: string, count: number): string {
  return `\`${file}\` has ${count} queries: name one`;
}

export function noExpectation(): string {
  return "there is no `---` below the query, so nothing is expected of it";
}

export function errorBesideTables(): string {
  return "`--- error` stands alone: a query that fails has no results";
}

export function badNow(text: string): string {
  return `\`${text}\` is not a datetime`;
}

export function badExternalNote(text: string): string {
  return `\`${text}\` does not read \`URL=FILE\``;
}

export function noHeader(): string {
  return "the table has no header: `name:type | name:type`";
}

export function badHeader(cell: string): string {
  return `\`${cell}\` in the header does not read \`name:type\``;
}

export function unknownTypeInHeader(type: string): string {
  return `\`${type}\` is not a type`;
}

export function cellCount(expected: number, found: number): string {
  return `the row has ${plural(found, "cell")}, the header has ${plural(expected, "column")}`;
}

export function openQuote(cell: string): string {
  return `the quote in \`${cell}\` is never closed; a string that holds a quote is quoted: "…\\"…"`;
}

export function badCell(text: string, type: string): string {
  return `\`${text}\` is not a cell of type ${type}`;
}

export function nullString(): string {
  return 'strings are never null: write `"null"` for the text, `""` for the empty string';
}

export function noErrorCode(): string {
  return "`--- error` is followed by a code: `KS142`, and if you like by a part of the message";
}

// Failures

export function wrongResultCount(expected: number, found: number): string {
  return `expected ${plural(expected, "result")}, the query has ${found}`;
}

export function wrongColumns(): string {
  return "the columns differ";
}

export function wrongRowCount(expected: number, found: number): string {
  return `expected ${plural(expected, "row")}, found ${found === 0 ? "none" : found}`;
}

export function wrongCell(row: number, column: string, expected: string, found: string): string {
  return `row ${row}, \`${column}\`: expected ${expected}, found ${found}`;
}

export function wrongRows(missing: number, extra: number): string {
  return `in any order, ${plural(missing, "expected row")} ${missing === 1 ? "is" : "are"} missing and ${plural(extra, "row")} ${extra === 1 ? "is" : "are"} too many`;
}

export function expectedError(): string {
  return "expected an error, the query has results";
}

export function unexpectedError(): string {
  return "expected a table, the query fails";
}

export function wrongCode(expected: string, found: string): string {
  return `expected the error ${expected}, found ${found}`;
}

export function wrongMessage(expected: string): string {
  return `the error does not say: ${expected}`;
}

export function wrongRendering(): string {
  return "the error is not printed as expected";
}
