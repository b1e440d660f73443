import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { placeOf, rowsFor, type Scanner, type Step, type Window } from "../fields.ts";
import { decodeUtf8, looseText } from "../text.ts";
import { ascii, cutOff, endReached, skipSpace, stringEnd, unexpected, valueEnd } from "./tokens.ts";

/** lines: an object per line (NDJSON). free: objects one after another, or one array of them, in any layout. */
export type Layout = "lines" | "free";

/** The slot of a property; undefined where nobody wants it. May throw at names that must not be. `place` tells where. */
export type SlotOf = (name: string, place: () => string) => number | undefined;

/**
 * Finds objects, and in them the values of the wanted properties. A string's field is what stands between its quotes;
 * null and a missing property are no field; of two properties with one name the last counts.
 */
export function jsonScanner(
  layout: Layout,
  slotOf: SlotOf,
  slotCount: () => number,
  rows = rowsFor(slotCount()),
): Scanner {
  let place: "start" | "sequence" | "first" | "item" | "comma" | "end" = layout === "lines" ? "sequence" : "start";
  // Records tend to have the same properties in the same order: the name at each position is compared with the last one.
  const names: Uint8Array[] = [];
  const slots: (number | undefined)[] = [];
  const seen = { escapes: false };
  /** A record has ended, its line not yet. */
  let inLine = false;
  /** Room for the rows of a window: about as many as the last one had. */
  let room = rows;

  return { scan };

  function scan(window: Window, from: number, startLine: number): Step {
    const { bytes } = window;
    const places = new Places(Math.max(1, Math.min(rows, room, (bytes.length - from + 1) >> 1)));
    places.reserve(slotCount());
    let next = from;
    let line = startLine;
    let feed = bytes.indexOf(ascii.lineFeed, from);
    const advance = (to: number) => {
      for (; feed >= 0 && feed < to; feed = bytes.indexOf(ascii.lineFeed, feed + 1)) line++;
      next = to;
    };
    let row = 0;
    for (;;) {
      const at = skipSpace(bytes, next);
      if (inLine && feed >= 0 && feed < at) inLine = false;
      if (at >= bytes.length) {
        if (window.final && place !== "start" && place !== "sequence" && place !== "end") {
          throw unexpected(window, bytes.length, place === "comma" ? "`,` or `]`" : "an object");
        }
        advance(at);
        return step(false);
      }
      if (inLine) throw unexpected(window, at, "the end of the line");
      if (place === "start") {
        place = bytes[at] === ascii.openBracket ? "first" : "sequence";
        if (place === "first") advance(at + 1);
        continue;
      }
      if (place === "end") throw unexpected(window, at, "the end of the data");
      if (place === "comma" || (place === "first" && bytes[at] === ascii.closeBracket)) {
        if (bytes[at] === ascii.closeBracket) place = "end";
        else if (bytes[at] === ascii.comma) place = "item";
        else throw unexpected(window, at, "`,` or `]`");
        advance(at + 1);
        continue;
      }
      if (row === places.capacity) return step(true);
      if (bytes[at] !== ascii.openBrace) {
        const found = looseText(bytes.subarray(at, at + 16)).split("\n")[0]!;
        const shown = /^[[\]"]/.test(found) ? found.charAt(0) : found;
        throw new KqlError(problem.notARecord(placeOf(window, at), shown, layout === "lines"));
      }
      advance(at);
      const end = record(window, at, places, row);
      if (layout === "lines" && feed >= 0 && (end === cutOff || feed < end)) {
        throw new KqlError(problem.recordAcrossLines(placeOf(window, at)));
      }
      if (end === cutOff) return step(false);
      places.lines[row++] = line;
      advance(end);
      inLine = layout === "lines";
      if (place !== "sequence") place = "comma";
    }

    function step(full: boolean): Step {
      room = Math.max(1024, 2 * row);
      return { rows: row, starts: places.starts, ends: places.ends, lines: places.lines, next, line, full };
    }
  }

  function record(window: Window, start: number, places: Places, row: number): number {
    const { bytes } = window;
    places.clear(row);
    let at = skipSpace(bytes, start + 1);
    if (bytes[at] === ascii.closeBrace) return at + 1;
    for (let position = 0; ; position++) {
      if (at >= bytes.length) return endReached(window, "a property name");
      if (bytes[at] !== ascii.quote) throw unexpected(window, at, "a property name");
      const nameStart = at;
      at = stringEnd(window, at, seen);
      if (at === cutOff) return cutOff;
      const slot = slotAt(window, position, nameStart + 1, at - 1);
      at = skipSpace(bytes, at);
      if (at >= bytes.length) return endReached(window, "`:`");
      if (bytes[at] !== ascii.colon) throw unexpected(window, at, "`:`");
      const valueStart = skipSpace(bytes, at + 1);
      at = valueEnd(window, valueStart, seen);
      if (at === cutOff) return cutOff;
      if (slot !== undefined) places.set(slot, row, bytes, valueStart, at, seen.escapes);
      at = skipSpace(bytes, at);
      if (at >= bytes.length) return endReached(window, "`,` or `}`");
      if (bytes[at] === ascii.closeBrace) return at + 1;
      if (bytes[at] !== ascii.comma) throw unexpected(window, at, "`,` or `}`");
      at = skipSpace(bytes, at + 1);
    }
  }

  function slotAt(window: Window, position: number, start: number, end: number): number | undefined {
    const { bytes } = window;
    const known = names[position];
    if (known && known.length === end - start) {
      let i = 0;
      while (i < known.length && known[i] === bytes[start + i]) i++;
      if (i === known.length) return slots[position];
    }
    const name = decodeUtf8(bytes.subarray(start, end));
    if (name === undefined) throw new KqlError(problem.invalidUtf8(placeOf(window, start)));
    // The string was checked when its end was found.
    const slot = slotOf(seen.escapes ? (JSON.parse(`"${name}"`) as string) : name, () => placeOf(window, start - 1));
    if (position < 4096) {
      names[position] = new Uint8Array(bytes.subarray(start, end));
      slots[position] = slot;
    }
    return slot;
  }
}

/** Where the fields of a batch stand. */
class Places {
  readonly capacity: number;
  readonly starts: Int32Array[] = [];
  readonly ends: Int32Array[] = [];
  readonly lines: Int32Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.lines = new Int32Array(capacity);
  }

  /** A new property may turn up at any row when all of them are wanted. */
  reserve(slots: number): void {
    while (this.starts.length < slots) {
      this.starts.push(new Int32Array(this.capacity).fill(-1));
      this.ends.push(new Int32Array(this.capacity));
    }
  }

  /** Forgets what a cut-off record left. */
  clear(row: number): void {
    for (const starts of this.starts) starts[row] = -1;
  }

  set(slot: number, row: number, bytes: Uint8Array, start: number, end: number, escapes: boolean): void {
    if (slot >= this.starts.length) this.reserve(slot + 1);
    const starts = this.starts[slot]!;
    const ends = this.ends[slot]!;
    if (bytes[start] === ascii.quote) {
      starts[row] = start + 1;
      ends[row] = escapes ? ~(end - 1) : end - 1;
    } else {
      starts[row] = bytes[start] === 110 ? -1 : start;
      ends[row] = end;
    }
  }
}
