import type { Cell } from "../data/column.ts";

/** Takes texts apart into the cells of some columns, as parse and parse-kv do. */
export interface TextExtractor {
  /** One cell per column, of its type; undefined where the text is not of the form. */
  extract(text: string): readonly Cell[] | undefined;
}
