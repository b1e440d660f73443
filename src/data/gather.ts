import type { Column } from "./column.ts";
import { lateDictionary } from "./dictionary.ts";
import { wordsOf } from "./words.ts";

/**
 * The cells of `column` at `wanted`; a row of -1 gives null (for strings: the empty string). `inside` says that there is
 * no -1 among them, which saves a look at each.
 */
export function gatherColumn(column: Column, wanted: Int32Array, inside = false): Column {
  const length = wanted.length;
  const rows = column.constant ? wanted.map((row) => Math.min(row, 0)) : wanted;
  let outside = false;
  for (let i = 0; i < length && !inside; i++) {
    if (rows[i]! < 0) {
      outside = true;
      break;
    }
  }
  const validity = gatherValidity(column, rows, outside);
  switch (column.type) {
    case "bool":
      return { type: "bool", data: gatherInto(new Uint8Array(length), column.data, rows), validity };
    case "int":
      return { type: "int", data: gatherInto(new Int32Array(length), column.data, rows), validity };
    case "real":
      return { type: "real", data: gatherInto(new Float64Array(length), column.data, rows), validity };
    case "long":
    case "datetime":
    case "timespan":
      return { type: column.type, data: gather64(column.data, rows), validity };
    case "string":
      return { type: "string", data: gatherStrings(column.data, rows, outside) };
    case "guid":
      return { type: "guid", data: gatherArray(column.data, rows, column.data[0] ?? ""), validity };
    case "decimal":
      return { type: "decimal", data: gatherArray(column.data, rows, column.data[0]!), validity };
    case "dynamic":
      return { type: "dynamic", data: gatherArray(column.data, rows, null) };
  }
}

function gatherInto<A extends Uint8Array | Int32Array | Float64Array>(target: A, source: A, rows: Int32Array): A {
  for (let i = 0; i < rows.length; i++) target[i] = source[rows[i]!] ?? 0;
  return target;
}

function gather64(source: BigInt64Array, rows: Int32Array): BigInt64Array {
  const target = new BigInt64Array(rows.length);
  const [from, to] = [wordsOf(source), wordsOf(target)];
  for (let i = 0; i < rows.length; i++) {
    const at = 2 * rows[i]!;
    to[2 * i] = from[at] ?? 0;
    to[2 * i + 1] = from[at + 1] ?? 0;
  }
  return target;
}

function gatherArray<T>(source: readonly T[], rows: Int32Array, missing: T): readonly T[] {
  const target = new Array<T>(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    target[i] = row < 0 ? missing : source[row]!;
  }
  return target;
}

function gatherStrings(
  source: Extract<Column, { type: "string" }>["data"],
  rows: Int32Array,
  outside: boolean,
): Extract<Column, { type: "string" }>["data"] {
  const codes = new Int32Array(rows.length);
  if (!outside) {
    for (let i = 0; i < rows.length; i++) codes[i] = source.codes[rows[i]!]!;
    return { codes, dictionary: source.dictionary };
  }
  const empty = source.dictionary.length;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    codes[i] = row < 0 ? empty : source.codes[row]!;
  }
  const { dictionary } = source;
  const text = (code: number) => (code === empty ? "" : dictionary.text(code));
  return { codes, dictionary: lateDictionary(empty + 1, () => [...dictionary.values, ""], text) };
}

function gatherValidity(column: Column, rows: Int32Array, outside: boolean): Uint8Array | undefined {
  const validity = column.validity;
  if (!validity && !outside) return undefined;
  const target = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    target[i] = row < 0 ? 0 : validity ? validity[row]! : 1;
  }
  return target;
}
