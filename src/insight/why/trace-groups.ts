import type { Batch } from "../../data/batch.ts";
import { cellAt } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { kqlLiteral } from "../../data/text.ts";
import { type Clock, evaluate } from "../../plan/evaluate.ts";
import type { MakeSeries, TopNested } from "../../plan/nodes.ts";
import { keyIndex } from "../../runtime/keys.ts";
import type { Links } from "./links.ts";

/** The rows of a series are those with its keys; the plan below has left out what lies outside of the bins. */
export function seriesLinks({ keyCount }: MakeSeries, input: Batch): Links {
  const keys = Array.from({ length: keyCount }, (_, i) => input.column(i));
  const types = keys.map(({ type }) => type);
  const to = keyIndex(types).add(keys, input.length);
  return { from: Int32Array.from(to.keys()), to };
}

/**
 * A row goes down the levels by its keys, to the others where its group does not stay. Undefined where a group has the
 * name of the others: nobody can tell the two apart.
 */
export function nestedLinks({ levels, schema }: TopNested, input: Batch, rows: Batch, clock: Clock): Links | undefined {
  const keys = levels.map(({ key }) => evaluate(key, input, clock));
  const lastOthers = levels.findLastIndex(({ others }) => others !== undefined);
  // What stands for the key of rows that have fallen out, here or above.
  const rest = levels.map(({ others }, depth) => textOf(schema[2 * depth]?.type ?? "string", others?.value ?? null));
  const paths = new Map<string, number>();
  for (let row = 0; row < rows.length; row++) {
    let path = "";
    for (const depth of levels.keys()) {
      path += `\n${keyText(rows.column(2 * depth), row)}`;
      // Only whole paths are rows; the others are there to be walked.
      if (!paths.has(path)) paths.set(path, row);
    }
  }
  const [from, to]: [number[], number[]] = [[], []];
  for (let row = 0; row < input.length; row++) {
    let path = "";
    let fallen = false;
    for (const [depth, key] of keys.entries()) {
      const own = keyText(key, row);
      const falls = !fallen && depth <= lastOthers;
      if (falls && own === rest[depth]) return undefined;
      if (falls && !paths.has(`${path}\n${own}`)) fallen = true;
      path += `\n${fallen ? rest[depth] : own}`;
    }
    const found = paths.get(path);
    if (found === undefined) continue;
    from.push(row);
    to.push(found);
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
}

function keyText(column: Column, row: number): string {
  return textOf(column.type, cellAt(column, row));
}

/** A column of strings has no nulls. */
function textOf(type: Column["type"], cell: Parameters<typeof kqlLiteral>[1]): string {
  return kqlLiteral(type, type === "string" ? (cell ?? "") : cell);
}
