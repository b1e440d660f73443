import { columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { rowMask } from "../../data/column.ts";
import { wordsOf } from "../../data/words.ts";
import { bothValid } from "../column-kernels.ts";
import { family } from "../family.ts";
import { columnar, rowwise } from "../lift.ts";
import { type Overload, required, type ScalarFunction } from "../signature.ts";

/* Integers as the 64 bits of their two's complement. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const resultName = "firstArgument";
const value = required("value", "long");
const shift = required("shift", "long");

export const bitwiseFunctions: readonly ScalarFunction[] = [
  define(
    { name: "binary_and", resultName },
    "The bits that are set in both.",
    pairwise((x, y, m, n, out) => {
      for (let i = 0; i < out.length; i += 2) {
        out[i] = x[i & m]! & y[i & n]!;
        out[i + 1] = x[(i & m) + 1]! & y[(i & n) + 1]!;
      }
    }),
  ),

  define(
    { name: "binary_or", resultName },
    "The bits that are set in at least one.",
    pairwise((x, y, m, n, out) => {
      for (let i = 0; i < out.length; i += 2) {
        out[i] = x[i & m]! | y[i & n]!;
        out[i + 1] = x[(i & m) + 1]! | y[(i & n) + 1]!;
      }
    }),
  ),

  define(
    { name: "binary_xor", resultName },
    "The bits that are set in exactly one.",
    pairwise((x, y, m, n, out) => {
      for (let i = 0; i < out.length; i += 2) {
        out[i] = x[i & m]! ^ y[i & n]!;
        out[i + 1] = x[(i & m) + 1]! ^ y[(i & n) + 1]!;
      }
    }),
  ),

  define(
    { name: "binary_not", resultName },
    "Every bit turned over.",
    rowwise([value], "long", (bits) => ~bits),
  ),

  define(
    { name: "binary_shift_left", resultName },
    "The bits moved up by `shift` modulo 64 places; null for a negative shift.",
    rowwise([value, shift], "long", (bits, by) => (by < 0n ? null : BigInt.asIntN(64, bits << (by % 64n)))),
  ),

  define(
    { name: "binary_shift_right", resultName },
    "The bits moved down by `shift` modulo 64 places, the sign kept; null for a negative shift.",
    rowwise([value, shift], "long", (bits, by) => (by < 0n ? null : bits >> (by % 64n))),
  ),

  define(
    { name: "bitset_count_ones", resultName },
    "How many bits are set.",
    rowwise([value], "long", (bits) => {
      const low = Number(bits & 0xffff_ffffn);
      const high = Number((bits >> 32n) & 0xffff_ffffn);
      return BigInt(onesIn(low) + onesIn(high));
    }),
  ),
];

/** The loop goes over the words of both sides, two a value: a bigint costs an allocation wherever it is not compiled. */
function pairwise(loop: (x: Int32Array, y: Int32Array, m: number, n: number, out: Int32Array) => void): Overload {
  return columnar([required("value1", "long"), required("value2", "long")], "long", (args, call) => {
    const [a, b] = args as readonly [Extract<Column, { type: "long" }>, Extract<Column, { type: "long" }>];
    const constant = a.constant === true && b.constant === true;
    const out = new BigInt64Array(constant ? 1 : call.rows);
    loop(wordsOf(a.data), wordsOf(b.data), rowMask(a), rowMask(b), wordsOf(out));
    return { ...columnOf("long", out, bothValid(a, b, out.length)), constant };
  });
}

/** Set bits of 32. */
function onesIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
