import type { Column } from "../data/column.ts";
import { gatherColumn } from "../data/gather.ts";
import {
  type Accumulator,
  type AggregateCall,
  type AggregateFunction,
  type AggregateOverload,
  type AggregateShape,
  type ArgumentName,
  required,
} from "./signature.ts";

/** What a declaration says beside its summary and overloads. */
export interface AggregateSpec {
  readonly name: string;
  readonly aliases?: readonly string[] | undefined;
  /** The official page, where it is not `<name>-aggregation-function`. */
  readonly docs?: string | undefined;
  /** `one` where it is left out. */
  readonly shape?: AggregateShape | undefined;
  /** `prefixed(name)` where it is left out. */
  readonly outputName?: AggregateFunction["outputName"] | undefined;
}

export function aggregate(
  spec: string | AggregateSpec,
  summary: string,
  ...overloads: readonly [AggregateOverload, ...AggregateOverload[]]
): AggregateFunction {
  const given: AggregateSpec = typeof spec === "string" ? { name: spec } : spec;
  const page = given.docs ?? `${given.name.replaceAll("_", "-")}-aggregation-function`;
  return {
    kind: "aggregate",
    name: given.name,
    aliases: given.aliases ?? [],
    summary,
    docs: `https://learn.microsoft.com/kusto/query/${page}`,
    shape: given.shape ?? "one",
    outputName: given.outputName ?? prefixed(given.name),
    overloads,
  };
}

/** `sum(x)` → `sum_x`; where the first argument has no name, the prefix stands alone: `sum_`. */
export function prefixed(prefix: string): AggregateFunction["outputName"] {
  return ([first]) => `${prefix}_${first?.name ?? ""}`;
}

/** The output is named as its argument; without one it has no name. */
export function named(args: readonly ArgumentName[], output: number): string | undefined {
  return args[output]?.name;
}

/** Each of `overloads` with a predicate before the parameter at `position`: it sees only the rows where that is true. */
export function whenTrue(
  overloads: readonly [AggregateOverload, ...AggregateOverload[]],
  position = 1,
): readonly [AggregateOverload, ...AggregateOverload[]] {
  const [first, ...rest] = overloads;
  return [filtered(first, position), ...rest.map((overload) => filtered(overload, position))];
}

function filtered({ params, returns, create }: AggregateOverload, position: number): AggregateOverload {
  return {
    params: [...params.slice(0, position), required("predicate", "bool"), ...params.slice(position)],
    returns,
    create: (call) => new Filtered(create(withoutPredicate(call, position)), position),
  };
}

function withoutPredicate(call: AggregateCall, position: number): AggregateCall {
  return { ...call, types: call.types.toSpliced(position, 1), constants: call.constants.toSpliced(position, 1) };
}

class Filtered implements Accumulator {
  readonly #inner: Accumulator;
  readonly #position: number;

  constructor(inner: Accumulator, position: number) {
    this.#inner = inner;
    this.#position = position;
  }

  add(args: readonly Column[], groups: Int32Array, groupCount: number): void {
    const rest = args.toSpliced(this.#position, 1);
    const rows = rowsWhereTrue(args[this.#position]!, groups.length);
    if (rows.length === 0) return;
    if (rows.length === groups.length) {
      this.#inner.add(rest, groups, groupCount);
      return;
    }
    const kept = rest.map((arg) => (arg.constant ? arg : gatherColumn(arg, rows)));
    const groupsKept = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) groupsKept[i] = groups[rows[i]!]!;
    this.#inner.add(kept, groupsKept, groupCount);
  }

  finish(groupCount: number): readonly Column[] {
    return this.#inner.finish(groupCount);
  }
}

/** The rows where a bool column is true: null is not. A constant column gives all rows or none. */
export function rowsWhereTrue(predicate: Column, length: number): Int32Array {
  if (predicate.type !== "bool") throw new Error("a predicate is a bool");
  const { data, validity } = predicate;
  const rows = new Int32Array(length);
  let count = 0;
  if (predicate.constant) {
    if (data[0] !== 1 || validity?.[0] === 0) return rows.subarray(0, 0);
    for (let i = 0; i < length; i++) rows[i] = i;
    return rows;
  }
  for (let i = 0; i < length; i++) {
    if (data[i] === 1 && (validity === undefined || validity[i] === 1)) rows[count++] = i;
  }
  return rows.subarray(0, count);
}
