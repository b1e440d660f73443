import type { ScanPredicate, TableSource } from "../../src/data/batch.ts";
import { cellAt } from "../../src/data/cells.ts";
import type { Cell } from "../../src/data/column.ts";
import { cellText } from "../../src/data/text.ts";
import type { Schema } from "../../src/data/types.ts";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { type Input, inputOf } from "../../src/readers/input.ts";

export function textInputOf(name: string, text: string): Input {
  return inputOf(name, new TextEncoder().encode(text));
}

/** `Port:int, Name:string` */
export function schemaOf(words: string): Schema {
  return words.split(",").map((word) => {
    const [name = "", type = ""] = word.trim().split(":");
    return { name, type } as Schema[number];
  });
}

export interface Reading {
  /** Names; all columns when undefined. */
  readonly columns?: readonly string[];
  readonly predicate?: ScanPredicate;
}

/** All cells of a table, row by row. */
export async function cellsOf(table: TableSource, { columns, predicate }: Reading = {}): Promise<Cell[][]> {
  const wanted = columns
    ? columns.map((name) => table.schema.findIndex((field) => field.name === name))
    : [...table.schema.keys()];
  const rows: Cell[][] = [];
  for await (const batch of table.scan({ columns: new Set(wanted), predicate })) {
    for (let row = 0; row < batch.length; row++) rows.push(wanted.map((index) => cellAt(batch.column(index), row)));
  }
  return rows;
}

/** The same as texts, where null is `null`. */
export async function textsOf(table: TableSource, reading: Reading = {}): Promise<string[]> {
  const types = table.schema.filter((field) => !reading.columns || reading.columns.includes(field.name));
  const rows = await cellsOf(table, reading);
  return rows.map((row) =>
    row.map((cell, index) => (cell === null ? "null" : cellText(types[index]!.type, cell))).join(" | "),
  );
}

/** What went wrong, as a user reads it: `KQ309: events.csv:3: 2 fields expected, found 3`, and the help in a line. */
export async function failure(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    const [{ code, message, help }] = thrown.diagnostics;
    return `${code}: ${message}${help === undefined ? "" : `\n${help}`}`;
  }
  return "nothing went wrong";
}
