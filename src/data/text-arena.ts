import type { TextPlaces } from "./column.ts";

/*
 * A table in memory may hold tens of millions of strings, and every large collection of garbage looks at each of them.
 * Bytes it passes over.
 */

// What the compiler's own libraries do not know.
declare const TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string };

const ascii = new TextDecoder("utf-8");

/** Bytes, and texts, beyond which it takes no more. */
const mostBytes = 2 ** 31 - 1;
const mostTexts = 2 ** 26;
/** About how many bytes are decoded together. */
const runBytes = 32 * 1024;

/** Steps through the table per text, beyond which the texts are chosen to collide. */
const patience = 16;
const firstSteps = 1 << 20;

/** Distinct texts, numbered as they come, as bytes. A text that is not ASCII stays a string: few are. */
export class TextArena {
  length = 0;
  #bytes = new Uint8Array(1 << 16);
  /** By code: where its text ends, which is where the next one starts. */
  #ends = new Uint32Array(1 << 12);
  /** Codes by hash, each with its hash behind it; open addressing, -1 is free. */
  #table = new Int32Array(1 << 14).fill(-1);
  #steps = 0;
  /** What `fetch` saw last: a result, so that no compiler leaves the looking out. */
  fetched = 0;
  readonly #others = new Map<number, string>();
  readonly #codeOfOther = new Map<string, number>();
  #decoded: WeakRef<readonly string[]> | undefined;

  /** The code of the text, which is taken in if it is new; -1 when there is no room. */
  add(text: string): number {
    const hash = hashOf(text);
    if (hash === undefined) {
      const known = this.#codeOfOther.get(text);
      if (known !== undefined) return known;
      if (!this.#hasRoom(0)) return -1;
      const code = this.#take("");
      this.#others.set(code, text);
      this.#codeOfOther.set(text, code);
      return code;
    }
    const place = this.#placeOf(text, hash);
    const found = this.#table[place]!;
    if (found >= 0) return found;
    if (!this.#hasRoom(text.length)) return -1;
    const code = this.#take(text);
    this.#put(place, code, hash);
    return code;
  }

  /** The same for a text of ASCII that stands in bytes. */
  addBytes(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOfBytes(bytes, start, end);
    const place = this.#placeOfBytes(bytes, start, end, hash);
    const found = this.#table[place]!;
    if (found >= 0) return found;
    if (!this.#hasRoom(end - start)) return -1;
    const code = this.length++;
    const first = this.#reserve(code, end - start);
    this.#bytes.set(bytes.subarray(start, end), first);
    this.#ends[code] = first + end - start;
    this.#put(place, code, hash);
    return code;
  }

  /**
   * Looks at the memory that `addBytes` will need for these texts. One by one each would wait for memory several times; in
   * loops as short as these the processor waits for many at once.
   */
  fetch({ bytes, starts, ends }: TextPlaces, codes: Int32Array): void {
    const table = this.#table;
    const mask = table.length - 1;
    const found = new Int32Array(codes.length);
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!;
      found[i] = (hashOfBytes(bytes, starts[code]!, ends[code]!) << 1) & mask;
    }
    for (let i = 0; i < found.length; i++) found[i] = table[found[i]!]!;
    for (let i = 0; i < found.length; i++) found[i] = found[i]! < 0 ? -1 : this.#start(found[i]!);
    let seen = 0;
    for (let i = 0; i < found.length; i++) if (found[i]! >= 0) seen += this.#bytes[found[i]!] ?? 0;
    this.fetched = seen;
  }

  /** The code of the text; -1 when it is not there. */
  codeOf(text: string): number {
    const hash = hashOf(text);
    return hash === undefined ? (this.#codeOfOther.get(text) ?? -1) : this.#table[this.#placeOf(text, hash)]!;
  }

  text(code: number): string {
    return this.#others.get(code) ?? ascii.decode(this.#bytes.subarray(this.#start(code), this.#ends[code]));
  }

  /** All texts. They are made again when nobody has held them for a while. */
  get values(): readonly string[] {
    const before = this.#decoded?.deref();
    if (before?.length === this.length) return before;
    const values = new Array<string>(this.length);
    for (let first = 0; first < this.length; ) {
      const start = this.#start(first);
      let last = first + 1;
      while (last < this.length && this.#ends[last]! - start <= runBytes) last++;
      const run = ascii.decode(this.#bytes.subarray(start, this.#ends[last - 1]));
      for (let code = first; code < last; code++) {
        values[code] = run.substring(this.#start(code) - start, this.#ends[code]! - start);
      }
      first = last;
    }
    for (const [code, text] of this.#others) values[code] = text;
    this.#decoded = new WeakRef(values);
    return values;
  }

  #start(code: number): number {
    return code === 0 ? 0 : this.#ends[code - 1]!;
  }

  #hasRoom(bytes: number): boolean {
    return (
      this.length < mostTexts &&
      this.#start(this.length) + bytes <= mostBytes &&
      this.#steps <= patience * this.length + firstSteps
    );
  }

  /** Puts a text behind all others. */
  #take(text: string): number {
    const code = this.length++;
    const start = this.#reserve(code, text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[start + i] = text.charCodeAt(i);
    this.#ends[code] = start + text.length;
    return code;
  }

  /** Makes room for a text behind all others, and gives where it starts. */
  #reserve(code: number, length: number): number {
    const start = this.#start(code);
    const end = start + length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(mostBytes, Math.max(end, 2 * this.#bytes.length)));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    if (code === this.#ends.length) {
      const ends = new Uint32Array(2 * code);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    return start;
  }

  #put(place: number, code: number, hash: number): void {
    this.#table[place] = code;
    this.#table[place + 1] = hash;
    if (this.length * 4 > this.#table.length) this.#widen();
  }

  /** Where the code of the text stands in the table, or where it belongs. */
  #placeOf(text: string, hash: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    let place = (hash << 1) & mask;
    for (let code = table[place]!; code >= 0; code = table[place]!) {
      if (table[place + 1] === hash && this.#isAt(code, text)) return place;
      this.#steps++;
      place = (place + 2) & mask;
    }
    return place;
  }

  #placeOfBytes(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    let place = (hash << 1) & mask;
    for (let code = table[place]!; code >= 0; code = table[place]!) {
      if (table[place + 1] === hash && this.#holds(code, bytes, start, end)) return place;
      this.#steps++;
      place = (place + 2) & mask;
    }
    return place;
  }

  #holds(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const first = this.#start(code);
    if (this.#ends[code]! - first !== end - start) return false;
    const own = this.#bytes;
    for (let i = 0; i < end - start; i++) if (own[first + i] !== bytes[start + i]) return false;
    return true;
  }

  #isAt(code: number, text: string): boolean {
    const start = this.#start(code);
    if (this.#ends[code]! - start !== text.length) return false;
    const bytes = this.#bytes;
    for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  #widen(): void {
    const before = this.#table;
    const table = new Int32Array(2 * before.length).fill(-1);
    const mask = table.length - 1;
    for (let at = 0; at < before.length; at += 2) {
      if (before[at]! < 0) continue;
      const hash = before[at + 1]!;
      let place = (hash << 1) & mask;
      while (table[place]! >= 0) place = (place + 2) & mask;
      table[place] = before[at]!;
      table[place + 1] = hash;
    }
    this.#table = table;
  }
}

/** Undefined for a text that is not ASCII. */
function hashOf(text: string): number | undefined {
  let hash = text.length;
  let all = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    all |= unit;
    hash = Math.imul(hash ^ unit, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return all > 127 ? undefined : hash ^ (hash >>> 13);
}

/** As `hashOf` has it. */
function hashOfBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
