import { columnFromCells, columnOf, storageFor } from "../../data/cells.ts";
import type { Cell, Column, ColumnOf, StringDictionary } from "../../data/column.ts";
import type { Decimal } from "../../data/decimal.ts";
import { textReader } from "../../data/dictionary.ts";
import { compareWords, wordsOf } from "../../data/words.ts";
import { aggregate, whenTrue } from "../aggregate-family.ts";
import { type Accumulator, type AggregateFunction, type AggregateOverload, required } from "../signature.ts";
import { exactly, full, roomFor, validWhere } from "./state.ts";

type NumberType = "bool" | "int" | "real";
type LongType = "long" | "datetime" | "timespan";

/** Of a group with a NaN, the least and the greatest are NaN, though NaN sorts below every number. */
class NumberExtreme<T extends NumberType> implements Accumulator {
  readonly #type: T;
  readonly #greatest: boolean;
  #best: Uint8Array | Int32Array | Float64Array;
  #seen = new Uint8Array(1);

  constructor(type: T, greatest: boolean) {
    this.#type = type;
    this.#greatest = greatest;
    this.#best = storageFor(type, 1) as Float64Array; // not 64-bit
  }

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#best = roomFor(this.#best, groupCount);
    this.#seen = roomFor(this.#seen, groupCount);
    const best = this.#best;
    const seen = this.#seen;
    const { data, validity } = full(arg!, groups.length) as ColumnOf<NumberType>; // the overload's type
    if (this.#greatest) {
      for (let i = 0; i < groups.length; i++) {
        if (validity !== undefined && validity[i] === 0) continue;
        const g = groups[i]!;
        const value = data[i]!;
        if (value > best[g]! || seen[g] === 0 || Number.isNaN(value)) best[g] = value;
        seen[g] = 1;
      }
    } else {
      for (let i = 0; i < groups.length; i++) {
        if (validity !== undefined && validity[i] === 0) continue;
        const g = groups[i]!;
        const value = data[i]!;
        if (value < best[g]! || seen[g] === 0 || Number.isNaN(value)) best[g] = value;
        seen[g] = 1;
      }
    }
  }

  finish(groupCount: number): readonly Column[] {
    const data = exactly(this.#best, groupCount) as ColumnOf<T>["data"]; // the storage of T
    return [columnOf(this.#type, data, validWhere(this.#seen, groupCount))];
  }
}

class LongExtreme<T extends LongType> implements Accumulator {
  readonly #type: T;
  readonly #greatest: boolean;
  #best = new BigInt64Array(1);
  #seen = new Uint8Array(1);

  constructor(type: T, greatest: boolean) {
    this.#type = type;
    this.#greatest = greatest;
  }

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#best = roomFor(this.#best, groupCount);
    this.#seen = roomFor(this.#seen, groupCount);
    const best = wordsOf(this.#best);
    const seen = this.#seen;
    const { data, validity } = full(arg!, groups.length) as ColumnOf<"long">; // the overload's type
    const words = wordsOf(data);
    const sign = this.#greatest ? 1 : -1;
    for (let i = 0; i < groups.length; i++) {
      if (validity !== undefined && validity[i] === 0) continue;
      const g = groups[i]!;
      if (seen[g] === 1 && compareWords(words, 2 * i, best, 2 * g) * sign <= 0) continue;
      best[2 * g] = words[2 * i]!;
      best[2 * g + 1] = words[2 * i + 1]!;
      seen[g] = 1;
    }
  }

  finish(groupCount: number): readonly Column[] {
    const data = exactly(this.#best, groupCount) as ColumnOf<LongType>["data"] as ColumnOf<T>["data"]; // all are 64-bit
    return [columnOf(this.#type, data, validWhere(this.#seen, groupCount))];
  }
}

class StringExtreme implements Accumulator {
  readonly #greatest: boolean;
  readonly #best: (string | undefined)[] = [];
  /** The code of the best string in the dictionary seen last: a row that repeats it needs no comparison. */
  #codes = new Int32Array(1);
  #dictionary: StringDictionary | undefined;

  constructor(greatest: boolean) {
    this.#greatest = greatest;
  }

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    const { data } = full(arg!, groups.length) as ColumnOf<"string">; // the overload's type
    const { codes, dictionary } = data;
    const text = textReader(dictionary, groups.length);
    const before = this.#codes.length;
    this.#codes = roomFor(this.#codes, groupCount);
    const bestCodes = this.#codes;
    bestCodes.fill(-1, this.#dictionary === dictionary ? before : 0);
    this.#dictionary = dictionary;
    const best = this.#best;
    const greatest = this.#greatest;
    for (let i = 0; i < groups.length; i++) {
      const g = groups[i]!;
      const code = codes[i]!;
      if (bestCodes[g] === code) continue;
      const value = text(code);
      const known = best[g];
      if (known !== undefined && (greatest ? value <= known : value >= known)) continue;
      best[g] = value;
      bestCodes[g] = code;
    }
  }

  finish(groupCount: number): readonly Column[] {
    const cells = Array.from({ length: groupCount }, (_, g): Cell => this.#best[g] ?? null);
    return [columnFromCells("string", cells)];
  }
}

class DecimalExtreme implements Accumulator {
  readonly #greatest: boolean;
  readonly #best: (Decimal | undefined)[] = [];

  constructor(greatest: boolean) {
    this.#greatest = greatest;
  }

  add([arg]: readonly Column[], groups: Int32Array): void {
    const { data, validity } = full(arg!, groups.length) as ColumnOf<"decimal">; // the overload's type
    for (let i = 0; i < groups.length; i++) {
      if (validity && validity[i] === 0) continue;
      const g = groups[i]!;
      const value = data[i]!;
      const known = this.#best[g];
      if (known === undefined || (this.#greatest ? value.gt(known) : value.lt(known))) this.#best[g] = value;
    }
  }

  finish(groupCount: number): readonly Column[] {
    const cells = Array.from({ length: groupCount }, (_, g): Cell => this.#best[g] ?? null);
    return [columnFromCells("decimal", cells)];
  }
}

function extremes(greatest: boolean): readonly [AggregateOverload, ...AggregateOverload[]] {
  const numbers = (["int", "real", "bool"] as const).map((type): AggregateOverload => {
    return { params: [required("expr", type)], returns: type, create: () => new NumberExtreme(type, greatest) };
  });
  const longs = (["datetime", "timespan"] as const).map((type): AggregateOverload => {
    return { params: [required("expr", type)], returns: type, create: () => new LongExtreme(type, greatest) };
  });
  return [
    { params: [required("expr", "long")], returns: "long", create: () => new LongExtreme("long", greatest) },
    ...numbers,
    ...longs,
    { params: [required("expr", "decimal")], returns: "decimal", create: () => new DecimalExtreme(greatest) },
    { params: [required("expr", "string")], returns: "string", create: () => new StringExtreme(greatest) },
  ];
}

export const extremeAggregates: readonly AggregateFunction[] = [
  aggregate("min", "The smallest value; null for none.", ...extremes(false)),
  aggregate("minif", "The smallest value in rows where the predicate is true.", ...whenTrue(extremes(false))),
  aggregate("max", "The greatest value; null for none.", ...extremes(true)),
  aggregate("maxif", "The greatest value in rows where the predicate is true.", ...whenTrue(extremes(true))),
];
