import { columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import type { ScalarType } from "../../data/types.ts";
import { family } from "../family.ts";
import { columnar } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { type Call, type Overload, type Param, repeated, required, type ScalarFunction } from "../signature.ts";

/* Functions about where and on what the query runs. Most of them ask for a cluster, and there is none. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const nobody = "nobody has signed in to run the query";

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
    { name: "estimate_data_size", takesStar: true },
    "The bytes that the values of the columns take up: a fixed number by type, and for strings their UTF-8 form.",
    columnar([required("column", "scalar"), repeated("column", "scalar")], "long", estimate),
  ),

  told(
    "current_cluster_endpoint",
    [],
    "string",
    "the address of the cluster",
    "the query runs on no cluster",
    "cluster=TEXT",
  ),
  told(
    "current_database",
    [],
    "string",
    "the name of the database",
    "the tables have no database with a name",
    "database=NAME",
  ),
  told("current_principal", [], "string", "who runs the query", nobody, "principal=TEXT"),
  told("current_principal_details", [], "dynamic", "a bag about who runs the query", nobody, "principalDetails=JSON"),
  told(
    "current_principal_is_member_of",
    [required("group", "scalar"), repeated("group", "scalar")],
    "bool",
    "whether who runs the query is in one of the groups",
    nobody,
    "memberOf=GROUP,GROUP",
  ),
  define(
    { name: "ingestion_time", resultName: { always: "$IngestionTime" } },
    "The time when the row was ingested: a column that the engine is told, and an error without.",
    refusal([], "datetime", "rows do not record when they were read: `--ingestion-time COLUMN` says which column does"),
  ),
  absent("extent_id", "guid", "tables are not kept in extents", ["extentid"]),
  absent("extent_tags", "dynamic", "tables are not kept in extents"),
  absent("cursor_current", "string", "tables have no database cursor", ["current_cursor"]),
  cursor("cursor_after"),
  cursor("cursor_before_or_at"),
];

/** What the engine is told when it is made. The binder puts it in the place of the call; what gets here was not told. */
function told(
  name: string,
  params: readonly Param[],
  type: ScalarType,
  what: string,
  why: string,
  option: string,
): ScalarFunction {
  const summary = `${what[0]?.toUpperCase()}${what.slice(1)}, as the engine is told; an error where it is not.`;
  return define(name, summary, refusal(params, type, `${why}: \`--identity ${option}\` says what it gives`));
}

function absent(name: string, type: ScalarType, why: string, aliases: readonly string[] = []): ScalarFunction {
  return define({ name, aliases }, `Not supported: ${why}.`, refusal([], type, why));
}

function refusal(params: readonly Param[], type: ScalarType, why: string): Overload {
  return columnar(params, type, () => {
    throw new Refusal(0, why);
  });
}

function cursor(name: string): ScalarFunction {
  return define(
    name,
    "Not supported: tables have no database cursor.",
    refusal([required("cursor", "string")], "bool", "tables have no database cursor"),
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
