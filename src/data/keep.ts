import { type Batch, batchOf, lazyBatch, type TableSource } from "./batch.ts";
import type { Column, ColumnOf, StringDictionary } from "./column.ts";
import { concat } from "./concat.ts";
import { TextArena } from "./text-arena.ts";
import type { ScalarType, Schema } from "./types.ts";

/**
 * All rows of `source` in memory, for many queries. Each column of strings has one dictionary for the whole table where
 * its texts repeat, so that queries group, join and compare by code.
 */
export async function keepTable(source: TableSource): Promise<TableSource> {
  const { schema } = source;
  const shared = schema.map(({ type }) => (type === "string" ? new SharedDictionary() : undefined));
  const parts: Batch[] = [];
  const lateParts: Batch[] = [];
  for await (const batch of source.scan({ columns: new Set(schema.keys()) })) {
    if (batch.length === 0) continue;
    parts.push(readyPart(batch, shared));
    lateParts.push(latePart(batch));
  }
  return tableOf(schema, readyColumns(parts, schema), concat(lateParts, schema));
}

// Each a function of its own, since closures that are made together hold on to all that any of them needs.

/** The columns that are made at once, by codes of the shared dictionaries. */
function readyPart(batch: Batch, shared: readonly (SharedDictionary | undefined)[]): Batch {
  const columns: Column[] = [];
  for (const [index, { type }] of batch.schema.entries()) {
    if (isLate(type)) continue;
    const column = batch.column(index);
    const taken = column.type === "string" && !column.constant && shared[index]?.taken(column, batch.length);
    columns[index] = taken || column;
  }
  return batchOf(batch.schema, columns, batch.length);
}

/** Values in bags are objects, which every collection of garbage looks at: they stay texts until somebody asks. */
function isLate(type: ScalarType): boolean {
  return type === "dynamic";
}

function latePart(batch: Batch): Batch {
  const makers: (() => Column)[] = [];
  for (const [index, { type }] of batch.schema.entries()) if (isLate(type)) makers[index] = makerOf(batch, index);
  return lateBatch(batch.schema, batch.length, makers);
}

function lateBatch(schema: Schema, length: number, makers: readonly (() => Column)[]): Batch {
  return lazyBatch(schema, length, (index) => makers[index]!());
}

function makerOf(batch: Batch, index: number): () => Column {
  return batch.maker?.(index) ?? constantly(batch.column(index));
}

function constantly(column: Column): () => Column {
  return () => column;
}

function readyColumns(parts: readonly Batch[], schema: Schema): readonly Column[] {
  const whole = concat(parts, schema);
  const columns: Column[] = [];
  for (const [index, { type }] of schema.entries()) if (!isLate(type)) columns[index] = whole.column(index);
  return columns;
}

/** In one batch: what a query derives from a whole column, it finds again the next time. */
function tableOf(schema: Schema, ready: readonly Column[], late: Batch): TableSource {
  const rows = lazyBatch(schema, late.length, (index) => ready[index] ?? late.column(index));
  return {
    schema,
    scan: async function* () {
      yield rows;
    },
  };
}

/** With more texts than these they become bytes. */
const mostStrings = 50_000;

class SharedDictionary {
  /** While texts are few. */
  #codes: Map<string, number> | undefined = new Map();
  #values: string[] = [];
  readonly #arena = new TextArena();
  readonly #known = new WeakMap<StringDictionary, Int32Array>();
  readonly #dictionary: StringDictionary;

  constructor() {
    const length = () => (this.#codes ? this.#values.length : this.#arena.length);
    const values = () => (this.#codes ? this.#values : this.#arena.values);
    this.#dictionary = {
      get length() {
        return length();
      },
      get values() {
        return values();
      },
      text: (code) => (this.#codes ? this.#values[code]! : this.#arena.text(code)),
      codeOf: (text) => (this.#codes ? (this.#codes.get(text) ?? -1) : this.#arena.codeOf(text)),
    };
  }

  /** The column by codes of the one dictionary; undefined once that is full. */
  taken({ data }: ColumnOf<"string">, rows: number): Column | undefined {
    const known = this.#codesOf(data.dictionary);
    if (!known) return undefined;
    const codes = new Int32Array(rows);
    for (let row = 0; row < rows; row++) codes[row] = known[data.codes[row]!]!;
    return { type: "string", data: { codes, dictionary: this.#dictionary } };
  }

  #codesOf(dictionary: StringDictionary): Int32Array | undefined {
    const before = this.#known.get(dictionary);
    if (before) return before;
    const { values } = dictionary;
    const codes = new Int32Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const code = this.#codeOf(values[i]!);
      if (code < 0) return undefined;
      codes[i] = code;
    }
    this.#known.set(dictionary, codes);
    return codes;
  }

  #codeOf(text: string): number {
    if (!this.#codes) return this.#arena.add(text);
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    if (this.#values.length < mostStrings) {
      this.#codes.set(text, this.#values.length);
      return this.#values.push(text) - 1;
    }
    // One by one the texts get the codes that they had.
    for (const value of this.#values) this.#arena.add(value);
    this.#codes = undefined;
    this.#values = [];
    return this.#arena.add(text);
  }
}
