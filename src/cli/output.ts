import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { extname } from "node:path";
import { select } from "../data/batch.ts";
import * as usage from "../diagnostics/catalogue/usage.ts";
import type { ResultTable } from "../engine/results.ts";
import { formats } from "./formats/format.ts";
import { type FormatName, formatNames, isFormatName, type Layout } from "./formats/layout.ts";
import { usageError } from "./report.ts";
import { chunksOf, hasColor, print } from "./terminal.ts";

export interface OutputOptions {
  readonly format?: string | undefined;
  readonly output?: string | undefined;
  /** Rows to show. */
  readonly limit?: number | undefined;
  /** Columns of the terminal. */
  readonly width?: number | undefined;
}

export interface Output {
  readonly format: FormatName;
  /** Where to; absent for the standard output. */
  readonly path?: string | undefined;
  readonly layout: Layout;
  /** Rows of the formats that leave none out by themselves. */
  readonly limit?: number | undefined;
}

const endings: ReadonlyMap<string, FormatName> = new Map([
  ...formatNames.map((name) => [`.${name}`, name] as const),
  [".txt", "pretty"],
  [".jsonl", "ndjson"],
  [".markdown", "md"],
]);

/** A table that fills more than the screen is of little use on it. */
const rowsOnScreen = 50;

/** How and where results are written: to a terminal for the eye, elsewhere whole and for programs. */
export function planOutput({ format, output, limit, width }: OutputOptions): Output {
  const { stdout } = process;
  const screen = output === undefined && stdout.isTTY === true;
  const layout: Layout = {
    width: width ?? (screen ? stdout.columns : Number.POSITIVE_INFINITY),
    color: output === undefined && hasColor(stdout),
    rows: limit ?? (screen ? rowsOnScreen : Number.POSITIVE_INFINITY),
  };
  return { format: chosenFormat(format, output, screen), path: output, layout, limit };
}

function chosenFormat(given: string | undefined, path: string | undefined, screen: boolean): FormatName {
  if (given !== undefined) {
    if (!isFormatName(given)) throw usageError(usage.badFormat(given, formatNames));
    return given;
  }
  if (path === undefined) return screen ? "pretty" : "csv";
  const byName = endings.get(extname(path).toLowerCase());
  if (!byName) throw usageError(usage.unknownEnding(path, formatNames));
  return byName;
}

/** For the eye: they say themselves how many rows they leave out. */
const elides: ReadonlySet<FormatName> = new Set(["pretty", "line"]);
/** A file of several tables is none that a program reads. */
const onePerFile: ReadonlySet<FormatName> = new Set(["csv", "tsv", "json", "ndjson"]);

export interface Titled {
  /** Where the result comes from, when there are several queries. */
  readonly title?: string | undefined;
  readonly table: ResultTable;
}

/** Writes the results; gives the names of the files that were written. Several to standard output stand a blank line apart. */
export async function writeResults(results: readonly Titled[], output: Output): Promise<readonly string[]> {
  const { path, format } = output;
  if (path === undefined) {
    await print(joined(results, output));
    return [];
  }
  if (results.length === 1 || !onePerFile.has(format)) {
    await writeFile(path, joined(results, output));
    return [path];
  }
  const ending = extname(path);
  const names = results.map((_, i) => `${path.slice(0, path.length - ending.length)}-${i + 1}${ending}`);
  for (const [i, name] of names.entries()) await writeFile(name, joined(results.slice(i, i + 1), output));
  return names;
}

function* joined(results: readonly Titled[], { format, layout, limit }: Output): Iterable<string> {
  for (const [i, { title, table }] of results.entries()) {
    if (i > 0) yield "\n";
    if (title !== undefined && elides.has(format)) yield `${title}\n`;
    const cut = limit === undefined || elides.has(format) ? table : firstRows(table, limit);
    yield* formats[format](cut, layout);
  }
}

function firstRows(table: ResultTable, count: number): ResultTable {
  if (table.rows.length <= count) return table;
  return {
    ...table,
    rows: select(
      table.rows,
      Int32Array.from({ length: count }, (_, row) => row),
    ),
  };
}

export async function writeFile(path: string, pieces: Iterable<string>): Promise<void> {
  const stream = createWriteStream(path);
  try {
    await once(stream, "open");
    for (const chunk of chunksOf(pieces)) if (!stream.write(chunk)) await once(stream, "drain");
    stream.end();
    await once(stream, "close");
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException; // what streams emit
    throw usageError(usage.cannotWrite(path, code ?? message));
  }
}
