import { columnOf } from "../../data/cells.ts";
import type { Column, ColumnOf } from "../../data/column.ts";
import { aggregate, named } from "../aggregate-family.ts";
import { type Accumulator, type AggregateFunction, type AggregateOverload, required } from "../signature.ts";
import { exactly, full, roomFor, validWhere } from "./state.ts";

type Operation = "and" | "or" | "xor";

class LongBits implements Accumulator {
  readonly #operation: Operation;
  #bits = new BigInt64Array(1);
  #seen = new Uint8Array(1);

  constructor(operation: Operation) {
    this.#operation = operation;
  }

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#bits = roomFor(this.#bits, groupCount);
    this.#seen = roomFor(this.#seen, groupCount);
    const bits = this.#bits;
    const seen = this.#seen;
    const operation = this.#operation;
    const { data, validity } = full(arg!, groups.length) as ColumnOf<"long">; // the overload's type
    for (let i = 0; i < groups.length; i++) {
      if (validity !== undefined && validity[i] === 0) continue;
      const g = groups[i]!;
      if (seen[g] === 0) bits[g] = data[i]!;
      else if (operation === "and") bits[g] = BigInt.asIntN(64, bits[g]! & data[i]!);
      else if (operation === "or") bits[g] = BigInt.asIntN(64, bits[g]! | data[i]!);
      else bits[g] = BigInt.asIntN(64, bits[g]! ^ data[i]!);
      seen[g] = 1;
    }
  }

  finish(groupCount: number): readonly Column[] {
    return [columnOf("long", exactly(this.#bits, groupCount), validWhere(this.#seen, groupCount))];
  }
}

class IntBits implements Accumulator {
  readonly #operation: Operation;
  #bits = new Int32Array(1);
  #seen = new Uint8Array(1);

  constructor(operation: Operation) {
    this.#operation = operation;
  }

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#bits = roomFor(this.#bits, groupCount);
    this.#seen = roomFor(this.#seen, groupCount);
    const bits = this.#bits;
    const seen = this.#seen;
    const operation = this.#operation;
    const { data, validity } = full(arg!, groups.length) as ColumnOf<"int">; // the overload's type
    for (let i = 0; i < groups.length; i++) {
      if (validity !== undefined && validity[i] === 0) continue;
      const g = groups[i]!;
      if (seen[g] === 0) bits[g] = data[i]!;
      else if (operation === "and") bits[g]! &= data[i]!;
      else if (operation === "or") bits[g]! |= data[i]!;
      else bits[g]! ^= data[i]!;
      seen[g] = 1;
    }
  }

  finish(groupCount: number): readonly Column[] {
    return [columnOf("int", exactly(this.#bits, groupCount), validWhere(this.#seen, groupCount))];
  }
}

function bitwise(operation: Operation): readonly [AggregateOverload, ...AggregateOverload[]] {
  return [
    { params: [required("expr", "long")], returns: "long", create: () => new LongBits(operation) },
    { params: [required("expr", "int")], returns: "int", create: () => new IntBits(operation) },
  ];
}

export const bitwiseAggregates: readonly AggregateFunction[] = [
  aggregate({ name: "binary_all_and", outputName: named }, "The bits that all values have.", ...bitwise("and")),
  aggregate({ name: "binary_all_or", outputName: named }, "The bits that some value has.", ...bitwise("or")),
  aggregate(
    { name: "binary_all_xor", outputName: named },
    "The bits that an odd number of values have.",
    ...bitwise("xor"),
  ),
];
