import { type Batch, lazyBatch, type ScanRequest } from "../data/batch.ts";
import type { Column } from "../data/column.ts";
import type { Rest } from "./blocks.ts";
import type { TextInput } from "./fields.ts";
import type { Hire, Input, Part } from "./input.ts";
import { type PortableColumn, receivedColumn } from "./portable.ts";
import { readAhead, type Weighed } from "./read-ahead.ts";
import { batchesOf, nullColumn } from "./table.ts";
import type { TextReader, TextScan } from "./text-scan.ts";

/** What the members of a crew have to know. */
export interface TextTask {
  readonly kind: "text";
  readonly scan: TextScan;
  /** The conditions that rows must meet, as `ScanPredicate` gives them. */
  readonly predicate: unknown;
}

/** The rows of a part. */
export interface Found extends Weighed {
  readonly batches: readonly PortableBatch[];
  /** Where the first record starts that is out of the ordinary; the end of the part when all are as usual. */
  readonly end: number;
  /** Lines up to there. */
  readonly lines: number;
}

export interface PortableBatch {
  readonly rows: number;
  /** By slot. */
  readonly columns: readonly PortableColumn[];
}

/**
 * The rows of a file in their order, as long as all goes as usual, and how far that went: what is out of the ordinary is
 * for a reader alone, and so is a part in which something is wrong. A part begins behind a line feed; whether that ends a
 * record is known once the part before it has been read, since one that ends within quotes is out of the ordinary. The
 * first part is read here, while the crew gets ready: who wants few rows does not wait for it.
 */
export async function* crewBatches(
  hire: Hire,
  scan: TextScan,
  reader: TextReader,
  { input, start }: TextInput,
  line: number,
  request: ScanRequest,
): AsyncGenerator<Batch, Rest, undefined> {
  const predicate = request.predicate?.portable?.();
  if (request.predicate && predicate === undefined) return { start, line };
  const task: TextTask = { kind: "text", scan, predicate };
  const crew = await hire(task);
  if (!crew) return { start, line };
  try {
    const first = await partFrom(input, start, crew.partBytes);
    let next = first.end;
    const take = readAhead<Found>(crew, async () => {
      if (next >= input.size) return undefined;
      const part = await partFrom(input, next, crew.partBytes);
      next = part.end;
      return part;
    });
    let rest = yield* firstPart(first, line, reader, scan, input, request);
    if (rest.start < first.end) return rest;
    for (let reading = await take(); reading; reading = await take()) {
      const found = await reading.found;
      if (!found) return rest;
      for (const batch of found.batches) yield received(batch, rest.line, scan, reader);
      rest = { start: found.end, line: rest.line + found.lines };
      if (found.end < reading.part.end) return rest;
    }
    return rest;
  } finally {
    crew.dismiss();
  }
}

async function* firstPart(
  { start, end }: Part,
  line: number,
  reader: TextReader,
  { schema, slots }: TextScan,
  input: Input,
  request: ScanRequest,
): AsyncGenerator<Batch, Rest, undefined> {
  let rest: Rest = { start, line };
  const fields = async function* () {
    rest = yield* reader.blocks({ input: upTo(input, end), start }, line);
  };
  yield* batchesOf(fields(), schema, slots, reader.conversion, request);
  return rest;
}

/** The part that starts at `start`: some `size` bytes, and what belongs to their last line. */
async function partFrom(input: Input, start: number, size: number): Promise<Part> {
  const step = 64 * 1024;
  for (let from = start + size - 1; from < input.size; from += step) {
    const bytes = await input.slice(from, Math.min(input.size, from + step));
    const feed = bytes.indexOf(10);
    if (feed >= 0) return { start, end: from + feed + 1 };
  }
  return { start, end: input.size };
}

/** The file as if it ended at `end`. */
export function upTo(input: Input, end: number): Input {
  return { ...input, size: end };
}

function received(batch: PortableBatch, line: number, scan: TextScan, reader: TextReader): Batch {
  const { schema, slots } = scan;
  // What a column has been made of is let go.
  const left: (PortableColumn | undefined)[] = [...batch.columns];
  const taken = (index: number): (() => Column) | undefined => {
    const slot = slots[index];
    const sent = slot === undefined ? undefined : left[slot];
    return sent && (() => receivedColumn(sent, line, schema[index]!, reader.conversion));
  };
  const rows = lazyBatch(schema, batch.rows, (index) => {
    const { name, type } = schema[index]!;
    const slot = slots[index];
    if (slot === undefined) throw new Error(`the column ${name} was not asked for`);
    if (slot < 0) return nullColumn(type);
    const column = taken(index)!();
    left[slot] = undefined;
    return column;
  });
  return { ...rows, maker: taken };
}
