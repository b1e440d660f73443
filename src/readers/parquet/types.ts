import type { SchemaElement } from "hyparquet/src/index.js";
import { inDatetimeRange, maxDatetime, ticksPerDay, unixEpoch } from "../../data/calendar.ts";
import type { Cell } from "../../data/column.ts";
import { Decimal } from "../../data/decimal.ts";
import { parseDynamic } from "../../data/json.ts";
import type { ScalarType } from "../../data/types.ts";
import { midnights, wordsOf } from "../../data/words.ts";
import { decodeUtf8 } from "../text.ts";
import type { Numbers } from "./flat.ts";

/** How a leaf of parquet becomes a cell. `convert` gets what the file stores, never null; undefined: it cannot be said. */
export interface Leaf {
  readonly type: ScalarType;
  readonly convert: (stored: unknown) => Cell | undefined;
  /** All values at once, in the storage of `type`; undefined when one cannot be said. Invalid rows do not count. */
  readonly column?: (stored: Numbers, validity: Uint8Array | undefined) => Numbers | undefined;
  /** What is stored, for a message, where that is not its text. */
  readonly show?: (stored: unknown) => string;
}

/** 100 ns ticks by time unit, as numerator and denominator. */
const units = { MILLIS: [10_000n, 1n], MICROS: [10n, 1n], NANOS: [1n, 100n] } as const;
type Unit = keyof typeof units;

/** Parquet stores it as we do. */
const own = (type: ScalarType): Leaf => ({ type, convert: (stored) => stored as Cell, column: (stored) => stored });

/** What becomes of the leaf `element`; undefined when its type is not supported. */
export function leafOf(element: SchemaElement): Leaf | undefined {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (converted === "BSON" || converted === "INTERVAL") return undefined;
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return decimalLeaf(element);
  switch (type) {
    case "BOOLEAN":
      return own("bool");
    case "INT32":
      if (converted === "DATE" || logical?.type === "DATE") return dateLeaf;
      if (converted === "TIME_MILLIS" || logical?.type === "TIME") return timeLeaf("MILLIS");
      if (isUnsigned(element, 32)) return { type: "long", convert: (stored) => BigInt((stored as number) >>> 0) };
      return own("int");
    case "INT64": {
      if (converted === "TIMESTAMP_MILLIS") return timestampLeaf("MILLIS");
      if (converted === "TIMESTAMP_MICROS") return timestampLeaf("MICROS");
      if (logical?.type === "TIMESTAMP") return timestampLeaf(logical.unit);
      if (converted === "TIME_MICROS") return timeLeaf("MICROS");
      if (logical?.type === "TIME") return timeLeaf(logical.unit);
      if (isUnsigned(element, 64)) return unsignedLeaf;
      return own("long");
    }
    case "INT96":
      return { type: "datetime", convert: timestampLeaf("NANOS").convert };
    case "FLOAT":
    case "DOUBLE":
      return own("real");
    case "BYTE_ARRAY":
      if (converted === "JSON" || logical?.type === "JSON")
        return { type: "dynamic", convert: (stored) => json(stored) };
      if (logical && !["STRING", "ENUM"].includes(logical.type)) return undefined;
      return { type: "string", convert: text };
    case "FIXED_LEN_BYTE_ARRAY":
      if (logical?.type === "UUID") return { type: "guid", convert: guid };
      if (logical?.type === "FLOAT16") return { type: "real", convert: (stored) => stored as number };
      return undefined;
    default:
      return undefined;
  }
}

/**
 * The element without the notes that would make hyparquet convert its values: what it makes of timestamps and decimals
 * is rounded, and in the object that it makes of a map some keys are special. Strings and FLOAT16 it does well.
 */
export function asStored(element: SchemaElement): SchemaElement {
  const { converted_type: converted, logical_type: logical, ...rest } = element;
  if (element.num_children) {
    return converted === "LIST" || logical?.type === "LIST" ? { ...rest, converted_type: "LIST" } : rest;
  }
  if (converted === "UTF8" || logical?.type === "STRING") return { ...rest, converted_type: "UTF8" };
  if (logical?.type === "FLOAT16") return { ...rest, logical_type: logical };
  return rest;
}

/** The words of parquet for the type of `element`. */
export function parquetTypeName(element: SchemaElement): string {
  const note = element.logical_type?.type ?? element.converted_type;
  const physical = element.type ?? "group";
  return note ? `${physical} (${note})` : physical;
}

function isUnsigned(element: SchemaElement, width: 32 | 64): boolean {
  const { converted_type: converted, logical_type: logical } = element;
  if (converted === `UINT_${width}`) return true;
  return logical?.type === "INTEGER" && logical.bitWidth === width && !logical.isSigned;
}

/** A long has one bit less. */
const unsignedLeaf: Leaf = {
  type: "long",
  convert: (stored) => ((stored as bigint) < 0n ? undefined : (stored as bigint)),
  show: (stored) => String(BigInt.asUintN(64, stored as bigint)),
};

const dateLeaf: Leaf = {
  type: "datetime",
  convert: (stored) => inDatetimeRange(unixEpoch + BigInt(stored as number) * ticksPerDay) ?? undefined,
  column(stored, validity) {
    const days = (stored as Int32Array).map((day, row) => (validity?.[row] === 0 ? 0 : day + epochDay)); // INT32
    return days.every((day) => day >= 0 && day <= lastDay) ? midnights(days) : undefined;
  },
};

// Days since year 1, like the epoch and the last datetime in ticks.
const epochDay = Number(unixEpoch / ticksPerDay);
const lastDay = Number(maxDatetime / ticksPerDay);

function timestampLeaf(unit: Unit): Leaf {
  const [times, per] = units[unit];
  return {
    type: "datetime",
    convert: (stored) => inDatetimeRange(unixEpoch + floorDivide((stored as bigint) * times, per)) ?? undefined,
    column: (stored, validity) => timestamps(stored as BigInt64Array, validity, Number(times), Number(per)), // INT64
  };
}

// The epoch in words, and what the upper one is at most.
const epochLow = Number(unixEpoch & 0xffff_ffffn);
const epochHigh = Number(unixEpoch >> 32n);
const maxHigh = Number(maxDatetime >> 32n);

/** Datetimes of timestamps, by words; undefined when one is not surely in range. */
function timestamps(
  stored: BigInt64Array,
  validity: Uint8Array | undefined,
  times: number,
  per: number,
): BigInt64Array | undefined {
  const from = wordsOf(stored);
  const data = new BigInt64Array(stored.length);
  const to = wordsOf(data);
  for (let row = 0; row < data.length; row++) {
    if (validity?.[row] === 0) continue;
    const upper = from[2 * row + 1]!;
    const lower = from[2 * row]! >>> 0;
    // Every step is exact: the product of the lower word has 46 bits at most, what is left of the upper one 39.
    const high = Math.floor(upper / per);
    const low = Math.floor(((upper - high * per) * 2 ** 32 + lower) / per) * times + epochLow;
    const carry = Math.floor(low / 2 ** 32);
    const sum = high * times + carry + epochHigh;
    if (sum < 0 || sum >= maxHigh) return undefined;
    to[2 * row] = low;
    to[2 * row + 1] = sum;
  }
  return data;
}

function timeLeaf(unit: Unit): Leaf {
  const [times, per] = units[unit];
  return { type: "timespan", convert: (stored) => (BigInt(stored as number | bigint) * times) / per };
}

/** Toward -∞, so that a time before 1970 keeps its order. */
function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

function decimalLeaf(element: SchemaElement): Leaf | undefined {
  const { logical_type: logical } = element;
  const scale = element.scale ?? (logical?.type === "DECIMAL" ? logical.scale : 0);
  const precision = element.precision ?? (logical?.type === "DECIMAL" ? logical.precision : 0);
  if (precision > 34) return undefined;
  return {
    type: "decimal",
    convert: (stored) => new Decimal(`${stored instanceof Uint8Array ? bigEndian(stored) : stored}e-${scale}`),
  };
}

/** Two's complement, most significant byte first. */
function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}

function text(stored: unknown): string | undefined {
  return typeof stored === "string" ? stored : decodeUtf8(stored as Uint8Array); // byte arrays come as one of the two
}

function json(stored: unknown): Cell | undefined {
  const source = text(stored);
  return source === undefined ? undefined : parseDynamic(source);
}

function guid(stored: unknown): string {
  const hex = Array.from(stored as Uint8Array, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
