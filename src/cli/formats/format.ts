import type { ResultTable } from "../../engine/database.ts";
import { asCsv, asTsv } from "./delimited.ts";
import { asJson, asNdjson } from "./json.ts";
import { asKql } from "./kql.ts";
import { asLines } from "./line.ts";
import { asMarkdown } from "./markdown.ts";
import { asPretty } from "./pretty.ts";

export interface Layout {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Show at most this many rows, the middle ones elided. */
  readonly rows: number;
}

export type Writer = (table: ResultTable, layout: Layout) => Iterable<string>;

/** How a result is written; each yields pieces of text that end in a line break. */
export const formats = {
  pretty: asPretty,
  line: asLines,
  csv: asCsv,
  tsv: asTsv,
  json: asJson,
  ndjson: asNdjson,
  md: asMarkdown,
  kql: asKql,
} as const satisfies Record<string, Writer>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[]; // the keys are these literals

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}
