import type { Fields, Step, TextInput, Window } from "./fields.ts";
import type { Input } from "./input.ts";

// What the compiler's own libraries do not know.
interface Memory {
  readonly buffer: ArrayBuffer;
}
declare const WebAssembly:
  | undefined
  | {
      readonly Memory: new (size: { readonly initial: number }) => Memory;
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
    };
declare const atob: (text: string) => string;

/** Compiles a module, once. */
export interface Kernel {
  /** Undefined where the host has no WebAssembly, no SIMD in it, or a policy against it. */
  module(): object | undefined;
}

/** The kernel whose bytes are `base64`. */
export function kernelOf(base64: string): Kernel {
  let compiled: object | "unable" | undefined;
  return {
    module() {
      if (compiled === undefined) {
        try {
          if (typeof WebAssembly === "undefined") compiled = "unable";
          else compiled = new WebAssembly.Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
        } catch {
          compiled = "unable";
        }
      }
      return compiled === "unable" ? undefined : compiled;
    },
  };
}

/** What every kernel exports beside its function `scan`, which gives the number of rows. */
interface Exports<Scan> {
  readonly scan: Scan;
  /** The first byte that it did not take, and its line. */
  readonly next: { readonly value: number };
  readonly line: { readonly value: number };
  /** Not 0: it stopped before something that is not for it. */
  readonly odd: { readonly value: number };
}

/** Where a kernel finds its tables and leaves what it finds. */
export interface Room {
  readonly buffer: ArrayBuffer;
  /** By table that was asked for. */
  readonly tables: readonly number[];
  readonly starts: number;
  readonly ends: number;
  readonly lines: number;
}

export interface BlockScan<Scan> {
  readonly slotCount: number;
  /** Rows of a batch. */
  readonly capacity: number;
  /** Bytes of each table of the kernel. */
  readonly tables: readonly number[];
  /** Every row says for every slot where it is. Otherwise slots are emptied before each batch. */
  readonly complete: boolean;
  bind(scan: Scan, room: Room): (from: number, to: number, origin: number, line: number) => number;
  /**
   * Reads the record at `from`, which the kernel left after `rows` others. No rows: it is cut off. Undefined: the rest of
   * the file is not for the kernel.
   */
  odd?(window: Window, from: number, line: number, rows: number): Step | undefined;
}

export interface BlockSizes {
  /** How much of a file is read together. */
  readonly window: number;
  /** Room before it, for the part of a record that the last window ended in. */
  readonly headroom: number;
  /** Smaller files are not worth the memory. */
  readonly least: number;
}

export const usualSizes: BlockSizes = { window: 4 * 1024 * 1024, headroom: 1024 * 1024, least: 256 * 1024 };
/** For parts of files that are worth it as a whole. */
export const anySize: BlockSizes = { window: 1024 * 1024, headroom: 1024 * 1024, least: 0 };
const pageBytes = 65_536;
/** The kernel may read this far behind the bytes that it is given. They are zero. */
const slack = 64;

/** How far a reader of a file came: the first byte that it did not take, and its line. */
export interface Rest {
  readonly start: number;
  readonly line: number;
}

/** The memory of a kernel, for who reads one file after another: filling fresh memory costs as much as a scan. */
export interface Bench {
  memory?: Memory | undefined;
}

/**
 * The fields of all records from `start`, found by WebAssembly while the next part of the file is read. They are
 * fleeting. What is left of the file, if anything, is for others.
 */
export async function* blockFields<Scan>(
  module: object,
  { input, start }: TextInput,
  { slotCount, capacity, tables, complete, bind, odd: readOdd }: BlockScan<Scan>,
  startLine: number,
  { window: windowBytes, headroom }: BlockSizes,
  bench: Bench = {},
): AsyncGenerator<Fields, Rest, undefined> {
  const areas = layout([headroom, windowBytes + slack, headroom, windowBytes + slack], 64);
  const column = capacity * 4;
  const places = layout([...tables, slotCount * column, slotCount * column, column], 16, areas.end);
  const memory = memoryOf(bench, Math.ceil(places.end / pageBytes));
  const { exports } = new WebAssembly!.Instance(module, { env: { memory } });
  const { scan, next, line: lineAt, odd } = exports as Exports<Scan>; // what the module exports
  const { buffer } = memory;
  const [firstStarts = 0, firstEnds = 0, firstLine = 0] = places.starts.slice(tables.length);
  const view = (first: number) => (_: unknown, slot: number) => new Int32Array(buffer, first + slot * column, capacity);
  const starts = Array.from({ length: slotCount }, view(firstStarts));
  const ends = Array.from({ length: slotCount }, view(firstEnds));
  const lines = new Int32Array(buffer, firstLine, capacity);
  const find = bind(scan, {
    buffer,
    tables: places.starts.slice(0, tables.length),
    starts: firstStarts,
    ends: firstEnds,
    lines: firstLine,
  });
  const bases = [areas.starts[1]!, areas.starts[3]!];

  const read = (position: number, side: number): Promise<number> => {
    const length = Math.min(windowBytes, input.size - position);
    return readInto(input, new Uint8Array(buffer, bases[side], Math.max(0, length)), position);
  };
  let line = startLine;
  let carried = 0;
  let pending = read(start, 0);
  for (let position = start, side = 0; ; side = 1 - side) {
    const length = await pending;
    const final = position + length >= input.size;
    pending = final ? Promise.resolve(0) : read(position + length, 1 - side);
    // One that fails is looked at when its turn comes, and not at all when nobody wants more rows.
    pending.catch(() => {});
    const from = bases[side]! - carried;
    const to = bases[side]! + length;
    new Uint8Array(buffer, to, slack).fill(0);
    const bytes = new Uint8Array(buffer, from, to - from);
    const window: Window = { name: input.name, bytes, line, final };
    let at = from;
    let givenUp = false;
    for (let more = true; more; ) {
      if (!complete) for (const column of starts) column.fill(-1);
      const rows = find(at, to, from, line);
      const fleeting = { start: at - from, end: next.value - from, line };
      at = next.value;
      line = lineAt.value;
      if (rows > 0) yield { name: input.name, bytes, rows, starts, ends, lines, window, fleeting };
      more = rows === capacity;
      if (odd.value === 0) continue;
      const step = readOdd?.(window, at - from, line, rows);
      givenUp = step === undefined;
      more = step !== undefined && step.rows > 0;
      if (!step || step.rows === 0) continue;
      const place = { start: at - from, end: step.next, line };
      at = from + step.next;
      line = step.line;
      yield { name: input.name, bytes, ...step, window, fleeting: place };
    }
    const left = to - at;
    if (givenUp || final || left > headroom) {
      await pending;
      return { start: position + length - left, line };
    }
    new Uint8Array(buffer, bases[1 - side]! - left, left).set(new Uint8Array(buffer, at, left));
    carried = left;
    position += length;
  }
}

function memoryOf(bench: Bench, pages: number): Memory {
  const { memory } = bench;
  if (memory && memory.buffer.byteLength >= pages * pageBytes) return memory;
  bench.memory = new WebAssembly!.Memory({ initial: pages });
  return bench.memory;
}

function layout(sizes: readonly number[], alignment: number, first = 0) {
  const starts: number[] = [];
  let end = first;
  for (const size of sizes) {
    end = Math.ceil(end / alignment) * alignment;
    starts.push(end);
    end += size;
  }
  return { starts, end };
}

async function readInto(input: Input, target: Uint8Array, position: number): Promise<number> {
  if (target.length === 0) return 0;
  if (input.read) await input.read(target, position);
  else target.set(await input.slice(position, position + target.length));
  return target.length;
}
