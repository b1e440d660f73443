import { batchOf } from "../../data/batch.ts";
import { columnFromCells } from "../../data/cells.ts";
import type { Cell } from "../../data/column.ts";
import type { Dynamic } from "../../data/dynamic.ts";
import { hllFromDynamic } from "../algorithms/hyperloglog.ts";
import type { PairTable } from "../algorithms/pair-table.ts";
import { cellReader } from "../lift.ts";
import type { PluginDefinition } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { argumentsOf } from "./arguments.ts";

export const dcountIntersect: PluginDefinition = {
  kind: "plugin",
  name: "dcount_intersect",
  aliases: [],
  summary:
    "How many values the first set has, the first and the second both have, and so on; sets as `hll()` makes them.",
  docs: "https://learn.microsoft.com/kusto/query/dcount-intersect-plugin",
  params: [{ name: "hll", kind: "column", type: "dynamic", presence: "repeated" }],
  schema: {
    from: "arguments",
    of: (call) => {
      const sets = argumentsOf(call, "hll", "column");
      if (sets.length < 2 || sets.length > 16)
        throw new Refusal("hll", `there are from 2 to 16 sets, not ${sets.length}`);
      const counts = sets.map((_, i) => ({ name: `s${i}`, type: "long" as const }));
      const taken = call.input.find((field) => counts.some(({ name }) => name === field.name));
      if (taken) throw new Refusal("hll", `the input has a column \`${taken.name}\` already`);
      return [...call.input, ...counts];
    },
  },
  async *run(run) {
    const sets = argumentsOf(run, "hll", "column");
    for await (const batch of run.rows) {
      const readers = sets.map(({ index }) => cellReader(batch.column(index)));
      const counts: Cell[][] = sets.map(() => []);
      for (let row = 0; row < batch.length; row++) {
        const found = intersections(readers.map((read) => hashesOf(read(row) as Dynamic))); // the columns are dynamic
        for (const [i, column] of counts.entries()) column.push(found[i] ?? null);
      }
      const own = run.input.map((_, index) => batch.column(index));
      yield batchOf(run.schema, [...own, ...counts.map((cells) => columnFromCells("long", cells))], batch.length);
    }
  },
};

/** The hashes in a state of `hll()`; undefined for null. */
function hashesOf(value: Dynamic): PairTable | undefined {
  if (value === null) return undefined;
  const state = hllFromDynamic(value);
  if (!state) throw new Refusal("hll", "a value is not what `hll()` makes");
  if (state.hashes) return state.hashes;
  // Registers tell the size of a union, and of an intersection only by a difference of large estimates.
  throw new Refusal("hll", `a set has more than ${state.limit} values, too many to intersect at this accuracy`);
}

/** The sizes of the first set, of what it shares with the second, and so on up to a null. */
function intersections(sets: readonly (PairTable | undefined)[]): readonly bigint[] {
  const [first, ...others] = sets;
  if (!first) return [];
  let shared = Array.from({ length: first.size }, (_, id) => id);
  const sizes = [BigInt(shared.length)];
  for (const other of others) {
    if (!other) break;
    shared = shared.filter((id) => other.find(first.firstOf(id), first.secondOf(id)) >= 0);
    sizes.push(BigInt(shared.length));
  }
  return sizes;
}
