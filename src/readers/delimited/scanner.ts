import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { placeOf, rowsFor, type Scanner, type Step, type Window } from "../fields.ts";

/*
 * Why not a CSV library: one makes a string of every field, and most of them nobody looks at. This scanner finds the
 * places of the fields that a query wants, in the bytes; columns are converted from there when somebody looks at them.
 * A library costs several times as much for a narrow query over a wide file. test/readers/delimited/agreement.test.ts
 * holds the scanner against csv-parse.
 */

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;

export interface Dialect {
  /** The byte between fields; -1 for lines that are one field. */
  readonly delimiter: number;
  /** Fields may stand in quotes, and then hold delimiters and line breaks. */
  readonly quotes: boolean;
}

export const dialects = {
  csv: { delimiter: 44, quotes: true },
  tsv: { delimiter: 9, quotes: true },
  psv: { delimiter: 124, quotes: true },
  scsv: { delimiter: 59, quotes: true },
  sohsv: { delimiter: 1, quotes: true },
  txt: { delimiter: -1, quotes: false },
} as const satisfies Record<string, Dialect>;

export interface ScanOptions {
  /** By ordinal of a field: its slot, or -1. Fields beyond are not wanted. */
  readonly slots: Int32Array;
  readonly slotCount: number;
  /** How many fields a record has: others are an error. Undefined: missing fields are empty, others are left out. */
  readonly width: number | undefined;
  readonly rows?: number;
}

export interface DelimitedScanner extends Scanner {
  /** Fields of the last record. */
  readonly fields: number;
}

/**
 * RFC 4180, by bytes. A quote inside a field that does not start with one is a character like any other, as in Kusto.
 * A blank line is no record; where the width is known it must not stand between records.
 */
export function delimitedScanner(dialect: Dialect, options: ScanOptions): DelimitedScanner {
  const { delimiter } = dialect;
  const opening = dialect.quotes ? quote : -1;
  const { slots, slotCount, width, rows: most = rowsFor(options.slotCount) } = options;
  const found: Quoted = { end: 0, feeds: 0 };
  let blankLine: number | undefined;
  let fields = 0;

  return {
    get fields() {
      return fields;
    },
    scan,
  };

  function scan(window: Window, from: number, startLine: number): Step {
    const { bytes, final } = window;
    const length = bytes.length;
    const known = slots.length;
    const capacity = Math.max(1, Math.min(most, length - from + 1));
    const starts = Array.from({ length: slotCount }, () => new Int32Array(capacity).fill(-1));
    const ends = Array.from({ length: slotCount }, () => new Int32Array(capacity));
    const lines = new Int32Array(capacity);
    let row = 0;
    let next = from;
    let line = startLine;

    record: while (next < length && row < capacity) {
      let at = next;
      let field = 0;
      let blank = false;
      found.feeds = 0;
      for (let more = true; more; field++) {
        let start = at;
        let end: number;
        if (bytes[at] === opening) {
          at = quotedEnd(window, at, delimiter, found);
          if (at < 0) break record;
          start++;
          end = found.end;
        } else {
          at = plainEnd(bytes, at, length, delimiter);
          end = at;
          if (end > start && bytes[end - 1] === carriageReturn && bytes[at] !== delimiter) end--;
          blank = field === 0 && end === start && bytes[at] !== delimiter;
        }
        if (at === length && !final) break record;
        const slot = field < known ? slots[field]! : -1;
        if (slot >= 0) {
          starts[slot]![row] = start;
          ends[slot]![row] = end;
        }
        more = at < length && bytes[at] !== lineFeed;
        if (at < length) at++;
      }
      if (blank && width !== 1) {
        // A file may end in blank lines.
        blankLine ??= line;
        if (slotCount > 0 && slots[0]! >= 0) starts[slots[0]!]![row] = -1;
      } else {
        checkWidth(window, line, field);
        fields = field;
        lines[row] = line;
        row++;
      }
      next = at;
      line += found.feeds + 1;
    }
    return { rows: row, starts, ends, lines, next, line, full: row === capacity && next < length };
  }

  function checkWidth(window: Window, line: number, count: number): void {
    if (width === undefined) return;
    if (blankLine !== undefined) throw new KqlError(problem.blankLine(`${window.name}:${blankLine}`, width));
    if (count !== width) throw new KqlError(problem.fieldCount(`${window.name}:${line}`, width, count));
  }
}

/** Where the field that starts at `at` ends: at a delimiter, at a line feed, or with the bytes. */
function plainEnd(bytes: Uint8Array, at: number, length: number, delimiter: number): number {
  let next = at;
  while (next < length) {
    const byte = bytes[next]!;
    if (byte === delimiter || byte === lineFeed) break;
    next++;
  }
  return next;
}

interface Quoted {
  /** Where the text between the quotes ends; the complement of that where it holds doubled quotes. */
  end: number;
  /** Line feeds within quotes, in the record so far. */
  feeds: number;
}

/** The offset of what ends the field whose quote opens at `open`; -1 when the window ends before that is known. */
function quotedEnd(window: Window, open: number, delimiter: number, found: Quoted): number {
  const { bytes, final } = window;
  const length = bytes.length;
  let at = open + 1;
  let escaped = false;
  for (;;) {
    while (at < length && bytes[at] !== quote) if (bytes[at++] === lineFeed) found.feeds++;
    // The byte behind a quote decides what the quote means.
    if (at + 1 >= length && !final) return -1;
    if (at >= length) throw new KqlError(problem.unclosedQuote(placeOf(window, open)));
    if (bytes[at + 1] !== quote) break;
    escaped = true;
    at += 2;
  }
  found.end = escaped ? ~at : at;
  at++;
  if (bytes[at] === carriageReturn) {
    if (at + 1 >= length && !final) return -1;
    if (at + 1 >= length || bytes[at + 1] === lineFeed) at++;
  }
  if (at < length && bytes[at] !== delimiter && bytes[at] !== lineFeed) {
    throw new KqlError(problem.textAfterQuote(placeOf(window, at)));
  }
  return at;
}
