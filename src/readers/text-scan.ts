import type { Schema } from "../data/types.ts";
import type { Bench, Rest } from "./blocks.ts";
import type { Dialect, ScanOptions } from "./delimited/scanner.ts";
import type { Fields, TextInput } from "./fields.ts";
import type { Rules } from "./rules.ts";
import type { Slots } from "./table.ts";
import type { Conversion } from "./text-column.ts";

/** What is wanted of a text file, as data: another thread can do it too. */
export interface TextScan {
  readonly schema: Schema;
  readonly slots: Slots;
  readonly rules: Rules;
  readonly layout: DelimitedLayout | { readonly kind: "lines" };
}

export interface DelimitedLayout {
  readonly kind: "delimited";
  readonly dialect: Dialect;
  readonly options: ScanOptions;
}

/** How it is done. */
export interface TextReader {
  readonly conversion: Conversion;
  /** All fields from the start of the text, which is in line `line`. */
  fields(text: TextInput, line: number): AsyncIterable<Fields>;
  /** The same up to the first record that is out of the ordinary, and how far that is. */
  blocks(text: TextInput, line: number, bench?: Bench): AsyncGenerator<Fields, Rest, undefined>;
}
