import { type Fields, fieldsOf, rowsFor, type TextInput, type Window } from "../fields.ts";
import type { Input } from "../input.ts";
import { kernel } from "./kernel.ts";
import { type Dialect, delimitedScanner, type ScanOptions } from "./scanner.ts";

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

interface Kernel {
  scan(
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
  ): number;
  readonly next: { readonly value: number };
  readonly line: { readonly value: number };
  readonly odd: { readonly value: number };
}

let compiled: object | "unable" | undefined;

/** The module; undefined where the host has no WebAssembly, no SIMD in it, or a policy against it. */
function moduleOf(): object | undefined {
  if (compiled === undefined) {
    try {
      if (typeof WebAssembly === "undefined") compiled = "unable";
      else compiled = new WebAssembly.Module(Uint8Array.from(atob(kernel), (char) => char.charCodeAt(0)));
    } catch {
      compiled = "unable";
    }
  }
  return compiled === "unable" ? undefined : compiled;
}

export interface BlockSizes {
  /** How much of a file is read together. */
  readonly window: number;
  /** Room before it, for the part of a record that the last window ended in. */
  readonly headroom: number;
  /** Smaller files are not worth the memory. */
  readonly least: number;
}

const usual: BlockSizes = { window: 4 * 1024 * 1024, headroom: 1024 * 1024, least: 256 * 1024 };
const pageBytes = 65_536;
/** The kernel may read this far behind the bytes that it is given. */
const slack = 64;

/**
 * The fields of all records from `start`, found by WebAssembly while the next part of the file is read. They are
 * fleeting. Where anything is out of the ordinary, and where there is no WebAssembly, the scanner in JavaScript goes on:
 * it alone knows what is wrong.
 */
export async function* blockFields(
  text: TextInput,
  dialect: Dialect,
  options: ScanOptions,
  line = 1,
  sizes = usual,
): AsyncGenerator<Fields, void, undefined> {
  const { input, start } = text;
  const module = dialect.quotes && input.size - start >= sizes.least ? moduleOf() : undefined;
  const rest = module ? yield* scanned(module, text, dialect, options, line, sizes) : { start, line };
  if (rest) yield* fieldsOf({ input, start: rest.start }, delimitedScanner(dialect, options), rest.line);
}

/** Gives what is left for others: where it starts, and its line; undefined when there is nothing. */
async function* scanned(
  module: object,
  { input, start }: TextInput,
  { delimiter }: Dialect,
  options: ScanOptions,
  startLine: number,
  { window: windowBytes, headroom }: BlockSizes,
): AsyncGenerator<Fields, { readonly start: number; readonly line: number } | undefined, undefined> {
  const { slots, slotCount, width = -1 } = options;
  const capacity = Math.min(options.rows ?? rowsFor(slotCount), windowBytes + headroom);
  const areas = layout([headroom, windowBytes + slack, headroom, windowBytes + slack], 64);
  const columns = Array.from({ length: 2 * slotCount + 1 }, () => capacity * 4);
  const places = layout([slots.length * 4, ...columns], 4, areas.end);
  const memory = new WebAssembly!.Memory({ initial: Math.ceil(places.end / pageBytes) });
  const { exports } = new WebAssembly!.Instance(module, { env: { memory } });
  const { scan, next, line: lineAt, odd } = exports as Kernel; // what the module in kernel.ts exports
  const { buffer } = memory;
  new Int32Array(buffer, places.starts[0], slots.length).set(slots);
  const view = (index: number) => new Int32Array(buffer, places.starts[1 + index], capacity);
  const starts = Array.from({ length: slotCount }, (_, slot) => view(slot));
  const ends = Array.from({ length: slotCount }, (_, slot) => view(slotCount + slot));
  const lines = view(2 * slotCount);
  const [firstStarts, firstEnds, firstLine] = [1, 1 + slotCount, 1 + 2 * slotCount].map((at) => places.starts[at] ?? 0);
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
    const bytes = new Uint8Array(buffer, from, to - from);
    const window: Window = { name: input.name, bytes, line, final };
    let at = from;
    for (let rows = capacity; rows === capacity && odd.value === 0; ) {
      if (width < slots.length) for (const column of starts) column.fill(-1);
      rows = scan(
        at,
        to,
        from,
        delimiter,
        places.starts[0]!,
        slots.length,
        width,
        firstStarts!,
        firstEnds!,
        firstLine!,
        capacity,
        line,
      );
      const fleeting = { start: at - from, end: next.value - from, line };
      at = next.value;
      line = lineAt.value;
      if (rows > 0) yield { name: input.name, bytes, rows, starts, ends, lines, window, fleeting };
    }
    const left = to - at;
    if (odd.value !== 0 || final || left > headroom) {
      await pending;
      return left === 0 && final ? undefined : { start: position + length - left, line };
    }
    new Uint8Array(buffer, bases[1 - side]! - left, left).set(new Uint8Array(buffer, at, left));
    carried = left;
    position += length;
  }
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
