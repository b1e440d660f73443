import { cellAt, columnOf, constantColumn } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import { Decimal } from "../../data/decimal.ts";
import { gatherColumn } from "../../data/gather.ts";
import { fromDynamic, toDynamic } from "../../data/text.ts";
import { isNumeric, type ScalarType } from "../../data/types.ts";
import { choose } from "../choose.ts";
import { family } from "../family.ts";
import { cellReader, columnar } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { type Call, constant, type Overload, optional, required, type ScalarFunction } from "../signature.ts";
import { untyped } from "../untyped.ts";

/*
 * Functions over the rows around a row. They see the whole serialized input as one batch.
 * https://learn.microsoft.com/kusto/query/window-functions
 */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const restart = optional("restart", "bool");
const volatility = "window";

export const windowFunctions: readonly ScalarFunction[] = [
  define(
    { name: "prev", volatility },
    "The value of the row that is `offset` rows before; the default where there is none.",
    neighbour(-1),
  ),
  define(
    { name: "next", volatility },
    "The value of the row that is `offset` rows after; the default where there is none.",
    neighbour(1),
  ),

  define(
    { name: "row_number", volatility },
    "The number of the row, counted from `startingIndex` and again wherever `restart` is true.",
    columnar([optional("startingIndex", "long"), restart], "long", ([start, again], call) => {
      const first = start ? (constantCell(start, 0, "the starting index") as bigint) : 1n;
      const restarts = restartReader(again);
      const data = new BigInt64Array(call.rows);
      let number = first;
      for (let row = 0; row < call.rows; row++) {
        if (restarts(row)) number = first;
        data[row] = number++;
      }
      return { type: "long", data };
    }),
  ),

  define(
    { name: "row_cumsum", volatility },
    "The sum of the term from the last restart up to this row; a null adds nothing.",
    summed("int"),
    summed("long"),
    columnar([required("term", "real"), restart], "real", ([term, again], call) => {
      const data = new Float64Array(call.rows);
      accumulate(
        call,
        term!,
        again,
        0,
        (sum, cell) => sum + (cell as number),
        (row, sum) => {
          data[row] = sum;
        },
      );
      return { type: "real", data };
    }),
    columnar([required("term", "decimal"), restart], "decimal", ([term, again], call) => {
      const data = new Array<Decimal>(call.rows);
      accumulate(
        call,
        term!,
        again,
        new Decimal(0),
        (sum, cell) => sum.plus(cell as Decimal),
        (row, sum) => {
          data[row] = sum;
        },
      );
      return { type: "decimal", data };
    }),
    untyped([required("term", "dynamic"), restart]),
  ),

  define(
    { name: "row_rank_dense", volatility },
    "The number of distinct runs of the term, up to this row.",
    ranked((rank) => rank + 1n),
  ),
  define(
    { name: "row_rank_min", volatility },
    "The number of the row with which this run of the term began.",
    ranked((_, number) => number),
  ),

  define(
    { name: "row_window_session", volatility },
    "The first value of the session: a new one begins when a value is too far from the first or from the one before.",
    columnar(
      [
        required("expr", "datetime"),
        required("maxDistanceFromFirst", "timespan"),
        required("maxDistanceBetweenNeighbors", "timespan"),
        restart,
      ],
      "datetime",
      sessions,
    ),
  ),
];

/** The value of an argument that has to be the same for every row, and not null. */
function constantCell(column: Column, argument: number, what: string): NonNullable<Cell> {
  const cell = column.constant ? cellAt(column, 0) : null;
  if (cell === null) throw new Refusal(argument, `${what} is the same for every row, and not null`);
  return cell;
}

function restartReader(column: Column | undefined): (row: number) => boolean {
  if (!column) return () => false;
  const read = cellReader(column);
  return (row) => read(row) === true;
}

// ---------------------------------------------------------------- neighbours

function neighbour(direction: 1 | -1): Overload {
  const params = [
    required("column", "scalar"),
    optional("offset", "long"),
    constant(optional("default_value", "scalar")),
  ] as const;
  return columnar(params, { sameAs: 0 }, ([column, offset, fallback], call) => {
    const distance = offset ? (constantCell(offset, 1, "the offset") as bigint) : 1n;
    if (distance <= 0n) throw new Refusal(1, "the offset is positive: `prev` looks back and `next` ahead");
    const shift = direction * Number(distance > BigInt(call.rows) ? BigInt(call.rows) : distance);
    const wanted = new Int32Array(call.rows);
    const outside = new Uint8Array(call.rows);
    for (let row = 0; row < call.rows; row++) {
      const source = row + shift;
      const inside = source >= 0 && source < call.rows;
      wanted[row] = inside ? source : -1;
      outside[row] = inside ? 0 : 1;
    }
    const shifted = gatherColumn(column!, wanted);
    const cell = fallback ? defaultCell(fallback, column!.type) : null;
    if (cell === null) return shifted;
    return choose(column!.type, [shifted, constantColumn(column!.type, cell)], outside);
  });
}

function defaultCell(fallback: Column, type: ScalarType): Cell {
  const cell = cellAt(fallback, 0);
  if (cell === null || fallback.type === type) return cell;
  const converted = fromDynamic(toDynamic(fallback.type, cell), type);
  const fits = type === "dynamic" || fallback.type === "dynamic" || (isNumeric(type) && isNumeric(fallback.type));
  if (!fits || converted === null) throw new Refusal(2, `the default value is of the column's type, ${type}`);
  return converted;
}

// ---------------------------------------------------------------------- sums

function accumulate<T>(
  call: Call,
  term: Column,
  again: Column | undefined,
  zero: T,
  add: (sum: T, cell: NonNullable<Cell>) => T,
  put: (row: number, sum: T) => void,
): void {
  const read = cellReader(term);
  const restarts = restartReader(again);
  let sum = zero;
  for (let row = 0; row < call.rows; row++) {
    if (restarts(row)) sum = zero;
    const cell = read(row);
    if (cell !== null) sum = add(sum, cell);
    put(row, sum);
  }
}

/** A sum that leaves the range of its type would be a wrong number. */
function summed(type: "int" | "long"): Overload {
  return columnar([required("term", type), restart], type, ([term, again], call) => {
    const data = type === "int" ? new Int32Array(call.rows) : new BigInt64Array(call.rows);
    const limit = type === "int" ? 1n << 31n : 1n << 63n;
    const add = (sum: bigint, cell: NonNullable<Cell>) => {
      const next = sum + BigInt(cell as number | bigint);
      if (next >= limit || next < -limit) {
        throw new Refusal(0, `the sum leaves the range of ${type}: sum up another type, for example \`toreal(…)\``);
      }
      return next;
    };
    accumulate(call, term!, again, 0n, add, (row, sum) => {
      // The storage is of `type`, and so is the number.
      data[row] = (type === "int" ? Number(sum) : sum) as never;
    });
    return columnOf(type as "long", data as BigInt64Array);
  });
}

// --------------------------------------------------------------------- ranks

/** `next`: the rank of a run from the rank of the run before and the number of its first row since the restart. */
function ranked(next: (rank: bigint, number: bigint) => bigint): Overload {
  return columnar([required("term", "scalar"), restart], "long", ([term, again], call) => {
    if (term!.type === "dynamic")
      throw new Refusal(0, "a dynamic value has no rank: convert it, for example with `tostring(…)`");
    const read = cellReader(term!);
    const restarts = restartReader(again);
    const data = new BigInt64Array(call.rows);
    let [rank, number, before]: [bigint, bigint, Cell] = [0n, 0n, null];
    for (let row = 0; row < call.rows; row++) {
      const cell = read(row);
      const fresh = row === 0 || restarts(row);
      if (fresh) [rank, number] = [0n, 0n];
      number++;
      if (fresh || !sameCell(cell, before)) rank = next(rank, number);
      data[row] = rank;
      before = cell;
    }
    return { type: "long", data };
  });
}

function sameCell(a: Cell, b: Cell): boolean {
  return a === b || (Decimal.isDecimal(a) && Decimal.isDecimal(b) ? a.eq(b) : Number.isNaN(a) && Number.isNaN(b));
}

// ------------------------------------------------------------------ sessions

function sessions([values, fromFirst, between, again]: readonly Column[], call: Call): Column {
  const span = constantCell(fromFirst!, 1, "the distance from the first value") as bigint;
  const gap = constantCell(between!, 2, "the distance between neighbors") as bigint;
  const read = cellReader(values!);
  const restarts = restartReader(again);
  const data = new BigInt64Array(call.rows);
  const validity = new Uint8Array(call.rows);
  let first: bigint | null = null;
  let before = 0n;
  for (let row = 0; row < call.rows; row++) {
    const value = read(row) as bigint | null; // the signature says so
    const begins = first === null || value === null || value >= first + span || value >= before + gap || restarts(row);
    if (begins) first = value;
    if (value !== null) before = value;
    if (first === null) continue;
    data[row] = first;
    validity[row] = 1;
  }
  return { type: "datetime", data, validity };
}
