import { type Batch, type Batches, lazyBatch } from "../../data/batch.ts";
import { type Column, rowMask } from "../../data/column.ts";
import { gatherColumn } from "../../data/gather.ts";
import type { Schema } from "../../data/types.ts";
import type { PluginCall, PluginRun } from "../plugin.ts";
import { argumentOf, constantOf, freeName } from "./arguments.ts";

/* What the plugins that look rows up in a table have in common: ipv4_lookup, geo_polygon_lookup and their like. */

/** Positions of the lookup table's columns that the output has: all but `without`. */
export function addedColumns(call: PluginCall, without: ReadonlySet<number>): readonly number[] {
  return [...argumentOf(call, "LookupTable", "table").schema.keys()].filter((index) => !without.has(index));
}

/** Whose columns stand first: the source's as a rule, but ipv6_lookup begins with the lookup table's. */
export type FirstColumns = "source" | "lookup";

/** The columns of both sides; what both have gets a number that neither has in the lookup table's, as in joins. */
export function joinedColumns(call: PluginCall, added: readonly number[], first: FirstColumns = "source"): Schema {
  const { schema } = argumentOf(call, "LookupTable", "table");
  const fields = added.map((index) => schema[index]!);
  const source = new Set(call.input.map((field) => field.name));
  const taken = new Set([...source, ...fields.map((field) => field.name)]);
  const renamed = fields.map(({ name, type }) => {
    const free = source.has(name) ? freeName(name, taken) : name;
    taken.add(free);
    return { name: free, type };
  });
  return first === "source" ? [...call.input, ...renamed] : [...renamed, ...call.input];
}

/** The lookup rows that belong to a row of the source. */
export type Matches = (row: number) => readonly number[];

/** One output row per source row and lookup row that match, in the order of both. */
export async function* joinLookup(
  run: PluginRun,
  added: readonly number[],
  matchesIn: (batch: Batch) => Matches,
  first: FirstColumns = "source",
): Batches {
  const lookup = run.tables[0]!;
  const [sourceAt, lookupAt] = first === "source" ? [0, run.input.length] : [added.length, 0];
  const unmatched = constantOf(run, "return_unmatched") === true;
  const matched = lookupColumns(lookup, unmatched);
  for await (const batch of run.rows) {
    const { from, to } = pairs(batch.length, matchesIn(batch), unmatched ? lookup.length : -1);
    if (from.length === 0) continue;
    const whole = isIdentity(from, batch.length);
    yield lazyBatch(run.schema, from.length, (index) => {
      const place = added[index - lookupAt];
      if (place !== undefined) return gatherColumn(matched(place), to);
      const column = batch.column(index - sourceAt);
      return whole || rowMask(column) === 0 ? column : gatherColumn(column, from);
    });
  }
}

/** The columns of the lookup table, with a row of nulls behind the last when unmatched rows want one. */
function lookupColumns(lookup: Batch, unmatched: boolean): (index: number) => Column {
  if (!unmatched) return (index) => lookup.column(index);
  const rows = new Int32Array(lookup.length + 1);
  for (let row = 0; row < lookup.length; row++) rows[row] = row;
  rows[lookup.length] = -1;
  const padded = lazyBatch(lookup.schema, rows.length, (index) => gatherColumn(lookup.column(index), rows));
  return (index) => padded.column(index);
}

interface Pairs {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Source rows and the lookup rows they match; `none` (unless -1) stands for no match. */
function pairs(length: number, matches: Matches, none: number): Pairs {
  let from = new Int32Array(Math.max(length, 16));
  let to = new Int32Array(from.length);
  let count = 0;
  const add = (row: number, match: number): void => {
    if (count === from.length) {
      from = grown(from);
      to = grown(to);
    }
    from[count] = row;
    to[count++] = match;
  };
  for (let row = 0; row < length; row++) {
    const before = count;
    for (const match of matches(row)) add(row, match);
    if (count === before && none >= 0) add(row, none);
  }
  return { from: from.subarray(0, count), to: to.subarray(0, count) };
}

function grown(rows: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(rows.length * 2);
  next.set(rows);
  return next;
}

function isIdentity(rows: Int32Array, length: number): boolean {
  return rows.length === length && rows.every((row, i) => row === i);
}
