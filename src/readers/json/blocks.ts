import {
  type Bench,
  type BlockScan,
  type BlockSizes,
  blockFields,
  kernelOf,
  type Rest,
  usualSizes,
} from "../blocks.ts";
import { type Fields, fieldsOf, refuseNul, rowsFor, type Step, type TextInput } from "../fields.ts";
import { utf8Of } from "../text.ts";
import { kernel as base64 } from "./kernel.ts";
import { jsonScanner, type SlotOf } from "./scanner.ts";
import { ascii } from "./tokens.ts";

type Scan = (
  from: number,
  to: number,
  origin: number,
  names: number,
  known: number,
  stack: number,
  slotCount: number,
  starts: number,
  ends: number,
  lines: number,
  capacity: number,
  startLine: number,
) => number;

const kernel = kernelOf(base64);
/** Names that the kernel may know, and bytes of all of them. */
const mostNames = 1024;
const nameBytes = 64 * 1024;
const entryBytes = 12;
/** Levels of nesting that the kernel follows. */
const deepest = 500;
/** Records that the kernel takes while JavaScript reads one that it does not know. */
const pace = 32;

/** The properties of objects that somebody wants. */
export interface Wanted {
  readonly slotOf: SlotOf;
  readonly slotCount: number;
  /** Names that are likely to turn up. */
  readonly names: readonly string[];
}

/**
 * The values of the wanted properties of objects that stand one in a line, found by WebAssembly. A record that is out of
 * the ordinary is read in JavaScript, and so is the rest where most of them are, or where there is no WebAssembly.
 */
export async function* lineFields(
  text: TextInput,
  wanted: Wanted,
  line = 1,
  rows = rowsFor(wanted.slotCount),
  sizes: BlockSizes = usualSizes,
): AsyncGenerator<Fields, void, undefined> {
  const { input, start } = text;
  const rest = yield* lineBlocks(text, wanted, line, rows, sizes);
  if (rest.start < input.size || rest.start === start) {
    const scanner = jsonScanner("lines", wanted.slotOf, () => wanted.slotCount, rows);
    yield* fieldsOf({ input, start: rest.start }, scanner, rest.line);
  }
}

/** The same, as long as most records are as usual. */
export async function* lineBlocks(
  text: TextInput,
  wanted: Wanted,
  line: number,
  rows = rowsFor(wanted.slotCount),
  sizes: BlockSizes = usualSizes,
  bench?: Bench,
): AsyncGenerator<Fields, Rest, undefined> {
  const { input, start } = text;
  const module = input.size - start >= sizes.least ? kernel.module() : undefined;
  if (!module) return { start, line };
  const scan = blockScan(wanted, Math.min(rows, sizes.window + sizes.headroom));
  return yield* blockFields(module, text, scan, line, sizes, bench);
}

function blockScan({ slotOf, slotCount, names: likely }: Wanted, capacity: number): BlockScan<Scan> {
  let learn: (name: string, slot: number | undefined) => void = () => {};
  let patience = 1000 * pace;
  const learningSlotOf: SlotOf = (name, place) => {
    const slot = slotOf(name, place);
    learn(name, slot);
    return slot;
  };
  return {
    slotCount,
    capacity,
    tables: [mostNames * entryBytes + nameBytes, deepest],
    complete: true,
    bind(scan, { buffer, tables, starts, ends, lines }) {
      const [names = 0, stack = 0] = tables;
      const table = nameTable(buffer, names);
      learn = table.add;
      for (const name of likely)
        learn(
          name,
          slotOf(name, () => ""),
        );
      return (from, to, origin, line) =>
        scan(from, to, origin, names, table.count(), stack, slotCount, starts, ends, lines, capacity, line);
    },
    odd(window, from, line, rows): Step | undefined {
      patience += rows - pace;
      if (patience < 0) return undefined;
      // The kernel stops at a zero byte, so those of other lines are met in their turn.
      const lineEnd = window.bytes.indexOf(ascii.lineFeed, from);
      refuseNul(window, from, lineEnd < 0 ? undefined : lineEnd);
      const step = jsonScanner("lines", learningSlotOf, () => slotCount, 1).scan(window, from, line);
      // Whether more stands in the line that ends with these bytes is seen with the next ones.
      return step.next === window.bytes.length && !window.final ? { ...step, rows: 0 } : step;
    },
  };
}

/** The names that the kernel knows, at `start` in its memory. */
function nameTable(buffer: ArrayBuffer, start: number) {
  const known = new Set<string>();
  const entries = new DataView(buffer, start, mostNames * entryBytes);
  let next = start + mostNames * entryBytes;
  const end = next + nameBytes;
  return {
    count: () => known.size,
    add(name: string, slot: number | undefined): void {
      const bytes = utf8Of(name);
      // Names with escapes in them are spelled in more than one way.
      const plain = JSON.stringify(name).length === name.length + 2;
      if (!plain || known.has(name) || known.size === mostNames || next + bytes.length > end) return;
      new Uint8Array(buffer, next, bytes.length).set(bytes);
      const entry = known.size * entryBytes;
      entries.setInt32(entry, next, true);
      entries.setInt32(entry + 4, bytes.length, true);
      entries.setInt32(entry + 8, slot ?? -1, true);
      next += bytes.length;
      known.add(name);
    },
  };
}
