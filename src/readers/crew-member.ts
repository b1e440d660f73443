import type { ScanPredicate } from "../data/batch.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { Bench } from "./blocks.ts";
import { type Found, type PortableBatch, upTo } from "./crew.ts";
import { compact, type Fields, joined, rowsFor } from "./fields.ts";
import type { Input, Part } from "./input.ts";
import { memoryOf, type PortableColumn, portableColumn } from "./portable.ts";
import { batchOver, kept } from "./table.ts";
import type { TextReader, TextScan } from "./text-scan.ts";

/** The rows of a part of a file, up to what is out of the ordinary; undefined when something in it is wrong. */
export async function readPart(
  { schema, slots }: TextScan,
  reader: TextReader,
  predicate: Pick<ScanPredicate, "keep"> | undefined,
  input: Input,
  { start, end }: Part,
  bench: Bench,
): Promise<Found | undefined> {
  const batches: PortableBatch[] = [];
  let few: Fields[] = [];
  let fewRows = 0;
  const most = rowsFor(slots.length);
  try {
    const blocks = reader.blocks({ input: upTo(input, end), start }, 1, bench);
    for (;;) {
      const { done, value } = await blocks.next();
      if (done) {
        if (few.length > 0) send(joined(few));
        return { batches, end: value.start, lines: value.line - 1, bytes: bytesOf(batches) };
      }
      if (!predicate) {
        send(value);
        continue;
      }
      const rows = kept(predicate.keep(batchOver(value, schema, slots, reader.conversion)), value.rows);
      if (rows.length === 0) continue;
      if (fewRows + rows.length > most && few.length > 0) {
        send(joined(few));
        few = [];
        fewRows = 0;
      }
      few.push(compact(value, rows));
      fewRows += rows.length;
    }
  } catch (thrown) {
    if (thrown instanceof KqlError) return undefined;
    throw thrown;
  }

  function send(fields: Fields): void {
    const columns: PortableColumn[] = [];
    for (const [index, slot] of slots.entries()) {
      if (slot === undefined || slot < 0) continue;
      columns[slot] = portableColumn(fields, slot, schema[index]!, reader.conversion);
    }
    batches.push({ rows: fields.rows, columns });
  }
}

function bytesOf(batches: readonly PortableBatch[]): number {
  return memoryOfAll(batches).reduce((sum, memory) => sum + memory.byteLength, 0);
}

/** What need not be copied on its way. */
export function memoryOfAll(batches: readonly PortableBatch[]): readonly ArrayBufferLike[] {
  return [...new Set(batches.flatMap(({ columns }) => columns.flatMap(memoryOf)))];
}
