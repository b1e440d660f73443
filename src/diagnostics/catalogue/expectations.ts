/* How a case of a `*.test.yaml` fails: sentences without a code, for whoever wrote the test. */

const plural = (count: number, noun: string) => `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");

export function wrongCount(expected: string, found: number): string {
  return `expected ${expected} rows, the result has ${found === 0 ? "none" : found}`;
}

// Rows

export function rowsDiffer(missing: number, extra: number, inOrder: boolean): string {
  return `${missingAndExtra("row", missing, extra)}${inOrder ? " (in this order)" : ""}`;
}

function missingAndExtra(noun: string, missing: number, extra: number): string {
  const are = (count: number) => (count === 1 ? "is" : "are");
  return [
    ...(missing > 0 ? [`${plural(missing, `expected ${noun}`)} ${are(missing)} missing`] : []),
    ...(extra > 0 ? [`${plural(extra, noun)} ${are(extra)} not expected`] : []),
  ].join(", ");
}

export function wrongCellIn(
  expectedRow: number,
  foundRow: number,
  shared: string,
  column: string,
  expected: string,
  found: string,
): string {
  const row = expectedRow === foundRow ? `row ${expectedRow}` : `row ${expectedRow} (nearest: row ${foundRow})`;
  return `${[row, shared, `${column}  expected ${expected}`, `got ${found}`].filter((part) => part !== "").join("   ")}`;
}

export function misplacedRow(expectedRow: number, foundRow: number, shared: string): string {
  return [`row ${expectedRow}`, shared, `found at row ${foundRow}`].filter((part) => part !== "").join("   ");
}

export function missingRow(row: number, cells: string): string {
  return `row ${row}   missing   ${cells}`;
}

export function extraRow(row: number, cells: string): string {
  return `row ${row} of the result   not expected   ${cells}`;
}

export function moreLines(count: number): string {
  return `… and ${count} more`;
}

export function noMismatch(): string {
  return "the rows match, and are expected not to";
}

// Columns

export function columnsDiffer(): string {
  return "the columns differ";
}

export function missingColumn(column: string): string {
  return `missing   ${column}`;
}

export function extraColumn(column: string): string {
  return `not expected   ${column}`;
}

export function otherColumnType(column: string, expected: string, found: string): string {
  return `${column}   expected type ${expected}   got ${found}`;
}

export function columnOrder(expected: string, found: string): string {
  return `expected the order ${expected}   got ${found}`;
}

export function perhapsColumn(column: string, candidate: string): string {
  return `${column}   did you mean ${candidate}?`;
}

// KQL

export function notForAll(predicate: string, count: number, total: number): string {
  return `\`${predicate}\` does not hold for ${count} of ${plural(total, "row")}`;
}

export function rowText(row: number, text: string): string {
  return `row ${row}   ${text}`;
}

export function assertionEmpty(pipeline: string): string {
  return `\`${pipeline}\` leaves no row`;
}

export function assertionFalse(pipeline: string): string {
  return `\`${pipeline}\` says false`;
}

export function kqlFails(kql: string): string {
  return `\`${kql}\` cannot be run over the result`;
}

export function notOneResult(count: number): string {
  if (count === 0) return "the query has no result";
  return `the query has ${count} results: a spec looks at one, a .test.kql at all`;
}

// Errors

export function noError(rows: number): string {
  return `expected an error, the query gives ${plural(rows, "row")}`;
}

export function otherCode(expected: string, found: string): string {
  return `expected the error ${expected}, found ${found}`;
}

export function otherMessage(expected: string): string {
  return `the error does not say ${expected}`;
}

export function badPattern(pattern: string, why: string): string {
  return `\`${pattern}\` is not a regular expression: ${why}`;
}

// Alerts

export function alertExpected(rows: number, trigger: string | undefined): string {
  const fired = trigger === undefined ? "" : `; the trigger is \`${trigger}\``;
  return `expected an alert, there is none: the query gives ${plural(rows, "row")}${fired}`;
}

export function noAlertExpected(alerts: number, rows: number): string {
  return `expected no alert, there ${alerts === 1 ? "is one" : `are ${alerts}`}: the query gives ${plural(rows, "row")}`;
}

export function wrongAlertCount(expected: string, found: number): string {
  return `expected ${expected} alerts, there ${found === 1 ? "is one" : `are ${found === 0 ? "none" : found}`}`;
}

export function alertsDiffer(missing: number, extra: number): string {
  return missingAndExtra("alert", missing, extra);
}

export function alertField(alert: number, field: string, expected: string, found: string): string {
  return `alert ${alert}   ${field}  expected ${expected}   got ${found}`;
}

export function missingAlert(alert: number): string {
  return `alert ${alert}   missing`;
}

export function extraAlert(title: string, rows: number): string {
  return `not expected   ${title}   ${plural(rows, "row")}`;
}

export function wrongSeverity(expected: string, found: readonly string[]): string {
  return `expected the severity ${expected}, found ${found.length === 0 ? "no alert" : [...new Set(found)].join(", ")}`;
}

export function entitiesDiffer(type: string): string {
  return `the entities of type ${type} differ`;
}

export function missingEntity(text: string): string {
  return `missing   ${text}`;
}

export function extraEntity(text: string): string {
  return `not expected   ${text}`;
}

export function noEntityType(type: string, found: readonly string[]): string {
  return `there is no entity of type ${type}${found.length === 0 ? "" : `; there are ${list(found)}`}`;
}

// Snapshots

export function snapshotDiffers(file: string): string {
  return `the result is not that of ${file}; \`--update\` writes it anew`;
}

export function snapshotMissing(file: string): string {
  return `${file} has no snapshot of this test, and in CI none is written`;
}

// Tables

export function tableNotRead(table: string, candidate: string | undefined): string {
  return `the query does not read the table \`${table}\`${candidate === undefined ? "" : `; did you mean \`${candidate}\`?`}`;
}

export function unorderedTake(): string {
  return "which rows `take` leaves is left to chance: `--strict` asks for `sort by … | take`, or `top`";
}

export function specLine(url: string): string {
  return `add to the spec: \`externaldata: { "${url}": FILE }\`; tests read nothing from the network`;
}

export function tooSlow(limit: string): string {
  return `stopped after ${limit}`;
}
