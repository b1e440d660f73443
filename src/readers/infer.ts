import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { secondsAt, wholeAt } from "./byte-cells.ts";
import type { ColumnReason } from "./columns.ts";
import { type Dialect, delimitedScanner } from "./delimited/scanner.ts";
import { delimitedSpelling } from "./delimited/spelling.ts";
import { firstRecord, headerNames } from "./delimited/table.ts";
import { bare, type Fields, fieldsOf, mostColumns, rowsFor, type TextInput, textInput } from "./fields.ts";
import { Guess, kinds, kindsOfNumber, kindsOfString, kindsOfText } from "./guess.ts";
import type { Input } from "./input.ts";
import { jsonScanner, type Layout } from "./json/scanner.ts";
import { jsonSpelling, quoted } from "./json/spelling.ts";
import { ascii } from "./json/tokens.ts";
import { textOf } from "./texts.ts";

export interface Inferred {
  /** In the order of the file. Those whose type is known before have no `source` of their own: only their names count. */
  readonly columns: readonly ColumnReason[];
  readonly rows: number;
  /** All rows were looked at. */
  readonly complete: boolean;
}

export interface InferOptions {
  /** Columns whose values need no look. */
  readonly known: ReadonlySet<string>;
  /** How many rows to look at; the last batch is finished. */
  readonly rows: number;
}

/** The columns of delimited files, by their headers, or `Column1`, `Column2`… without. Later files may add columns. */
export async function inferDelimited(
  files: readonly Input[],
  dialect: Dialect,
  header: "present" | "absent",
  options: InferOptions,
): Promise<Inferred> {
  const guesses = new Guesses(options.known);
  for (const file of files) {
    const opened = await textInput(file);
    const first = await firstRecord(opened, dialect);
    if (!first) {
      if (header === "present") throw new KqlError(problem.emptyFile(file.name));
      continue;
    }
    const { names, place } = first;
    const columns = header === "present" ? headerNames(first) : names.map((_, index) => `Column${index + 1}`);
    const found = columns.map((name) => guesses.of(name, () => place));
    const slots = new Int32Array(columns.length).fill(-1);
    const wanted = found.filter((guess): guess is Guess => guess !== undefined);
    let slot = 0;
    for (const [ordinal, guess] of found.entries()) if (guess) slots[ordinal] = slot++;
    if (wanted.length === 0 || guesses.rows >= options.rows) continue;
    const scanner = delimitedScanner(dialect, { slots, slotCount: slot, width: columns.length });
    const rest: TextInput = header === "present" ? { input: opened.input, start: first.next } : opened;
    const line = header === "present" ? first.line : 1;
    for await (const fields of fieldsOf(rest, scanner, line)) {
      for (const [index, guess] of wanted.entries())
        lookAt(fields, index, guess, kindsInText, delimitedSpelling.unescape);
      guesses.rows += fields.rows;
      if (guesses.rows >= options.rows) break;
    }
  }
  return guesses.result(options.rows);
}

/** The properties of JSON records, in the order in which they turn up. */
export async function inferJson(files: readonly Input[], layout: Layout, options: InferOptions): Promise<Inferred> {
  const guesses = new Guesses(options.known);
  const wanted: Guess[] = [];
  const slotOfName = new Map<string, number | undefined>();
  const slotOf = (name: string, place: () => string) => {
    if (slotOfName.has(name)) return slotOfName.get(name);
    const guess = guesses.of(name, place);
    const slot = guess ? wanted.push(guess) - 1 : undefined;
    slotOfName.set(name, slot);
    return slot;
  };
  for (const file of files) {
    if (guesses.rows >= options.rows) break;
    // Columns turn up while a batch is read: it is short, lest many of them make it large.
    const scanner = jsonScanner(layout, slotOf, () => wanted.length, rowsFor(mostColumns));
    for await (const fields of fieldsOf(await textInput(file), scanner)) {
      for (let slot = 0; slot < fields.starts.length; slot++) {
        lookAt(fields, slot, wanted[slot]!, kindsInJson, jsonSpelling.unescape);
      }
      guesses.rows += fields.rows;
      if (guesses.rows >= options.rows) break;
    }
  }
  return guesses.result(options.rows);
}

class Guesses {
  readonly #known: ReadonlySet<string>;
  readonly #all = new Map<string, Guess | undefined>();
  rows = 0;

  constructor(known: ReadonlySet<string>) {
    this.#known = known;
  }

  /** Undefined for a column whose type is known. */
  of(name: string, place: () => string): Guess | undefined {
    if (!this.#all.has(name)) {
      if (this.#all.size >= mostColumns) throw new KqlError(problem.tooManyColumns(place(), mostColumns));
      this.#all.set(name, this.#known.has(name) ? undefined : new Guess(name));
    }
    return this.#all.get(name);
  }

  result(limit: number): Inferred {
    const columns = [...this.#all].map(([name, guess]) => guess?.reason() ?? new Guess(name).reason());
    return { columns, rows: this.rows, complete: this.rows < limit };
  }
}

type KindsOf = (fields: Fields, start: number, end: number, text: () => string) => number;

function lookAt(fields: Fields, slot: number, guess: Guess, kindsOf: KindsOf, undo: (text: string) => string): void {
  const starts = fields.starts[slot]!;
  const ends = fields.ends[slot]!;
  for (let row = 0; row < fields.rows; row++) {
    const start = starts[row]!;
    const end = ends[row]!;
    if (start < 0 || start === bare(end)) continue;
    if (guess.settled) {
      guess.count();
      continue;
    }
    const text = () => {
      const raw = textOf(fields, slot, row);
      return end < 0 ? undo(raw) : raw;
    };
    guess.see(kindsOf(fields, start, bare(end), text), () => ({
      text: text(),
      place: `${fields.name}:${fields.lines[row]}`,
    }));
  }
}

/** The usual numbers and times without a string in between; 0 for all others. */
function quickKinds({ bytes }: Fields, start: number, end: number): number {
  const lead = bytes[start]!;
  if (lead < 48 || lead > 57) return 0;
  if (!Number.isNaN(secondsAt(bytes, start, end))) return kinds.string | kinds.datetime;
  if (lead === 48 && end - start > 1) return 0;
  return Number.isNaN(wholeAt(bytes, start, end)) ? 0 : kinds.string | kinds.long | kinds.real;
}

function kindsInText(fields: Fields, start: number, end: number, text: () => string): number {
  return quickKinds(fields, start, end) || kindsOfText(text());
}

function kindsInJson(fields: Fields, start: number, end: number, text: () => string): number {
  if (quoted(fields.bytes, start)) {
    return kinds.json | (mayBeSpecial(fields.bytes[start]!, end - start) ? kindsOfString(text()) : kinds.string);
  }
  switch (fields.bytes[start]) {
    case 123:
    case 91:
      return kinds.json;
    case 116:
    case 102:
      return kinds.json | kinds.string | kinds.bool;
    default:
      return kinds.json | (quickKinds(fields, start, end) || kindsOfNumber(text()));
  }
}

/** Times and guids are neither short nor long, even with escapes, and start with a hexadecimal digit. */
function mayBeSpecial(lead: number, length: number): boolean {
  const letter = lead | 32;
  const starts = (lead >= 48 && lead <= 57) || (letter >= 97 && letter <= 102) || lead === ascii.backslash;
  return starts && length >= 10 && length <= 216;
}
