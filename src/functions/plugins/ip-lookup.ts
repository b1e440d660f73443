import type { Batch, Batches } from "../../data/batch.ts";
import { type Cell, type Column, rowMask, type StringDictionary } from "../../data/column.ts";
import { dynamicKey } from "../../data/compare.ts";
import { textReader } from "../../data/dictionary.ts";
import { toDynamic } from "../../data/text.ts";
import type { Schema } from "../../data/types.ts";
import { type PrefixTable, prefixTable, rowsContaining } from "../algorithms/prefix-table.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginRun } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { argumentOf, argumentsOf } from "./arguments.ts";
import { addedColumns, type FirstColumns, joinedColumns, joinLookup, type Matches } from "./lookup-join.ts";

/** What ipv4_lookup and ipv6_lookup differ in. */
export interface AddressFamily {
  readonly words: number;
  /** Writes the network that a key names, host bits zero, and returns its length; -1 for text that names none. */
  readonly parse: (text: string, words: Uint32Array) => number;
  readonly sourceKey: string;
  readonly lookupKey: string;
  readonly first: FirstColumns;
}

/** The columns of both sides, the lookup table's without the extra keys. */
export function lookupSchema(call: PluginCall, { first }: AddressFamily): Schema {
  const table = argumentOf(call, "LookupTable", "table");
  for (const key of argumentsOf(call, "ExtraKey", "both")) {
    const other = table.schema[key.lookup]!.type;
    if (other !== key.type)
      throw new Refusal(
        "ExtraKey",
        `the extra key \`${key.name}\` is ${key.type} here and ${other} in the lookup table`,
      );
  }
  return joinedColumns(call, columnsAdded(call), first);
}

function columnsAdded(call: PluginCall): readonly number[] {
  return addedColumns(call, new Set(argumentsOf(call, "ExtraKey", "both").map((key) => key.lookup)));
}

/** One output row per source row and lookup row whose network contains it, in the order of the lookup table. */
export function runLookup(run: PluginRun, family: AddressFamily): Batches {
  const source = argumentOf(run, family.sourceKey, "column").index;
  const lookup = run.tables[0]!;
  const networks = lookup.column(argumentOf(run, family.lookupKey, "lookup").index);
  const find = finder(prefixesOf(networks, lookup.length, family), family);
  const keys = argumentsOf(run, "ExtraKey", "both");
  const matchesIn = (batch: Batch): Matches => {
    const addresses = stringsOf(batch.column(source));
    if (keys.length === 0) return (row) => find(addresses, row);
    const sameKeys = keys.map((key) => equalCells(batch.column(key.index), lookup.column(key.lookup)));
    return (row) => find(addresses, row).filter((match) => sameKeys.every((same) => same(row, match)));
  };
  return joinLookup(run, columnsAdded(run), matchesIn, family.first);
}

/** By the column of networks, which never changes: a table in memory is looked up in by one query after another. */
const built = new WeakMap<Column, { readonly family: AddressFamily; readonly table: PrefixTable }>();

function prefixesOf(column: Column, length: number, family: AddressFamily): PrefixTable {
  const before = built.get(column);
  if (before?.family === family) return before.table;
  const table = build(column, length, family);
  built.set(column, { family, table });
  return table;
}

function build(column: Column, length: number, family: AddressFamily): PrefixTable {
  const text = stringsOf(column);
  const words = Array.from({ length: family.words }, () => new Uint32Array(length));
  const lengths = new Uint8Array(length);
  const rows = new Int32Array(length);
  const network = new Uint32Array(family.words);
  let count = 0;
  for (let row = 0; row < length; row++) {
    const bits = family.parse(text.at(row), network);
    if (bits < 0) continue;
    for (let w = 0; w < family.words; w++) words[w]![count] = network[w]!;
    lengths[count] = bits;
    rows[count++] = row;
  }
  return prefixTable({
    words: words.map((word) => word.subarray(0, count)),
    lengths: lengths.subarray(0, count),
    rows: rows.subarray(0, count),
  });
}

interface StringCells {
  readonly at: (row: number) => string;
  readonly codeAt: (row: number) => number;
  readonly dictionary: StringDictionary;
}

function stringsOf(column: Column): StringCells {
  if (column.type !== "string") throw new Error("the key of a lookup is a string");
  const { codes, dictionary } = column.data;
  const text = textReader(dictionary, codes.length);
  const mask = rowMask(column);
  return { at: (row) => text(codes[row & mask]!), codeAt: (row) => codes[row & mask]!, dictionary };
}

/** The lookup rows that match the key of a source row, found once per distinct string as long as batches share them. */
function finder(table: PrefixTable, family: AddressFamily): (keys: StringCells, row: number) => readonly number[] {
  const network = new Uint32Array(family.words);
  let dictionary: StringDictionary | undefined;
  let known: (readonly number[] | undefined)[] = [];
  return (keys, row) => {
    if (keys.dictionary !== dictionary) {
      dictionary = keys.dictionary;
      known = new Array(dictionary.length);
    }
    const code = keys.codeAt(row);
    let rows = known[code];
    if (!rows) {
      const bits = family.parse(keys.at(row), network);
      rows = bits < 0 ? [] : rowsContaining(table, network, bits);
      known[code] = rows;
    }
    return rows;
  };
}

type SameCell = (left: number, right: number) => boolean;

/** Equality of cells of two columns of one type; null equals nothing. */
function equalCells(left: Column, right: Column): SameCell {
  const a = cellReader(left);
  const b = cellReader(right);
  if (left.type !== "dynamic" && left.type !== "decimal") {
    return (i, j) => {
      const x = a(i);
      return x !== null && x === b(j);
    };
  }
  // These cells are objects: equal ones need not be the same one.
  const key = (cell: Cell): string => dynamicKey(toDynamic(left.type, cell));
  return (i, j) => {
    const x = a(i);
    const y = b(j);
    return x !== null && y !== null && key(x) === key(y);
  };
}
