import { type Dialect, delimitedScanner } from "../../src/readers/delimited/scanner.ts";
import { bare, type Fields, fieldsOf, type Scanner } from "../../src/readers/fields.ts";
import { textInputOf } from "./support.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The records of delimited text with up to `most` fields, read `step` bytes at a time. Missing fields are undefined. */
export async function recordsOf(
  text: string,
  dialect: Dialect,
  options: {
    readonly most?: number;
    readonly width?: number | undefined;
    readonly step?: number;
    readonly rows?: number;
  } = {},
): Promise<(string | undefined)[][]> {
  const most = options.most ?? 8;
  const scanner = delimitedScanner(dialect, {
    slots: Int32Array.from({ length: most }, (_, ordinal) => ordinal),
    slotCount: most,
    width: options.width,
    ...(options.rows === undefined ? {} : { rows: options.rows }),
  });
  return recordsFrom(fieldsIn(text, scanner, options.step));
}

export async function recordsFrom(found: AsyncIterable<Fields>): Promise<(string | undefined)[][]> {
  const records: (string | undefined)[][] = [];
  for await (const fields of found) {
    for (let row = 0; row < fields.rows; row++) {
      const record = fields.starts.map((_, slot) => fieldText(fields, slot, row)?.replaceAll('""', '"'));
      while (record.length > 0 && record.at(-1) === undefined) record.pop();
      records.push(record);
    }
  }
  return records;
}

export function fieldsIn(text: string, scanner: Scanner, step?: number): AsyncGenerator<Fields> {
  return fieldsOf({ input: textInputOf("t", text), start: 0 }, scanner, 1, step);
}

function fieldText(fields: Fields, slot: number, row: number): string | undefined {
  const start = fields.starts[slot]![row]!;
  if (start < 0) return undefined;
  const end = fields.ends[slot]![row]!;
  const text = decoder.decode(fields.bytes.subarray(start, bare(end)));
  // Only an escaped field has doubled quotes that are one.
  return end < 0 ? text : text.replaceAll('"', '""');
}
