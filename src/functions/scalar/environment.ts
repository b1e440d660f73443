import { columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import type { ScalarType } from "../../data/types.ts";
import { family } from "../family.ts";
import { columnar } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { type Call, repeated, required, type ScalarFunction } from "../signature.ts";

/* Functions about where and on what the query runs. Most of them ask for a cluster, and there is none. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

export const environmentFunctions: readonly ScalarFunction[] = [
  define(
    { name: "new_guid", volatility: "row" },
    "A random guid.",
    columnar([], "guid", (_, call) => ({
      type: "guid",
      data: Array.from({ length: call.rows }, () => randomGuid(call.random)),
    })),
  ),

  define(
    "estimate_data_size",
    "The bytes that the values of the columns take up: a fixed number by type, and for strings their UTF-8 form.",
    columnar([required("column", "scalar"), repeated("column", "scalar")], "long", estimate),
  ),

  absent("current_cluster_endpoint", "string", "the query runs on no cluster"),
  absent("current_database", "string", "the tables belong to no database that has a name"),
  absent("current_principal", "string", "nobody has signed in to run the query"),
  absent("current_principal_details", "dynamic", "nobody has signed in to run the query"),
  define(
    "current_principal_is_member_of",
    "Not supported: nobody has signed in to run the query.",
    columnar([required("group", "scalar"), repeated("group", "scalar")], "bool", () => {
      throw new Refusal("group", "nobody has signed in to run the query");
    }),
  ),
  absent("ingestion_time", "datetime", "rows do not record when they were read: filter by a column of the table"),
  absent("extent_id", "guid", "tables are not kept in extents", ["extentid"]),
  absent("extent_tags", "dynamic", "tables are not kept in extents"),
  absent("cursor_current", "string", "tables have no database cursor", ["current_cursor"]),
  cursor("cursor_after"),
  cursor("cursor_before_or_at"),
];

function absent(name: string, type: ScalarType, why: string, aliases: readonly string[] = []): ScalarFunction {
  return define(
    { name, aliases },
    `Not supported: ${why}.`,
    columnar([], type, () => {
      throw new Refusal(name, why);
    }),
  );
}

function cursor(name: string): ScalarFunction {
  return define(
    name,
    "Not supported: tables have no database cursor.",
    columnar([required("cursor", "string")], "bool", () => {
      throw new Refusal(0, "tables have no database cursor");
    }),
  );
}

/** Version 4: random but for six bits. */
function randomGuid(random: () => number): string {
  const words = Array.from({ length: 4 }, () => Math.floor(random() * 0x1_0000_0000));
  words[1] = (words[1]! & 0xffff_0fff) | 0x4000;
  words[2] = (words[2]! & 0x3fff_ffff) | 0x8000_0000;
  const hex = words.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

// ---------------------------------------------------------------------- size

const fixedSizes: Readonly<Partial<Record<ScalarType, number>>> = {
  bool: 1,
  int: 4,
  long: 8,
  real: 8,
  datetime: 8,
  timespan: 8,
  guid: 16,
};

function estimate(columns: readonly Column[], call: Call): Column {
  let fixed = 0;
  const constant = columns.every((column) => column.constant);
  const sizes = new BigInt64Array(constant ? 1 : call.rows);
  for (const [i, column] of columns.entries()) {
    if (column.type === "string") {
      const { codes, dictionary } = column.data;
      const bytes = BigInt64Array.from(dictionary.values, (text) => BigInt(utf8Length(text)));
      for (let row = 0; row < sizes.length; row++) {
        sizes[row] = BigInt.asIntN(64, sizes[row]! + bytes[codes[column.constant ? 0 : row]!]!);
      }
      continue;
    }
    const size = fixedSizes[column.type];
    if (size === undefined) throw new Refusal(i, `the size of a ${column.type} depends on how the engine stores it`);
    fixed += size;
  }
  for (let row = 0; row < sizes.length; row++) sizes[row] = BigInt.asIntN(64, sizes[row]! + BigInt(fixed));
  return { ...columnOf("long", sizes), constant };
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of the pair's four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
