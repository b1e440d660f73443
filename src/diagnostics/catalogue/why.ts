import type { Diagnostic } from "../diagnostic.ts";
import { closest } from "../suggest.ts";

/* What is said about the way of a row through a query. */

const nowhere: Diagnostic["labels"] = [{ span: { start: 0, end: 0 }, text: "" }];

export function noSuchTable(name: string, known: readonly string[]): Diagnostic {
  const similar = closest(name, known);
  const list = known.map((table) => `\`${table}\``).join(", ");
  return {
    code: "KQ690",
    severity: "error",
    message: `the rows of \`${name}\` do not run through the query`,
    labels: nowhere,
    help:
      similar === undefined
        ? `those of ${list} do; a table that only \`toscalar\` or \`in (…)\` reads is a constant of the query`
        : `did you mean \`${similar}\`?`,
    stage: "query",
  };
}

export function noTraceableRows(): Diagnostic {
  return {
    code: "KQ691",
    severity: "error",
    message: "the query reads no table, so there is no row to follow",
    labels: nowhere,
    stage: "query",
  };
}

interface Cell {
  readonly name: string;
  readonly text: string;
}
const cells = (all: readonly Cell[]) => all.map(({ name, text }) => `${name} = ${text}`).join(", ");
const behind = (all: readonly Cell[]) => (all.length === 0 ? "" : `: ${cells(all)}`);
const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const mostNumbers = 8;

/** Rows of one table: `Events row 3`, `Events rows 1, 4`. */
function tableRows(table: string, numbers: readonly number[]): string {
  const shown = numbers.slice(0, mostNumbers).join(", ");
  const more = numbers.length > mostNumbers ? ` and ${numbers.length - mostNumbers} more` : "";
  return `${table} row${numbers.length === 1 ? "" : "s"} ${shown}${more}`;
}

function rowList(rows: readonly { readonly table: string; readonly number: number }[]): string {
  const tables = [...new Set(rows.map(({ table }) => table))];
  return tables
    .map((table) =>
      tableRows(
        table,
        rows.filter((row) => row.table === table).map(({ number }) => number),
      ),
    )
    .join("; ");
}

export const why = {
  row(table: string, number: number, shown: readonly Cell[]): string {
    return `${tableRows(table, [number])}${behind(shown)}`;
  },
  resultRow(number: number, shown: readonly Cell[]): string {
    return `row ${number}${behind(shown)}`;
  },
  rowList,
  read(line: number, main: boolean): string {
    return `read on line ${line}${main ? "" : ", for the other side of a join or plugin"}`;
  },
  otherWays(): string {
    return "for the other side of a join or plugin";
  },
  inResult(rows: readonly number[], result: number | undefined): string {
    const where = result === undefined ? "in the result" : `in result ${result}`;
    const shown = rows.slice(0, mostNumbers).join(", ");
    const more = rows.length > mostNumbers ? ` and ${rows.length - mostNumbers} more` : "";
    return `${where}: row${rows.length === 1 ? "" : "s"} ${shown}${more}`;
  },
  dropped(line: number, operator: string): string {
    return `line ${line}: dropped by \`${operator}\``;
  },
  lost(line: number, operator: string): string {
    return `line ${line}: goes into \`${operator}\`, and cannot be followed further: its rows do not say what they come from`;
  },
  lostBehind(line: number, operator: string): string {
    return `line ${line}: not followed back through \`${operator}\`, or not to all of its tables`;
  },
  folded(line: number, operator: string, rows: number, into: readonly Cell[]): string {
    return `line ${line}: \`${operator}\` makes one of ${plural(rows, "row")}${behind(into)}`;
  },
  passedOver(line: number, fn: string, rows: string): string {
    return `line ${line}: \`${fn}\` shows ${rows === "" ? "another row" : rows} instead`;
  },
  condition(text: string, value: boolean | null, read: readonly Cell[]): string {
    return `\`${text}\` is ${value}${behind(read.filter(({ name }) => name !== text))}`;
  },
  noPartner(side: "left" | "right", keys: readonly Cell[]): string {
    return `no row of the ${side} side has ${cells(keys)}`;
  },
  partner(keys: readonly Cell[], rows: string): string {
    return `a row of the other side has ${cells(keys)}${rows === "" ? "" : `: ${rows}`}`;
  },
  otherSide(): string {
    return "this side only decides which rows of the other one stay";
  },
  notFirst(keys: readonly Cell[], rows: string): string {
    return `innerunique keeps one row of ${cells(keys)}, the first${rows === "" ? "" : `: ${rows}`}`;
  },
  take(kept: number, of: number, place: number): string {
    return `it keeps the first ${kept} of ${plural(of, "row")}, and this is number ${place}`;
  },
  top(kept: number, of: number, keys: readonly Cell[]): string {
    return `it keeps ${kept} of ${plural(of, "row")}, and others come before ${cells(keys)}`;
  },
  noItems(): string {
    return "there are no items, or the subquery leaves none of them";
  },
  textForm(read: readonly Cell[]): string {
    return `the text is not of the form${behind(read)}`;
  },
  noAnswer(): string {
    return "the plugin has no row for it";
  },
  notNested(keys: readonly Cell[]): string {
    return `the groups that stay are others${behind(keys)}`;
  },
  noStep(): string {
    return "it takes no step whose rows come out";
  },
  inside(line: number, operator: string, reasons: readonly string[]): string {
    return `in its part, line ${line}: dropped by \`${operator}\`${reasons.length === 0 ? "" : `: ${reasons.join("; ")}`}`;
  },
  consumed(): string {
    return "it gives no rows";
  },
  none(): string {
    return "the condition is true for no row";
  },
  emptyResult(): string {
    return "the result has no rows";
  },
  more(count: number): string {
    return `… and ${plural(count, "more row")}: see --limit`;
  },
} as const;
