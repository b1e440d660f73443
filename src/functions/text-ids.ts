import type { ColumnOf, StringDictionary, TextPlaces } from "../data/column.ts";
import { textReader } from "../data/dictionary.ts";
import { TextArena } from "../data/text-arena.ts";

type Strings = ColumnOf<"string">["data"];

const unknown = -2;
const pending = -3;
/** Texts that are looked up together: what they need fits into a cache. */
const together = 2048;

/**
 * Numbers the distinct texts of batches: 0, 1, 2 … in the order in which they first come. Each code of a dictionary is
 * looked up once. Where the first dictionary knows its texts by code, as one of a kept table does, its texts are told
 * apart by code alone, and those of other dictionaries by the code that they have in it.
 */
export class TextIds {
  readonly #others = new OtherTexts();
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
    const places = this.#first ? undefined : dictionary.places?.();
    if (places) this.#addPlaces(places, codes, rows, known);
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

  /** Numbers the texts that are new to `known`, as far as there is room for their bytes. */
  #addPlaces(places: TextPlaces, codes: Int32Array, rows: number, known: Int32Array): void {
    const fresh = new Int32Array(Math.min(rows, known.length));
    let count = 0;
    for (let i = 0; i < rows; i++) {
      const code = codes[i]!;
      if (known[code] !== unknown) continue;
      known[code] = pending;
      fresh[count++] = code;
    }
    for (let first = 0; first < count; first += together) {
      const some = fresh.subarray(first, Math.min(count, first + together));
      this.#others.fetch(places, some);
      for (const code of some) {
        const number = this.#others.addBytes(places, code, this.#size);
        known[code] = number ?? unknown;
        if (number === this.#size) this.#size++;
      }
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
    const first = this.#first;
    const code = first?.codeOf?.(text) ?? -1;
    if (!first || code < 0) {
      const id = this.#others.add(text, this.#size);
      if (id === this.#size) this.#size++;
      return id;
    }
    const ids = idsByCode(this.#added, first);
    if (ids[code]! < 0) ids[code] = this.#size++;
    return ids[code]!;
  }

  #idIfKnown(text: string): number {
    const code = this.#first?.codeOf?.(text) ?? -1;
    if (!this.#first || code < 0) return this.#others.find(text);
    return Math.max(-1, idsByCode(this.#added, this.#first)[code]!);
  }
}

/** With more texts than these they become bytes: a map of millions of strings is slow, and each holds on to its neighbours. */
const mostStrings = 50_000;

/** Numbers of texts that no dictionary knows by code. */
class OtherTexts {
  readonly #numbers = new Map<string, number>();
  #arena: TextArena | undefined;
  /** By code of the arena. */
  #numberOfCode = new Int32Array(0);
  /** Codes that have a number. */
  #count = 0;

  /** The number of the text, which is `next` when it is new. */
  add(text: string, next: number): number {
    if (!this.#arena && this.#numbers.size >= mostStrings) this.#arena = this.#toArena();
    const number = this.#arena && this.#numbered(this.#arena.add(text), next);
    if (number !== undefined) return number;
    const before = this.#numbers.get(text);
    if (before !== undefined) return before;
    this.#numbers.set(text, next);
    return next;
  }

  /** What comes next goes faster for these texts. */
  fetch(places: TextPlaces, codes: Int32Array): void {
    this.#arena?.fetch(places, codes);
  }

  /** The same for a text that stands in bytes; undefined where it has to be a string. */
  addBytes({ bytes, starts, ends }: TextPlaces, code: number, next: number): number | undefined {
    this.#arena ??= this.#toArena();
    return this.#numbered(this.#arena.addBytes(bytes, starts[code]!, ends[code]!), next);
  }

  /** -1 for one that was not added. */
  find(text: string): number {
    const code = this.#arena?.codeOf(text) ?? -1;
    return code >= 0 ? this.#numberOfCode[code]! : (this.#numbers.get(text) ?? -1);
  }

  #toArena(): TextArena {
    const arena = new TextArena();
    for (const [text, number] of this.#numbers) {
      if (this.#numbered(arena.add(text), number) !== undefined) this.#numbers.delete(text);
    }
    return arena;
  }

  /** The number of what was just added; undefined when the arena was full. */
  #numbered(code: number, next: number): number | undefined {
    if (code < 0) return undefined;
    if (code < this.#count) return this.#numberOfCode[code]!;
    this.#count = code + 1;
    if (code >= this.#numberOfCode.length) {
      const larger = new Int32Array(Math.max(2 * mostStrings, 2 * code));
      larger.set(this.#numberOfCode);
      this.#numberOfCode = larger;
    }
    this.#numberOfCode[code] = next;
    return next;
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
