import type { ResultTable } from "../../engine/results.ts";
import { asCsv, asTsv } from "./delimited.ts";
import { asJson, asNdjson } from "./json.ts";
import { asKql } from "./kql.ts";
import type { FormatName, Layout } from "./layout.ts";
import { asLines } from "./line.ts";
import { asMarkdown } from "./markdown.ts";
import { asPretty } from "./pretty.ts";

/** How a result is written; each yields pieces of text, the last of which ends in a line break. */
export const formats: Readonly<Record<FormatName, (table: ResultTable, layout: Layout) => Iterable<string>>> = {
  pretty: asPretty,
  line: asLines,
  csv: asCsv,
  tsv: asTsv,
  json: asJson,
  ndjson: asNdjson,
  md: asMarkdown,
  kql: asKql,
};
