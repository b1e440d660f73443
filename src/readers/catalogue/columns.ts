import type { ScalarType } from "../../data/types.ts";

/** Names of columns by their type, separated by white space. */
export type ColumnWords = { readonly [T in ScalarType]?: string };

/** Columns in many tables, written once. */
export function together(...parts: readonly ColumnWords[]): ColumnWords {
  const words: { [T in ScalarType]?: string } = {};
  for (const part of parts) {
    for (const type of Object.keys(part) as ScalarType[]) words[type] = `${words[type] ?? ""} ${part[type]}`; // its keys
  }
  return words;
}

/** `prefixed("File", { string: "Name" })` is `{ string: "FileName" }`. */
export function prefixed(prefix: string, columns: ColumnWords): ColumnWords {
  const words: { [T in ScalarType]?: string } = {};
  // The keys of `ColumnWords` are types.
  for (const type of Object.keys(columns) as ScalarType[]) {
    words[type] = namesIn(columns[type])
      .map((name) => prefix + name)
      .join(" ");
  }
  return words;
}

export function namesIn(words = ""): readonly string[] {
  return words.split(/\s+/).filter((name) => name !== "");
}
