import type { Cell } from "../../data/column.ts";
import { compareCells } from "../../data/compare.ts";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import { printCell } from "../cells.ts";
import { printTable, type StatedTable } from "../tables.ts";
import { SpecFault } from "./fault.ts";
import type { SpecFile } from "./read.ts";
import type { Path } from "./yaml.ts";

/** The snapshots of a spec: lines of a table by the name of the case. */
export type Snapshots = ReadonlyMap<string, readonly string[]>;

/** The file of the snapshots of a spec. */
export function snapshotFile(spec: string): string {
  return `${spec}.snap`;
}

const indent = "    ";

/** Reads what `printSnapshots` writes; lines that it would not write are nobody's. */
export function parseSnapshots(text: string): Snapshots {
  const found = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("## ")) {
      lines = [];
      found.set(line.slice(3), lines);
    } else if (line.startsWith(indent)) lines.push(line.slice(indent.length));
  }
  return found;
}

/** In the order of their names, so that a diff shows what has changed. */
export function printSnapshots(snapshots: Snapshots): string {
  const sections = [...snapshots]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, lines]) => `\n## ${name}\n\n${lines.map((line) => `${indent}${line}\n`).join("")}`);
  return `# Results that tests compare with. \`kqlite test --update\` writes this file.\n${sections.join("")}`;
}

export function snapshotName(name: string): string {
  return name.replace(/\s+/g, " ").trim();
}

/** The lines of the table, with its rows in an order that does not depend on how they were computed. */
export function snapshotOf(
  table: StatedTable,
  sort: readonly string[] | undefined,
  sorted: boolean,
  path: Path,
  { valueAt }: Pick<SpecFile, "valueAt">,
): readonly string[] {
  const { schema } = table;
  const keys = (sort ?? []).map((column, i) => {
    const index = schema.findIndex(({ name }) => name === column);
    const names = schema.map(({ name }) => name);
    if (index < 0) throw new SpecFault(problem.noColumnInResult(valueAt([...path, i]), column, names));
    return index;
  });
  if (sort === undefined && sorted) return printTable(table);
  const texts = new Map(
    table.rows.map((row) => [row, row.map((cell, i) => printCell(schema[i]?.type ?? "string", cell)).join("|")]),
  );
  const rows = [...table.rows].sort((a, b) => {
    for (const index of keys) {
      const order = compareInColumn(table, index, a, b);
      if (order !== 0) return order;
    }
    const [x = "", y = ""] = [texts.get(a), texts.get(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  });
  return printTable({ schema, rows });
}

function compareInColumn({ schema }: StatedTable, index: number, a: readonly Cell[], b: readonly Cell[]): number {
  const type = schema[index]?.type ?? "string";
  const [x, y] = [a[index] ?? null, b[index] ?? null];
  // A dynamic has no order of its own; the text decides.
  if (x === null || y === null || type === "dynamic") return 0;
  return compareCells(type)(x, y);
}
