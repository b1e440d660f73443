import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { batchRows, placeOf, type Scanner, type Step, type Window } from "../fields.ts";

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

/**
 * RFC 4180, by bytes. A quote inside a field that does not start with one is a character like any other, as in Kusto.
 * Why not a CSV library: it makes a string of every field, and most of them nobody looks at.
 */
export function delimitedScanner(dialect: Dialect, options: ScanOptions): Scanner & { fields: number } {
  const { delimiter, quotes } = dialect;
  const { slots, slotCount, width, rows: most = batchRows } = options;
  let blankLine: number | undefined;

  const scanner = {
    /** Fields of the last record. */
    fields: 0,
    scan(window: Window, from: number, startLine: number): Step {
      const { bytes, final } = window;
      const length = bytes.length;
      const capacity = Math.max(1, Math.min(most, length - from + 1));
      const starts = Array.from({ length: slotCount }, () => new Int32Array(capacity).fill(-1));
      const ends = Array.from({ length: slotCount }, () => new Int32Array(capacity));
      const lines = new Int32Array(capacity);
      let row = 0;
      let next = from;
      let line = startLine;

      record: while (next < length && row < capacity) {
        let at = next;
        let recordLines = 0;
        let field = 0;
        let more = true;
        let blank = false;
        while (more) {
          let start = at;
          let end: number;
          if (quotes && bytes[at] === quote) {
            start++;
            at++;
            let escaped = false;
            for (;;) {
              while (at < length && bytes[at] !== quote) if (bytes[at++] === lineFeed) recordLines++;
              // The byte behind a quote decides what the quote means.
              if (at + 1 >= length && !final) break record;
              if (at >= length) throw new KqlError(problem.unclosedQuote(placeOf(window, start - 1)));
              if (bytes[at + 1] !== quote) break;
              escaped = true;
              at += 2;
            }
            end = escaped ? ~at : at;
            at++;
            if (bytes[at] === carriageReturn) {
              if (at + 1 >= length && !final) break record;
              if (at + 1 >= length || bytes[at + 1] === lineFeed) at++;
            }
            if (at < length && bytes[at] !== delimiter && bytes[at] !== lineFeed) {
              throw new KqlError(problem.textAfterQuote(placeOf(window, at)));
            }
          } else {
            while (at < length) {
              const byte = bytes[at]!;
              if (byte === delimiter || byte === lineFeed) break;
              at++;
            }
            end = at;
            const ended = at === length || bytes[at] === lineFeed;
            if (ended && end > start && bytes[end - 1] === carriageReturn) end--;
            blank = ended && field === 0 && end === start;
          }
          if (at >= length && !final) break record;
          const slot = field < slots.length ? slots[field]! : -1;
          if (slot >= 0) {
            starts[slot]![row] = start;
            ends[slot]![row] = end;
          }
          field++;
          more = at < length && bytes[at] !== lineFeed;
          if (at < length) at++;
        }
        if (blank && width !== 1) {
          // A file may end in blank lines; between records they are records of the wrong width, or none at all.
          blankLine ??= line;
          if (slotCount > 0 && slots[0]! >= 0) starts[slots[0]!]![row] = -1;
        } else {
          if (width !== undefined && field !== width) {
            throw new KqlError(problem.fieldCount(`${window.name}:${line}`, width, field));
          }
          if (width !== undefined && blankLine !== undefined) {
            throw new KqlError(problem.blankLine(`${window.name}:${blankLine}`, width));
          }
          scanner.fields = field;
          lines[row] = line;
          row++;
        }
        next = at;
        line += recordLines + 1;
      }
      return { rows: row, starts, ends, lines, next, line, full: row === capacity && next < length };
    },
  };
  return scanner;
}
