import { type Batch, type Batches, batchOf, select } from "../../data/batch.ts";
import { cellAt, columnBuilder } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import { collect } from "../../data/concat.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { TopLevel, TopNested } from "../../plan/nodes.ts";
import { firstRows } from "../first-rows.ts";
import { keyIndex } from "../keys.ts";
import { checkCancelled, type Run } from "../run.ts";
import { runningCall } from "../running-call.ts";
import { sortedRows } from "../sorted-rows.ts";

/** One row of the result as far as the levels have got. */
interface Branch {
  readonly above: Branch | undefined;
  readonly key: Cell;
  readonly value: Cell;
}

/** Rows of the input, and for each the branch that it belongs to. */
interface Share {
  readonly branches: readonly Branch[];
  readonly rows: Int32Array;
  readonly of: Int32Array;
}

/** https://learn.microsoft.com/kusto/query/top-nested-operator */
export async function* topNested(plan: TopNested, input: Batches, run: Run): Batches {
  const all = await collect(input, plan.input.schema);
  if (all.length === 0) return;
  const lastOthers = plan.levels.findLastIndex((level) => level.others !== undefined);
  const root: Branch = { above: undefined, key: null, value: null };
  let top: Share = {
    branches: [root],
    rows: Int32Array.from({ length: all.length }, (_, i) => i),
    of: new Int32Array(all.length),
  };
  let rest: Share = { branches: [], rows: new Int32Array(0), of: new Int32Array(0) };
  for (const [depth, level] of plan.levels.entries()) {
    checkCancelled(run);
    const { kept, dropped } = chosen(level, all, top, plan.origin, run);
    // What falls out goes on where this level, or one below, has a name for it.
    rest = together(level, all, depth <= lastOthers ? joined(dropped, rest) : rest, plan.origin, run);
    top = kept;
  }
  yield table(plan, [...top.branches, ...rest.branches]);
}

/** The groups of one level that stay, and the rows of all others, still in the branches above. */
function chosen(level: TopLevel, all: Batch, share: Share, origin: Span, run: Run) {
  const batch = select(all, share.rows);
  const key = evaluate(level.key, batch, run);
  const index = keyIndex(["int", level.key.type]);
  const groups = index.add([{ type: "int", data: share.of }, key], batch.length);
  const { count } = index;
  const value = aggregated(level, batch, groups, count, origin, run);
  const first = firstRows(groups, 0, count);
  const order = sortedRows([{ column: value, descending: level.descending, nullsFirst: level.nullsFirst }], count);
  const members: number[][] = share.branches.map(() => []);
  for (const group of order) {
    const list = members[share.of[first[group]!]!]!;
    if (level.limit === undefined || list.length < level.limit) list.push(group);
  }
  const branches: Branch[] = [];
  const branchOf = new Int32Array(count).fill(-1);
  for (const [parent, list] of members.entries()) {
    for (const group of list) {
      branchOf[group] = branches.length;
      branches.push({
        above: share.branches[parent],
        key: cellAt(key, first[group]!),
        value: cellAt(value, group),
      });
    }
  }
  const stays = (row: number) => branchOf[groups[row]!]! >= 0;
  const positions = Int32Array.from(groups.keys());
  const inside = positions.filter(stays);
  const outside = positions.filter((row) => !stays(row));
  return {
    kept: { branches, rows: inside.map((row) => share.rows[row]!), of: inside.map((row) => branchOf[groups[row]!]!) },
    dropped: {
      branches: share.branches,
      rows: outside.map((row) => share.rows[row]!),
      of: outside.map((row) => share.of[row]!),
    },
  };
}

/** The rows of each branch as a single group: the others. */
function together(level: TopLevel, all: Batch, share: Share, origin: Span, run: Run): Share {
  // Branches without rows end here.
  const index = keyIndex(["int"]);
  const groups = index.add([{ type: "int", data: share.of }], share.of.length);
  const first = firstRows(groups, 0, index.count);
  const above = Array.from(first, (row) => share.branches[share.of[row]!]);
  const value = level.others && aggregated(level, select(all, share.rows), groups, index.count, origin, run);
  const branches = above.map(
    (branch, group): Branch => ({
      above: branch,
      key: level.others?.value ?? null,
      value: value ? cellAt(value, group) : null,
    }),
  );
  return { branches, rows: share.rows, of: groups };
}

function joined(a: Share, b: Share): Share {
  const shift = a.branches.length;
  return {
    branches: [...a.branches, ...b.branches],
    rows: appended(a.rows, b.rows),
    of: appended(
      a.of,
      b.of.map((branch) => branch + shift),
    ),
  };
}

function appended(a: Int32Array, b: Int32Array): Int32Array {
  const both = new Int32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function aggregated(level: TopLevel, batch: Batch, groups: Int32Array, count: number, origin: Span, run: Run): Column {
  const columns = level.calls.flatMap((call) => {
    const running = runningCall(call, origin, run);
    running.add(batch, groups, count);
    return running.finish(count);
  });
  const schema = columns.map(({ type }, i) => ({ name: `${i}`, type }));
  return evaluate(level.value, batchOf(schema, columns, count), run);
}

function table({ schema }: TopNested, branches: readonly Branch[]): Batch {
  const builders = schema.map(({ type }) => columnBuilder(type, branches.length));
  for (const branch of branches) {
    let at = builders.length;
    for (let one: Branch | undefined = branch; at > 0; one = one?.above) {
      builders[--at]!.push(one!.value);
      builders[--at]!.push(one!.key);
    }
  }
  return batchOf(
    schema,
    builders.map((builder) => builder.finish()),
    branches.length,
  );
}
