import type { ColumnOf, StringDictionary } from "../data/column.ts";
import { textReader } from "../data/dictionary.ts";

type Strings = ColumnOf<"string">["data"];

const unknown = -2;

/**
 * Numbers the distinct texts of batches: 0, 1, 2 … in the order in which they first come. Each code of a dictionary is
 * looked up once. Where the first dictionary knows its texts by code, as one of a kept table does, its texts are told
 * apart by code alone, and those of other dictionaries by the code that they have in it.
 */
export class TextIds {
  readonly #others = new Map<string, number>();
  readonly #added = new WeakMap<StringDictionary, Int32Array>();
  readonly #found = new WeakMap<StringDictionary, Int32Array>();
  #first: StringDictionary | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Writes the number of each text; the strings are not constant. */
  add({ codes, dictionary }: Strings, rows: number, ids: Int32Array): void {
    if (this.#size === 0 && dictionary.codeOf) this.#first = dictionary;
    const known = idsByCode(this.#added, dictionary);
    let text: ((code: number) => string) | undefined;
    for (let i = 0; i < rows; i++) {
      const code = codes[i]!;
      let id = known[code]!;
      if (id === unknown) {
        if (dictionary === this.#first) id = this.#size++;
        else {
          text ??= textReader(dictionary, rows);
          id = this.#idOf(text(code));
        }
        known[code] = id;
      }
      ids[i] = id;
    }
  }

  /** As `add`, but a text that was not added has -1. Nothing may be added after the first `find`. */
  find({ codes, dictionary }: Strings, rows: number, ids: Int32Array): void {
    const known = idsByCode(this.#found, dictionary);
    let text: ((code: number) => string) | undefined;
    for (let i = 0; i < rows; i++) {
      const code = codes[i]!;
      let id = known[code]!;
      if (id === unknown) {
        text ??= textReader(dictionary, rows);
        id = this.#idIfKnown(text(code));
        known[code] = id;
      }
      ids[i] = id;
    }
  }

  #idOf(text: string): number {
    const before = this.#idIfKnown(text);
    if (before >= 0) return before;
    const id = this.#size++;
    const code = this.#first?.codeOf?.(text) ?? -1;
    if (this.#first && code >= 0) idsByCode(this.#added, this.#first)[code] = id;
    else this.#others.set(text, id);
    return id;
  }

  #idIfKnown(text: string): number {
    const code = this.#first?.codeOf?.(text) ?? -1;
    if (!this.#first || code < 0) return this.#others.get(text) ?? -1;
    return Math.max(-1, idsByCode(this.#added, this.#first)[code]!);
  }
}

function idsByCode(known: WeakMap<StringDictionary, Int32Array>, dictionary: StringDictionary): Int32Array {
  let ids = known.get(dictionary);
  if (!ids) {
    ids = new Int32Array(dictionary.length).fill(unknown);
    known.set(dictionary, ids);
  }
  return ids;
}
