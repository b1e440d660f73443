import type { Cell } from "../data/column.ts";
import { type Schema, typeNamed } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/testing.ts";
import { textWidth } from "../diagnostics/width.ts";
import { isWrong, parseCell, printCell, splitCells, unquoted } from "./cells.ts";

/** A table as a test states it. */
export interface StatedTable {
  readonly schema: Schema;
  readonly rows: readonly (readonly Cell[])[];
}

/** What is wrong with a table in a test, and in which of its lines (zero-based). */
export interface BadTable {
  readonly wrong: string;
  readonly index: number;
}

export function parseTable(lines: readonly string[]): StatedTable | BadTable {
  const [header, ...body] = lines;
  if (header === undefined) return { wrong: problem.noHeader(), index: 0 };
  const schema = parseHeader(header);
  if (isWrong(schema)) return { ...schema, index: 0 };
  const rows: (readonly Cell[])[] = [];
  for (const [i, line] of body.entries()) {
    const texts = splitCells(line);
    if (isWrong(texts)) return { ...texts, index: i + 1 };
    if (texts.length !== schema.length) {
      return { wrong: problem.cellCount(schema.length, texts.length), index: i + 1 };
    }
    const row: Cell[] = [];
    for (const [column, field] of schema.entries()) {
      const cell = parseCell(field.type, texts[column] ?? "");
      if (isWrong(cell)) return { ...cell, index: i + 1 };
      row.push(cell);
    }
    rows.push(row);
  }
  return { schema, rows };
}

function parseHeader(line: string): Schema | { readonly wrong: string } {
  const cells = splitCells(line);
  if (isWrong(cells)) return cells;
  const schema: { name: string; type: Schema[number]["type"] }[] = [];
  for (const cell of cells) {
    const colon = cell.lastIndexOf(":");
    const name = cell.slice(0, Math.max(colon, 0)).trim();
    const word = cell.slice(colon + 1).trim();
    const plain = name.startsWith('"') ? unquoted(name) : name;
    if (colon <= 0 || plain === undefined) return { wrong: problem.badHeader(cell) };
    const type = typeNamed(word);
    if (!type) return { wrong: problem.unknownTypeInHeader(word) };
    schema.push({ name: plain, type });
  }
  return schema;
}

/** The lines of a table, header first, columns aligned. */
export function printTable({ schema, rows }: StatedTable): readonly string[] {
  const header = schema.map(({ name, type }) => `${printCell("string", name)}:${type}`);
  const body = rows.map((row) => row.map((cell, column) => printCell(schema[column]?.type ?? "string", cell)));
  const all = [header, ...body];
  const widths = header.map((_, column) => Math.max(...all.map((line) => textWidth(line[column] ?? ""))));
  return all.map((line) =>
    line
      .map((text, column) => text + " ".repeat((widths[column] ?? 0) - textWidth(text)))
      .join(" | ")
      .trimEnd(),
  );
}
