import { type Batch, batchOf, type TableSource } from "./batch.ts";
import type { Column, ColumnOf, StringDictionary } from "./column.ts";
import { concat } from "./concat.ts";

/**
 * All rows of `source` in memory, for many queries. Each column of strings has one dictionary for the whole table where
 * its texts repeat, so that queries group, join and compare by code.
 */
export async function keepTable(source: TableSource): Promise<TableSource> {
  const { schema } = source;
  const all = new Set(schema.keys());
  const shared = schema.map(({ type }) => (type === "string" ? new SharedDictionary() : undefined));
  const batches: Batch[] = [];
  for await (const batch of source.scan({ columns: all })) {
    if (batch.length === 0) continue;
    const columns = schema.map((_, index) => {
      const column = batch.column(index);
      return column.type === "string" && !column.constant
        ? (shared[index]?.taken(column, batch.length) ?? column)
        : column;
    });
    batches.push(batchOf(schema, columns, batch.length));
  }
  // In one batch: what a query derives from a whole column, it finds again the next time.
  const whole = concat(batches, schema);
  const rows = batchOf(
    schema,
    schema.map((_, index) => whole.column(index)),
    whole.length,
  );
  return {
    schema,
    scan: async function* () {
      yield rows;
    },
  };
}

/** A `Map` holds no more than 2^24. */
const mostTexts = 12_000_000;

class SharedDictionary {
  readonly #codes = new Map<string, number>();
  readonly #values: string[] = [];
  readonly #known = new WeakMap<StringDictionary, Int32Array>();
  readonly #dictionary: StringDictionary;
  constructor() {
    const values = this.#values;
    this.#dictionary = {
      get length() {
        return values.length;
      },
      values,
      codeOf: (text) => this.#codes.get(text) ?? -1,
    };
  }

  /** The column by codes of the one dictionary; undefined once that is full. */
  taken({ data }: ColumnOf<"string">, rows: number): Column | undefined {
    if (this.#values.length + data.dictionary.length > mostTexts) return undefined;
    const known = this.#codesOf(data.dictionary);
    const codes = new Int32Array(rows);
    for (let row = 0; row < rows; row++) codes[row] = known[data.codes[row]!]!;
    return { type: "string", data: { codes, dictionary: this.#dictionary } };
  }

  #codesOf(dictionary: StringDictionary): Int32Array {
    const before = this.#known.get(dictionary);
    if (before) return before;
    const { values } = dictionary;
    const codes = new Int32Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const text = values[i]!;
      let code = this.#codes.get(text);
      if (code === undefined) {
        code = this.#values.length;
        this.#values.push(text);
        this.#codes.set(text, code);
      }
      codes[i] = code;
    }
    this.#known.set(dictionary, codes);
    return codes;
  }
}
