import type { Batch, ScanRequest } from "../../data/batch.ts";
import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { anySize } from "../blocks.ts";
import { longestRecord, mostColumns, placeOf, type Step, type TextInput, textInput, type Window } from "../fields.ts";
import { bytesText, type Input } from "../input.ts";
import type { ReadOptions } from "../rules.ts";
import { neededColumns } from "../table.ts";
import { decodeUtf8 } from "../text.ts";
import { textBatches } from "../text-batches.ts";
import type { DelimitedLayout, TextReader, TextScan } from "../text-scan.ts";
import { delimitedBlocks, delimitedFields } from "./blocks.ts";
import { type Dialect, delimitedScanner } from "./scanner.ts";
import { delimitedSpelling } from "./spelling.ts";

/** The rows of one delimited file. */
export async function* delimitedBatches(
  input: Input,
  dialect: Dialect,
  schema: Schema,
  options: ReadOptions,
  request: ScanRequest,
): AsyncGenerator<Batch, void, undefined> {
  const local = options.rules === "local";
  const opened = await textInput(input);
  const skip = options.header === "present" ? await firstRecord(opened, dialect) : undefined;
  if (local && options.header === "present" && !skip) throw new KqlError(problem.emptyFile(input.name));
  const header = local && skip ? headerNames(skip) : undefined;
  if (header) checkHeader(header, skip!.place, schema);

  const needed = neededColumns(request);
  const ordinals = schema.map((field, index) => (header ? header.indexOf(field.name) : index));
  const width = header?.length ?? schema.length;
  const fieldSlots = new Int32Array(width).fill(-1);
  let slotCount = 0;
  const slots = schema.map((_, index) => {
    if (!needed.has(index)) return undefined;
    const ordinal = ordinals[index]!;
    if (ordinal < 0) return -1;
    fieldSlots[ordinal] = slotCount;
    return slotCount++;
  });
  const layout: DelimitedLayout = {
    kind: "delimited",
    dialect,
    options: { slots: fieldSlots, slotCount, width: local && dialect.delimiter >= 0 ? width : undefined },
  };
  const text: TextInput = skip ? { input: opened.input, start: skip.next } : opened;
  const scan: TextScan = { schema, slots, rules: options.rules, layout };
  yield* textBatches(scan, delimitedReader(layout, options), text, skip?.line ?? 1, request);
}

export function delimitedReader(
  { dialect, options }: DelimitedLayout,
  { rules, note }: Pick<ReadOptions, "rules" | "note">,
): TextReader {
  return {
    conversion: { spelling: delimitedSpelling, malformed: rules === "local" ? "error" : "null", note },
    fields: (text, line) => delimitedFields(text, dialect, options, line),
    blocks: (text, line, bench) => delimitedBlocks(text, dialect, options, line, anySize, bench),
  };
}

export interface FirstRecord {
  readonly names: readonly string[];
  /** `events.csv:1` */
  readonly place: string;
  /** Offset and line of the record behind it. */
  readonly next: number;
  readonly line: number;
}

/** The first record of a file; undefined when there is none. Blank lines before it do not count. */
export async function firstRecord({ input, start }: TextInput, dialect: Dialect): Promise<FirstRecord | undefined> {
  for (let size = 64 * 1024; ; size *= 16) {
    const end = Math.min(input.size, start + size);
    const window: Window = {
      name: input.name,
      bytes: await input.slice(start, end),
      line: 1,
      final: end >= input.size,
    };
    // The first pass counts the fields.
    const counter = delimitedScanner(dialect, { slots: new Int32Array(0), slotCount: 0, width: undefined, rows: 1 });
    const counted = counter.scan(window, 0, 1);
    if (counted.rows === 0) {
      if (window.final) return undefined;
      if (size >= longestRecord) {
        throw new KqlError(problem.recordTooLong(placeOf(window, 0), bytesText(longestRecord)));
      }
      continue;
    }
    const count = counter.fields;
    if (count > mostColumns)
      throw new KqlError(problem.tooManyColumns(`${input.name}:${counted.lines[0]}`, mostColumns));
    const slots = Int32Array.from({ length: count }, (_, ordinal) => ordinal);
    const finder = delimitedScanner(dialect, { slots, slotCount: count, width: undefined, rows: 1 });
    const step = finder.scan(window, 0, 1);
    return {
      names: names(window, step),
      place: `${input.name}:${step.lines[0]}`,
      next: start + step.next,
      line: step.line,
    };
  }
}

function names(window: Window, step: Step): readonly string[] {
  const nul = window.bytes.subarray(0, step.next).indexOf(0);
  if (nul >= 0) throw new KqlError(problem.nulByte(placeOf(window, nul)));
  return step.starts.map((starts, slot) => {
    const start = starts[0]!;
    const end = step.ends[slot]![0]!;
    if (start < 0) return "";
    const text = decodeUtf8(window.bytes.subarray(start, end < 0 ? ~end : end));
    if (text === undefined) throw new KqlError(problem.invalidUtf8(placeOf(window, start)));
    return end < 0 ? text.replaceAll('""', '"') : text;
  });
}

/** The names of the columns; an error when they are none. */
export function headerNames({ names, place }: FirstRecord): readonly string[] {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name.includes("\r")) throw new KqlError(problem.carriageReturns(place));
    if (name === "") throw new KqlError(problem.unnamedColumn(place, index + 1));
    if (seen.has(name)) throw new KqlError(problem.duplicateHeader(place, name));
    seen.add(name);
  }
  return names;
}

/** Every column of the file is in the schema. The other way round there may be more: they are null. */
function checkHeader(header: readonly string[], place: string, schema: Schema): void {
  const known = new Set(schema.map((field) => field.name));
  for (const name of header) {
    if (!known.has(name)) throw new KqlError(problem.unknownColumn(place, name, [...known]));
  }
}
