import { type Batch, type Batches, lazyBatch, select } from "../../data/batch.ts";
import { constantColumn } from "../../data/cells.ts";
import { collect } from "../../data/concat.ts";
import { gatherColumn } from "../../data/gather.ts";
import { batchRows } from "../../data/slice.ts";
import { type RowsById, rowsById } from "../../functions/algorithms/rows-by-id.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Join, JoinType } from "../../plan/nodes.ts";
import { type KeyIndex, keyIndex } from "../keys.ts";
import { checkCancelled, type Run } from "../run.ts";

/**
 * The right side is collected and indexed, the left streams by. Rows come in the order of the left, and for each in the
 * order of the right; right rows without a match follow at the end.
 */
export async function* join(plan: Join, left: Batches, right: Batches, run: Run): Batches {
  const { type } = plan;
  const build = await buildSide(plan, right, run);
  if (build.rows.length === 0 && needsMatch(type)) return;
  const seen = tracksRight(type) ? new Uint8Array(build.rows.length) : undefined;
  for await (const batch of left) {
    checkCancelled(run);
    const keys = plan.on.map((pair) => evaluate(pair.left, batch, run));
    const ids = build.index.find(keys, batch.length);
    if (seen) markSeen(ids, build.byId, seen);
    if (type === "leftsemi" || type === "leftanti") {
      const rows = rowsWhere(ids, type === "leftsemi");
      if (rows.length > 0) yield select(batch, rows);
    } else if (type !== "rightsemi" && type !== "rightanti") {
      yield* pairs(plan, batch, ids, build, run);
    }
  }
  if (!seen) return;
  checkCancelled(run);
  const rest = select(build.rows, rowsEqual(seen, type === "rightsemi" ? 1 : 0));
  if (rest.length > 0) yield type === "rightsemi" || type === "rightanti" ? rest : withoutLeft(plan, rest);
}

interface Build {
  readonly rows: Batch;
  /** The rows, with one of nulls behind the last: what stands beside a left row without a match. */
  readonly padded: Batch;
  readonly index: KeyIndex;
  readonly byId: RowsById;
}

async function buildSide(plan: Join, right: Batches, run: Run): Promise<Build> {
  const rows = await collect(right, plan.right.schema);
  const types = plan.on.map((pair) => pair.right.type);
  const index = keyIndex(types);
  const keys = plan.on.map((pair) => evaluate(pair.right, rows, run));
  const ids = index.add(keys, rows.length);
  return { rows, padded: padded(rows), index, byId: rowsById(ids, index.count) };
}

function padded(batch: Batch): Batch {
  const rows = new Int32Array(batch.length + 1);
  for (let row = 0; row < batch.length; row++) rows[row] = row;
  rows[batch.length] = -1;
  return lazyBatch(batch.schema, rows.length, (index) => gatherColumn(batch.column(index), rows));
}

/** Without a right side there is nothing to give. */
function needsMatch(type: JoinType): boolean {
  return type === "inner" || type === "leftsemi" || type.startsWith("right");
}

function tracksRight(type: JoinType): boolean {
  return type.startsWith("right") || type === "fullouter";
}

function markSeen(ids: Int32Array, { starts, rows }: RowsById, seen: Uint8Array): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (id < 0) continue;
    const end = starts[id + 1]!;
    // All rows of an id are marked together.
    if (seen[rows[starts[id]!]!] === 1) continue;
    for (let at = starts[id]!; at < end; at++) seen[rows[at]!] = 1;
  }
}

function rowsWhere(ids: Int32Array, matched: boolean): Int32Array {
  const rows = new Int32Array(ids.length);
  let count = 0;
  for (let i = 0; i < ids.length; i++) if (ids[i]! >= 0 === matched) rows[count++] = i;
  return rows.slice(0, count);
}

function rowsEqual(marks: Uint8Array, wanted: number): Int32Array {
  const rows = new Int32Array(marks.length);
  let count = 0;
  for (let i = 0; i < marks.length; i++) if (marks[i] === wanted) rows[count++] = i;
  return rows.slice(0, count);
}

/** Left rows with each right row of their key; with none, once beside nothing where the join keeps them. */
function* pairs(plan: Join, left: Batch, ids: Int32Array, { rows, padded, byId }: Build, run: Run): Iterable<Batch> {
  const { starts, rows: rightRows } = byId;
  const keepsLeft = plan.type === "leftouter" || plan.type === "fullouter";
  const right = keepsLeft ? padded : rows;
  const capacity = Math.min(batchRows, countPairs(ids, starts, keepsLeft));
  if (capacity === 0) return;
  let lefts = new Int32Array(capacity);
  let rights = new Int32Array(capacity);
  let count = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < 0 && !keepsLeft) continue;
    let at = id < 0 ? 0 : starts[id]!;
    const end = id < 0 ? 1 : starts[id + 1]!;
    for (; at < end; at++) {
      if (count === capacity) {
        checkCancelled(run);
        yield joined(plan, left, lefts, right, rights);
        lefts = new Int32Array(capacity);
        rights = new Int32Array(capacity);
        count = 0;
      }
      lefts[count] = row;
      rights[count++] = id < 0 ? rows.length : rightRows[at]!;
    }
  }
  if (count > 0) yield joined(plan, left, lefts.subarray(0, count), right, rights.subarray(0, count));
}

function countPairs(ids: Int32Array, starts: Int32Array, keepsLeft: boolean): number {
  let count = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    count += id < 0 ? (keepsLeft ? 1 : 0) : starts[id + 1]! - starts[id]!;
  }
  return count;
}

function joined(plan: Join, left: Batch, lefts: Int32Array, right: Batch, rights: Int32Array): Batch {
  const width = plan.left.schema.length;
  const fromLeft = select(left, lefts);
  return lazyBatch(plan.schema, lefts.length, (index) => {
    if (index < width) return fromLeft.column(index);
    return gatherColumn(right.column(index - width), rights);
  });
}

/** Right rows beside nothing. */
function withoutLeft({ left, schema }: Join, right: Batch): Batch {
  const width = left.schema.length;
  return lazyBatch(schema, right.length, (index) => {
    if (index >= width) return right.column(index - width);
    return constantColumn(schema[index]!.type, null);
  });
}
