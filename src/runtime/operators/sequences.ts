import { type Batch, type Batches, lazyBatch, select } from "../../data/batch.ts";
import { cellAt, columnBuilder, constantColumn } from "../../data/cells.ts";
import type { Cell } from "../../data/column.ts";
import { collect } from "../../data/concat.ts";
import { rowsById } from "../../functions/algorithms/rows-by-id.ts";
import { cellReader } from "../../functions/lift.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Expr, SequenceStep, Sequences } from "../../plan/nodes.ts";
import { columnsIn } from "../../plan/walk.ts";
import { keyIndex } from "../keys.ts";
import { checkCancelled, type Run } from "../run.ts";

/** The last row that took a step, with the declared columns as the step left them. */
interface Taken {
  readonly row: number;
  readonly declared: readonly Cell[];
}

/** A sequence that has got as far as one step: what it took at each step so far. */
interface Sequence {
  readonly taken: readonly (Taken | undefined)[];
  readonly id: number;
  /** The last row waits for the next one of its step, which would take its place: `output=last`. */
  readonly waiting: boolean;
}

/** https://learn.microsoft.com/kusto/query/scan-operator#scan-logic */
export async function* sequences(plan: Sequences, input: Batches, run: Run): Batches {
  const all = await collect(input, plan.input.schema);
  if (all.length === 0) return;
  const found = new Output(plan, all);
  const steps = plan.steps.map((step) => compiled(step, plan, all, run));
  let next = 0;
  for (const rows of parts(plan, all, run)) {
    checkCancelled(run);
    next = walk(
      rows,
      steps,
      plan.declared.map((literal) => literal.value),
      next,
      found,
    );
  }
  if (found.length > 0) yield found.batch();
}

/** The rows of each partition, in order. */
function* parts({ partition }: Sequences, all: Batch, run: Run): Iterable<Int32Array> {
  const index = keyIndex(partition.map((key) => key.type));
  const ids = index.add(
    partition.map((key) => evaluate(key, all, run)),
    all.length,
  );
  const { starts, rows } = rowsById(ids, index.count);
  for (let id = 0; id < index.count; id++) yield rows.subarray(starts[id], starts[id + 1]);
}

/** Returns the number for the next sequence. */
function walk(
  rows: Int32Array,
  steps: readonly Step[],
  defaults: readonly Cell[],
  first: number,
  found: Output,
): number {
  const states: (Sequence | undefined)[] = steps.map(() => undefined);
  let next = first;
  const settle = (sequence: Sequence | undefined, step: number) => {
    const last = sequence?.waiting ? sequence.taken[step] : undefined;
    if (sequence && last) found.push(last, sequence.id);
  };
  for (const row of rows) {
    // From the last step to the first: what a row does to one step is nothing to the steps behind it.
    for (let at = steps.length - 1; at >= 0; at--) {
      const step = steps[at]!;
      const before = at > 0 ? states[at - 1] : undefined;
      const here = states[at];
      let from: Sequence | undefined;
      if (before && step.holds(row, before.taken)) {
        settle(here, at);
        settle(before, at - 1);
        states[at - 1] = undefined;
        from = before;
      } else if ((here || at === 0) && step.holds(row, here?.taken ?? [])) {
        from = here ?? { taken: [], id: next++, waiting: false };
      }
      if (!from) continue;
      const taken: Taken = { row, declared: step.assigned(row, from.taken, defaults) };
      if (step.output === "all") found.push(taken, from.id);
      states[at] = { taken: [...from.taken.slice(0, at), taken], id: from.id, waiting: step.output === "last" };
    }
  }
  for (const [at, state] of states.entries()) settle(state, at);
  return next;
}

interface Step {
  readonly output: SequenceStep["output"];
  holds(row: number, taken: Sequence["taken"]): boolean;
  assigned(row: number, taken: Sequence["taken"], defaults: readonly Cell[]): readonly Cell[];
}

function compiled(step: SequenceStep, plan: Sequences, all: Batch, run: Run): Step {
  const condition = reader(step.condition, plan, all, run);
  const values = step.assignments.map((value) => value && reader(value, plan, all, run));
  return {
    output: step.output,
    holds: (row, taken) => condition(row, taken) === true,
    assigned: (row, taken, defaults) =>
      defaults.map((value, i) => values[i]?.(row, taken) ?? (values[i] ? null : value)),
  };
}

type Reader = (row: number, taken: Sequence["taken"]) => Cell;

/** The value of `expr` row by row. Parts that look at the row alone are computed for all rows at once. */
function reader(expr: Expr, plan: Sequences, all: Batch, run: Run): Reader {
  const { length: width } = plan.input.schema;
  if ([...columnsIn(expr)].every((index) => index < width)) {
    const read = cellReader(evaluate(expr, all, run));
    return (row) => read(row);
  }
  if (expr.kind === "Column") return takenCell(expr.index - width, plan, all);
  const parts: Reader[] = [];
  const types: Expr["type"][] = [];
  const compact = (part: Expr): Expr => {
    const inside = [...columnsIn(part)];
    if (part.kind === "Literal" || (part.kind === "Call" && inside.some((index) => index >= width))) {
      return part.kind === "Call" ? { ...part, args: part.args.map(compact) } : part;
    }
    parts.push(reader(part, plan, all, run));
    types.push(part.type);
    return { kind: "Column", index: parts.length - 1, name: "", type: part.type, span: part.span };
  };
  const rest = compact(expr);
  return (row, taken) => {
    const cells = lazyBatch([], 1, (index) => constantColumn(types[index]!, parts[index]!(row, taken)));
    return cellAt(evaluate(rest, cells, run), 0);
  };
}

/** Column `index` of the part of the wide row that holds what the steps have taken. */
function takenCell(index: number, { input: { schema }, declared }: Sequences, all: Batch): Reader {
  const block = schema.length + declared.length;
  const step = Math.floor(index / block);
  const column = index % block;
  const literal = declared[column - schema.length];
  if (literal) {
    return (_, taken) => {
      const last = taken[step];
      return last ? last.declared[column - schema.length]! : literal.value;
    };
  }
  const read = cellReader(all.column(column));
  const missing = schema[column]?.type === "string" ? "" : null;
  return (_, taken) => {
    const last = taken[step];
    return last ? read(last.row) : missing;
  };
}

/** The rows that come out. */
class Output {
  readonly #plan: Sequences;
  readonly #all: Batch;
  readonly #rows: number[] = [];
  readonly #ids: Cell[] = [];
  readonly #declared: Cell[][];

  constructor(plan: Sequences, all: Batch) {
    this.#plan = plan;
    this.#all = all;
    this.#declared = plan.declared.map(() => []);
  }

  get length(): number {
    return this.#rows.length;
  }

  push({ row, declared }: Taken, id: number): void {
    this.#rows.push(row);
    this.#ids.push(BigInt(id));
    for (const [i, cell] of declared.entries()) this.#declared[i]!.push(cell);
  }

  batch(): Batch {
    const { schema, input } = this.#plan;
    const rows = select(this.#all, Int32Array.from(this.#rows));
    return lazyBatch(schema, this.#rows.length, (index) => {
      if (index < input.schema.length) return rows.column(index);
      const builder = columnBuilder(schema[index]!.type, this.#rows.length);
      for (const cell of this.#declared[index - input.schema.length] ?? this.#ids) builder.push(cell);
      return builder.finish();
    });
  }
}
