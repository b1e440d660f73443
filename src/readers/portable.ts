import type { Column } from "../data/column.ts";
import type { Field } from "../data/types.ts";
import { distinctFields } from "./distinct.ts";
import { compact, type Fields, rowsFrom } from "./fields.ts";
import { type Conversion, codedColumn, textColumn } from "./text-column.ts";

/**
 * A column on its way from one thread to another: numbers and bytes. What would be objects is still text.
 * - ready: numbers, times, flags.
 * - strings: `shown` are the distinct ones.
 * - fields: one for each row.
 */
export type PortableColumn =
  | { readonly kind: "ready"; readonly column: Column }
  | { readonly kind: "strings"; readonly codes: Int32Array; readonly shown: Fields }
  | { readonly kind: "fields"; readonly fields: Fields };

/** The fields in `slot`, ready to be sent. Throws `KqlError` for a cell that its type cannot hold. */
export function portableColumn(fields: Fields, slot: number, field: Field, conversion: Conversion): PortableColumn {
  switch (field.type) {
    case "string": {
      const found = distinctFields(fields, slot, conversion.spelling.same);
      const codes = found?.codes ?? rowsFrom(0, fields.rows);
      return { kind: "strings", codes, shown: compact(only(fields, slot), found?.first ?? codes) };
    }
    case "guid":
    case "decimal":
    case "dynamic":
      return { kind: "fields", fields: compact(only(fields, slot), rowsFrom(0, fields.rows)) };
    default:
      return { kind: "ready", column: textColumn(fields, slot, field, conversion) };
  }
}

/** The column that was sent; the lines of its fields count from `line`. */
export function receivedColumn(sent: PortableColumn, line: number, field: Field, conversion: Conversion): Column {
  switch (sent.kind) {
    case "ready":
      return sent.column;
    case "strings": {
      const shown = below(sent.shown, line);
      return codedColumn(sent.codes, shown, 0, rowsFrom(0, shown.rows), field, conversion);
    }
    case "fields":
      return textColumn(below(sent.fields, line), 0, field, conversion);
  }
}

function only(fields: Fields, slot: number): Fields {
  return { ...fields, starts: [fields.starts[slot]!], ends: [fields.ends[slot]!] };
}

function below(fields: Fields, line: number): Fields {
  return { ...fields, lines: fields.lines.map((number) => number + line - 1) };
}

/** The memory of a column, which can be handed over instead of being copied. */
export function memoryOf(sent: PortableColumn): readonly ArrayBufferLike[] {
  switch (sent.kind) {
    case "ready": {
      const { data, validity } = sent.column;
      if (!ArrayBuffer.isView(data)) return [];
      return validity ? [data.buffer, validity.buffer] : [data.buffer];
    }
    case "strings":
      return [sent.codes.buffer, ...memoryOfFields(sent.shown)];
    case "fields":
      return memoryOfFields(sent.fields);
  }
}

function memoryOfFields({ bytes, lines, starts, ends }: Fields): readonly ArrayBufferLike[] {
  return [bytes, lines, ...starts, ...ends].map(({ buffer }) => buffer);
}
