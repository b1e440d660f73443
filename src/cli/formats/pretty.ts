import picocolors from "picocolors";
import { cellAt } from "../../data/cells.ts";
import { isNumeric } from "../../data/types.ts";
import { textWidth } from "../../diagnostics/width.ts";
import type { ResultTable } from "../../engine/results.ts";
import { shownText } from "./cell.ts";
import type { Layout } from "./layout.ts";

interface Shown {
  readonly name: string;
  readonly type: string;
  readonly right: boolean;
  readonly cells: readonly string[];
  readonly nulls: readonly boolean[];
  readonly width: number;
}

const widest = 48;

/** A box with the types under the names. What does not fit is elided in the middle: rows first, then columns. */
export function* asPretty(table: ResultTable, layout: Layout): Iterable<string> {
  const { schema, rows } = table;
  const paint = picocolors.createColors(layout.color);
  const picked = pickedRows(rows.length, layout.rows);
  const all = schema.map(({ name, type }, index): Shown => {
    const column = rows.column(index);
    const raw = picked.map((row) => (row < 0 ? null : cellAt(column, row)));
    const cells = raw.map((cell, i) => ((picked[i] ?? 0) < 0 ? "·" : shortened(shownText(type, cell))));
    const nulls = raw.map((cell, i) => cell === null && (picked[i] ?? 0) >= 0);
    const width = Math.max(...[name, type, ...cells].map((text) => textWidth(text)));
    return { name, type, right: isNumeric(type), cells, nulls, width };
  });
  if (schema.length > 0) {
    const { columns, hidden } = fitted(all, layout.width, picked.length);
    const rule = (left: string, cross: string, right: string) =>
      `${left}${columns.map((column) => "─".repeat(column.width + 2)).join(cross)}${right}\n`;
    const line = (texts: readonly string[], style: (text: string, column: number) => string) =>
      `│${texts.map((text, i) => ` ${style(aligned(text, columns[i]), i)} `).join("│")}│\n`;
    yield rule("┌", "┬", "┐");
    yield line(
      columns.map((column) => column.name),
      (text) => paint.bold(text),
    );
    yield line(
      columns.map((column) => column.type),
      (text) => paint.dim(text),
    );
    yield rule("├", "┼", "┤");
    for (let i = 0; i < picked.length; i++) {
      yield line(
        columns.map((column) => column.cells[i] ?? ""),
        (text, column) => (columns[column]?.nulls[i] ? paint.dim(text) : text),
      );
    }
    yield rule("└", "┴", "┘");
    yield paint.dim(`${summary(table, picked.length, hidden)}\n`);
    return;
  }
  yield paint.dim(`${summary(table, picked.length, 0)}\n`);
}

function summary({ schema, rows }: ResultTable, shown: number, hidden: number): string {
  const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const some = shown < rows.length ? ` (${shown - 1} shown)` : "";
  const left = hidden > 0 ? ` (${schema.length - hidden} shown, --format line shows all)` : "";
  return `${plural(rows.length, "row")}${some}, ${plural(schema.length, "column")}${left}`;
}

/** The rows to show; -1 stands for the gap in the middle. */
function pickedRows(count: number, limit: number): readonly number[] {
  if (count <= limit) return Array.from({ length: count }, (_, row) => row);
  const head = Math.ceil(limit / 2);
  const tail = limit - head;
  return [
    ...Array.from({ length: head }, (_, row) => row),
    -1,
    ...Array.from({ length: tail }, (_, i) => count - tail + i),
  ];
}

/** The columns that fit into `width`: from both ends, with a column of dots for those in the middle. */
function fitted(
  all: readonly Shown[],
  width: number,
  rows: number,
): { readonly columns: readonly Shown[]; readonly hidden: number } {
  const total = (columns: readonly Shown[]) => columns.reduce((sum, column) => sum + column.width + 3, 1);
  if (total(all) <= width || all.length <= 2) return { columns: all, hidden: 0 };
  const cells = Array.from({ length: rows }, () => "…");
  const gap: Shown = { name: "…", type: "…", right: false, cells, nulls: cells.map(() => false), width: 1 };
  let columns: readonly Shown[] = all;
  let kept = all.length - 1;
  while (kept >= 2) {
    const head = Math.ceil(kept / 2);
    columns = [...all.slice(0, head), gap, ...all.slice(all.length - (kept - head))];
    if (total(columns) <= width) break;
    kept--;
  }
  return { columns, hidden: all.length - Math.max(kept, 2) };
}

function aligned(text: string, column: Shown | undefined): string {
  const space = " ".repeat(Math.max(0, (column?.width ?? 0) - textWidth(text)));
  return column?.right ? space + text : text + space;
}

function shortened(text: string): string {
  if (textWidth(text) <= widest) return text;
  let short = "";
  let width = 0;
  for (const character of text) {
    width += textWidth(character);
    if (width >= widest) break;
    short += character;
  }
  return `${short}…`;
}
