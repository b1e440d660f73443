import {
  type Bench,
  type BlockScan,
  type BlockSizes,
  blockFields,
  kernelOf,
  type Rest,
  usualSizes,
} from "../blocks.ts";
import { type Fields, fieldsOf, rowsFor, type TextInput } from "../fields.ts";
import { kernel as base64 } from "./kernel.ts";
import { type Dialect, delimitedScanner, type ScanOptions } from "./scanner.ts";

type Scan = (
  from: number,
  to: number,
  origin: number,
  delimiter: number,
  slots: number,
  known: number,
  width: number,
  starts: number,
  ends: number,
  lines: number,
  capacity: number,
  startLine: number,
) => number;

const kernel = kernelOf(base64);

/**
 * The fields of all records from `start`, found by WebAssembly. Where anything is out of the ordinary, and where there
 * is no WebAssembly, the scanner in JavaScript goes on: it alone knows what is wrong.
 */
export async function* delimitedFields(
  text: TextInput,
  dialect: Dialect,
  options: ScanOptions,
  line = 1,
  sizes: BlockSizes = usualSizes,
): AsyncGenerator<Fields, void, undefined> {
  const { input, start } = text;
  const rest = yield* delimitedBlocks(text, dialect, options, line, sizes);
  if (rest.start < input.size || rest.start === start)
    yield* fieldsOf({ input, start: rest.start }, delimitedScanner(dialect, options), rest.line);
}

/** The same, up to the first that is out of the ordinary. */
export async function* delimitedBlocks(
  text: TextInput,
  dialect: Dialect,
  options: ScanOptions,
  line: number,
  sizes: BlockSizes = usualSizes,
  bench?: Bench,
): AsyncGenerator<Fields, Rest, undefined> {
  const { input, start } = text;
  const module = dialect.quotes && input.size - start >= sizes.least ? kernel.module() : undefined;
  if (!module) return { start, line };
  return yield* blockFields(module, text, blockScan(dialect, options, sizes), line, sizes, bench);
}

function blockScan(
  { delimiter }: Dialect,
  { slots, slotCount, width = -1, rows = rowsFor(slotCount) }: ScanOptions,
  { window, headroom }: BlockSizes,
): BlockScan<Scan> {
  const capacity = Math.min(rows, window + headroom);
  return {
    slotCount,
    capacity,
    tables: [slots.length * 4],
    complete: width >= slots.length,
    bind(scan, { buffer, tables, starts, ends, lines }) {
      const table = tables[0]!;
      new Int32Array(buffer, table, slots.length).set(slots);
      return (from, to, origin, line) =>
        scan(from, to, origin, delimiter, table, slots.length, width, starts, ends, lines, capacity, line);
    },
  };
}
