import type { Column, ColumnOf } from "../../data/column.ts";
import type { Decimal } from "../../data/decimal.ts";
import { textReader } from "../../data/dictionary.ts";
import type { ScalarType } from "../../data/types.ts";
import { compareWords, wordsOf } from "../../data/words.ts";
import { aggregate } from "../aggregate-family.ts";
import {
  type Accumulator,
  type AggregateFunction,
  type AggregateOverload,
  type ArgumentName,
  repeated,
  required,
} from "../signature.ts";
import { KeptRows } from "./kept-rows.ts";
import { full, roomFor } from "./state.ts";

/** Nothing yet; a row whose key is null; a row with a key, which no null replaces. */
const [nothing, withoutKey, withKey] = [0, 1, 2] as const;

/**
 * The row with the greatest or smallest key; of equal keys, the first. Rows without a key stand back, but where no row
 * has one the first is kept. The key is the first argument and output.
 */
abstract class ArgExtreme implements Accumulator {
  protected readonly greatest: boolean;
  protected readonly rows: KeptRows;
  protected state = new Uint8Array(1);

  constructor(greatest: boolean, types: readonly ScalarType[]) {
    this.greatest = greatest;
    this.rows = new KeptRows(types);
  }

  add(args: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.rows.reserve(groupCount);
    this.state = roomFor(this.state, groupCount);
    const key = full(args[0]!, groups.length);
    this.choose(key, groups, groupCount);
    this.rows.take([key, ...args.slice(1)]);
  }

  /** Keeps the better rows of a batch. The key has a cell per row. */
  protected abstract choose(key: Column, groups: Int32Array, groupCount: number): void;

  /** The row has no key: it counts only as long as none has come. */
  protected keepWithoutKey(group: number, row: number): void {
    if (this.state[group] !== nothing) return;
    this.state[group] = withoutKey;
    this.rows.keep(group, row);
  }

  finish(groupCount: number): readonly Column[] {
    return this.rows.columns(groupCount);
  }
}

/** The first NaN is the least and the greatest key, as `min` and `max` have it. */
class NumberArg extends ArgExtreme {
  #best = new Float64Array(1);

  protected choose(key: Column, groups: Int32Array, groupCount: number): void {
    this.#best = roomFor(this.#best, groupCount);
    const best = this.#best;
    const { state, rows, greatest } = this;
    const { data, validity } = key as ColumnOf<"bool" | "int" | "real">; // the overload's type
    for (let i = 0; i < groups.length; i++) {
      const g = groups[i]!;
      if (validity !== undefined && validity[i] === 0) {
        this.keepWithoutKey(g, i);
        continue;
      }
      const value = data[i]!;
      if (state[g] === withKey) {
        const known = best[g]!;
        if (Number.isNaN(known) || (greatest ? value <= known : value >= known)) continue;
      }
      state[g] = withKey;
      best[g] = value;
      rows.keep(g, i);
    }
  }
}

class LongArg extends ArgExtreme {
  #best = new BigInt64Array(1);

  protected choose(key: Column, groups: Int32Array, groupCount: number): void {
    this.#best = roomFor(this.#best, groupCount);
    const best = wordsOf(this.#best);
    const { state, rows, greatest } = this;
    const { data, validity } = key as ColumnOf<"long">; // the overload's type is stored as a long is
    const words = wordsOf(data);
    const sign = greatest ? 1 : -1;
    for (let i = 0; i < groups.length; i++) {
      const g = groups[i]!;
      if (validity !== undefined && validity[i] === 0) {
        this.keepWithoutKey(g, i);
        continue;
      }
      if (state[g] === withKey && compareWords(words, 2 * i, best, 2 * g) * sign <= 0) continue;
      state[g] = withKey;
      best[2 * g] = words[2 * i]!;
      best[2 * g + 1] = words[2 * i + 1]!;
      rows.keep(g, i);
    }
  }
}

class StringArg extends ArgExtreme {
  readonly #best: string[] = [];

  protected choose(key: Column, groups: Int32Array): void {
    const { state, rows, greatest } = this;
    const { codes, dictionary } = (key as ColumnOf<"string">).data; // the overload's type
    const text = textReader(dictionary, groups.length);
    for (let i = 0; i < groups.length; i++) {
      const g = groups[i]!;
      const value = text(codes[i]!);
      if (state[g] === withKey && (greatest ? value <= this.#best[g]! : value >= this.#best[g]!)) continue;
      state[g] = withKey;
      this.#best[g] = value;
      rows.keep(g, i);
    }
  }
}

class DecimalArg extends ArgExtreme {
  readonly #best: Decimal[] = [];

  protected choose(key: Column, groups: Int32Array): void {
    const { state, rows, greatest } = this;
    const { data, validity } = key as ColumnOf<"decimal">; // the overload's type
    for (let i = 0; i < groups.length; i++) {
      const g = groups[i]!;
      if (validity && validity[i] === 0) {
        this.keepWithoutKey(g, i);
        continue;
      }
      const value = data[i]!;
      if (state[g] === withKey && (greatest ? value.lte(this.#best[g]!) : value.gte(this.#best[g]!))) continue;
      state[g] = withKey;
      this.#best[g] = value;
      rows.keep(g, i);
    }
  }
}

function argExtremes(greatest: boolean): readonly [AggregateOverload, ...AggregateOverload[]] {
  const by = (
    type: ScalarType,
    Arg: new (greatest: boolean, types: readonly ScalarType[]) => Accumulator,
  ): AggregateOverload => ({
    params: [required(greatest ? "maximized" : "minimized", type), repeated("returned", "scalar")],
    returns: { sameAs: 0 },
    create: ({ outputs }) => new Arg(greatest, outputs),
  });
  return [
    by("datetime", LongArg),
    by("timespan", LongArg),
    by("long", LongArg),
    by("int", NumberArg),
    by("real", NumberArg),
    by("bool", NumberArg),
    by("decimal", DecimalArg),
    by("string", StringArg),
  ];
}

/** `arg_max(x, y)` → `x`, `y`. What has no name is called `max_` in the first place, `max_x_arg1` in the others. */
function ownNames(prefix: string): AggregateFunction["outputName"] {
  return (args, output) =>
    args[output]?.name ??
    (output === 0 ? `${prefix}_` : `${prefix}_${args[0]?.name ?? ""}_arg${args[output]?.position ?? output}`);
}

/** `argmax(x, y)` → `max_x`, `max_x_y` */
function oldNames(prefix: string): AggregateFunction["outputName"] {
  return (args: readonly ArgumentName[], output) => {
    const first = `${prefix}_${args[0]?.name ?? ""}`;
    return output === 0 ? first : `${first}_${args[output]?.name ?? `arg${args[output]?.position ?? output}`}`;
  };
}

export const argExtremeAggregates: readonly AggregateFunction[] = [
  aggregate(
    { name: "arg_max", shape: "arguments", outputName: ownNames("max") },
    "The columns of a row where the first argument is greatest.",
    ...argExtremes(true),
  ),

  aggregate(
    { name: "arg_min", shape: "arguments", outputName: ownNames("min") },
    "The columns of a row where the first argument is smallest.",
    ...argExtremes(false),
  ),

  aggregate(
    { name: "argmax", docs: "arg-max-aggregation-function", shape: "arguments", outputName: oldNames("max") },
    "As `arg_max`, with the old names of its columns.",
    ...argExtremes(true),
  ),

  aggregate(
    { name: "argmin", docs: "arg-min-aggregation-function", shape: "arguments", outputName: oldNames("min") },
    "As `arg_min`, with the old names of its columns.",
    ...argExtremes(false),
  ),
];
