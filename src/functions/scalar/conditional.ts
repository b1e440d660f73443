import { cellAt } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import { rowMask } from "../../data/column.ts";
import { compareCells } from "../../data/compare.ts";
import type { ScalarType } from "../../data/types.ts";
import { choose, emptyFlags } from "../choose.ts";
import { dynamicReader } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { cellReader, columnar } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { type Call, type Overload, repeated, required, type ScalarFunction } from "../signature.ts";

/*
 * One of several values, row by row. All of them are computed; each function only says which one stands, and `choose`
 * takes it.
 */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const arg = required("arg", "common");
const alternative = required("arg", "alike");
/** How many arguments coalesce takes at most. */

export const conditionalFunctions: readonly ScalarFunction[] = [
  define(
    { name: "iff", aliases: ["iif"] },
    "`then` where the condition is true, `else` where it is false or null.",
    columnar([required("if", "bool"), required("then", "alike"), required("else", "alike")], "common", firstTrue),
  ),

  define(
    "case",
    "The value behind the first condition that is true; `else` where none is.",
    columnar(
      [
        required("predicate", "bool"),
        required("then", "alike"),
        repeated("predicate", "bool"),
        repeated("then", "alike"),
        required("else", "alike"),
      ],
      "common",
      firstTrue,
    ),
  ),

  define(
    { name: "coalesce", most: 64 },
    "The first argument that is not null; of strings, the first that is not empty.",
    columnar([alternative, alternative, repeated("arg", "alike")], "common", firstPresent),
    // Behind a dynamic, anything may follow: it becomes one.
    columnar(
      [required("arg", "dynamic"), required("arg", "scalar"), repeated("arg", "scalar")],
      "dynamic",
      (args, call) =>
        firstPresent(
          args.map((column) => asDynamics(column, call.rows)),
          call,
        ),
    ),
  ),

  define({ name: "max_of", most: 64 }, "The greatest of the arguments; a null is passed over.", extreme(1)),
  define({ name: "min_of", most: 64 }, "The least of the arguments; a null is passed over.", extreme(-1)),
];

function firstPresent(args: readonly Column[], call: Call): Column {
  const choice = choices(args.length, call.rows).fill(args.length - 1);
  for (let k = args.length - 2; k >= 0; k--) choosePresent(args[k]!, k, choice);
  return choose(call.returns, args, choice);
}

function asDynamics(column: Column, rows: number): Column {
  if (column.type === "dynamic") return column;
  const read = dynamicReader(column);
  const data = Array.from({ length: column.constant ? 1 : rows }, (_, row) => read(row));
  return { type: "dynamic", data, constant: column.constant };
}

function choices(sources: number, rows: number): Uint8Array | Uint16Array {
  return sources < 256 ? new Uint8Array(rows) : new Uint16Array(rows);
}

/** Conditions and values in turn, then the value that stands where no condition is true. */
function firstTrue(args: readonly Column[], call: Call): Column {
  const conditions: Column[] = [];
  const values: Column[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    conditions.push(args[i]!);
    values.push(args[i + 1]!);
  }
  values.push(args[args.length - 1]!);
  if (conditions.every((condition) => condition.constant)) {
    const found = conditions.findIndex((condition) => cellAt(condition, 0) === true);
    return values[found < 0 ? values.length - 1 : found]!;
  }
  const choice = choices(values.length, call.rows).fill(values.length - 1);
  for (let k = conditions.length - 1; k >= 0; k--) {
    const { data, validity } = conditions[k] as Extract<Column, { type: "bool" }>;
    const mask = rowMask(conditions[k]!);
    if (validity) {
      for (let i = 0; i < choice.length; i++) if ((data[i & mask]! & validity[i & mask]!) === 1) choice[i] = k;
    } else {
      for (let i = 0; i < choice.length; i++) if (data[i & mask] === 1) choice[i] = k;
    }
  }
  return choose(call.returns, values, choice);
}

/** Writes `k` where the column has a value that is not null and not the empty string. */
function choosePresent(column: Column, k: number, choice: Uint8Array | Uint16Array): void {
  const mask = rowMask(column);
  if (column.type === "string") {
    const { codes, dictionary } = column.data;
    const empty = emptyFlags(dictionary);
    for (let i = 0; i < choice.length; i++) if (empty[codes[i & mask]!] === 0) choice[i] = k;
  } else if (column.type === "dynamic") {
    for (let i = 0; i < choice.length; i++) if (column.data[i & mask] !== null) choice[i] = k;
  } else if (column.validity) {
    const { validity } = column;
    for (let i = 0; i < choice.length; i++) if (validity[i & mask] === 1) choice[i] = k;
  } else {
    choice.fill(k);
  }
}

/** The argument that is greatest (`sign` 1) or least (`sign` -1). */
function extreme(sign: 1 | -1): Overload {
  return columnar([arg, arg, repeated("arg", "common")], "common", (args, call) => {
    const type = call.returns;
    if (type === "dynamic" || type === "guid") {
      throw new Refusal(0, `values of type ${type} have no order: convert them, for example with \`tolong(…)\``);
    }
    const choice = choices(args.length, call.rows);
    if (type === "string" || type === "decimal") chooseByCells(type, args, sign, choice);
    else chooseByNumbers(args, sign, choice);
    return choose(type, args, choice);
  });
}

function chooseByCells(type: ScalarType, args: readonly Column[], sign: 1 | -1, choice: Uint8Array | Uint16Array) {
  const compare = compareCells(type);
  const readers = args.map(cellReader);
  for (let i = 0; i < choice.length; i++) {
    let best: Cell = null;
    for (let k = 0; k < readers.length; k++) {
      const cell = readers[k]!(i);
      if (cell !== null && (best === null || compare(cell, best) * sign > 0)) {
        best = cell;
        choice[i] = k;
      }
    }
  }
}

function chooseByNumbers(args: readonly Column[], sign: 1 | -1, choice: Uint8Array | Uint16Array): void {
  // All of one storage class, whose values `<` orders.
  const data = args.map((column) => column.data as Float64Array);
  const masks = args.map(rowMask);
  for (let k = 1; k < args.length; k++) {
    const { validity } = args[k]!;
    const [candidates, mask] = [data[k]!, masks[k]!];
    for (let i = 0; i < choice.length; i++) {
      if (validity && validity[i & mask] === 0) continue;
      const chosen = choice[i]!;
      const known = args[chosen]!.validity;
      const candidate = candidates[i & mask]!;
      const best = data[chosen]![i & masks[chosen]!]!;
      // NaN is both the least and the greatest.
      const better = Number.isNaN(candidate) || (sign > 0 ? candidate > best : candidate < best);
      if (better || (known && known[i & masks[chosen]!] === 0)) choice[i] = k;
    }
  }
}
