import type { ExternalRequest } from "../binder/catalog.ts";
import type { Batch, ScanRequest, TableSource } from "../data/batch.ts";
import type { Cell } from "../data/column.ts";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { ExternalColumns } from "../functions/plugin.ts";
import { addressOf } from "../readers/address.ts";
import { detectKustoFormat, type Format, fileName, isDataFile, kustoFormat } from "../readers/format.ts";
import type { Inflaters } from "../readers/inflate.ts";
import type { Input, Limits } from "../readers/input.ts";
import type { ReadOptions } from "../readers/rules.ts";
import { fileBatches } from "../readers/scan.ts";
import { unpack } from "../readers/unpack.ts";
import { type Mapping, mappedBatches, mappingOf } from "./ingestion-mapping.ts";

/**
 * Finds the data behind an address, which is given as the query has it. Undefined when there is none, which is an error
 * (KQ354) for who asked.
 */
export type ExternalResolver = (url: string) => Promise<Input | undefined>;

export interface ExternalOptions {
  /** Undefined: no address has data. */
  readonly resolve?: ExternalResolver | undefined;
  readonly inflaters?: Inflaters | undefined;
  readonly limits?: Limits | undefined;
}

/**
 * The table of an `externaldata`. Throws `KqlError` for its properties at once; the data is fetched when it is scanned.
 * https://learn.microsoft.com/kusto/query/externaldata-operator
 */
export function externalTable(request: ExternalRequest, options: ExternalOptions): TableSource {
  if (request.describe) return describedTable(request, request.describe, options);
  const { format, skipsFirst, mapping } = propertiesOf(request);
  const read: ReadOptions = { rules: "ingestion", header: skipsFirst ? "present" : "absent" };
  const named = request.uris.map((uri) => format ?? detectKustoFormat(addressOf(uri).path));
  if (skipsFirst) for (const known of named) if (known) checkHeader(known);
  const opened = new Map<string, Promise<readonly Input[]>>();
  return { schema: request.columns, scan };

  async function* scan(wanted: ScanRequest): AsyncGenerator<Batch, void, undefined> {
    for (const [index, uri] of request.uris.entries()) {
      const files = await open(uri);
      for (const file of files) {
        const found = named[index] ?? detectKustoFormat(file.name) ?? "csv";
        if (skipsFirst) checkHeader(found);
        if (mapping) yield* mappedBatches(file, found, request.columns, mapping, read, wanted);
        else yield* fileBatches(file, found, request.columns, read, wanted);
      }
    }
  }

  /** A table that is read twice is fetched once. */
  async function open(uri: string): Promise<readonly Input[]> {
    const pending = opened.get(uri) ?? fetched(uri, options);
    opened.set(uri, pending);
    try {
      return await pending;
    } catch (thrown) {
      opened.delete(uri);
      throw thrown;
    }
  }
}

/** The columns of the files, one row each: what reads them is loaded then. */
function describedTable(request: ExternalRequest, describe: ExternalColumns, options: ExternalOptions): TableSource {
  const format = kustoFormat(describe.format, addressOf(request.uris[0] ?? "").key);
  const schema = request.columns;
  return {
    schema,
    scan: async function* () {
      const { describedFiles } = await import("./described.ts");
      yield* describedFiles(schema, describe, format, {
        copy: (uri) => copyOf(uri, options),
        open: (uri, copy) => unpacked(uri, copy, options),
      });
    },
  };
}

async function copyOf(uri: string, { resolve }: ExternalOptions): Promise<Input> {
  const input = await resolve?.(uri);
  if (!input) throw new KqlError(problem.notPinned(addressOf(uri).key));
  return input;
}

async function fetched(uri: string, options: ExternalOptions): Promise<readonly Input[]> {
  return unpacked(uri, await copyOf(uri, options), options);
}

function unpacked(uri: string, input: Input, options: ExternalOptions): Promise<readonly Input[]> {
  const { path } = addressOf(uri);
  // The copy says best how it is packed: it may be `list.csv` where the address is `list.csv.zip`.
  const packed = isDataFile(input.name) ? fileName(input.name).compression : fileName(path).compression;
  return unpack(input, { ...options, compression: packed ?? "none" });
}

interface Properties {
  readonly format: Format | undefined;
  readonly skipsFirst: boolean;
  readonly mapping: Mapping | undefined;
}

const known = ["format", "ignoreFirstRecord", "ingestionMapping"];
/** Properties that Kusto has, here or for ingestion, and that would change what is read. */
const refused: ReadonlySet<string> = new Set([
  "ingestionmappingreference",
  "ingestionmappingtype",
  "mapping",
  "recreate_schema",
  "zippattern",
]);

function propertiesOf({ options, uris, columns }: ExternalRequest): Properties {
  let format: Format | undefined;
  let mapping: Mapping | undefined;
  let skipsFirst = false;
  const seen = new Set<string>();
  for (const [name, value] of options) {
    const property = name.toLowerCase();
    if (seen.has(property)) throw new KqlError(problem.optionTwice(name));
    seen.add(property);
    if (property === "format") format = formatOf(name, value, addressOf(uris[0] ?? "").key);
    else if (property === "ignorefirstrecord") skipsFirst = flagOf(name, value);
    else if (property === "ingestionmapping") mapping = mappingOf(name, value, columns);
    else if (refused.has(property)) throw new KqlError(problem.optionNotSupported(name));
    else throw new KqlError(problem.unknownOption(name, known));
  }
  return { format, skipsFirst, mapping };
}

function formatOf(name: string, value: Cell, address: string): Format {
  if (typeof value !== "string" || value === "") throw new KqlError(problem.optionValue(name, "the name of a format"));
  return kustoFormat(value, address);
}

function flagOf(name: string, value: Cell): boolean {
  if (typeof value === "boolean") return value;
  // A bare word comes as its text.
  const word = typeof value === "string" ? value.toLowerCase() : "";
  if (word !== "true" && word !== "false") throw new KqlError(problem.optionValue(name, "`true` or `false`"));
  return word === "true";
}

/** Only lines of text have a first one that can be left out. */
function checkHeader(format: Format): void {
  if (format === "ndjson" || format === "multijson" || format === "raw" || format === "parquet") {
    throw new KqlError(problem.noHeaderHere(format === "ndjson" ? "json" : format));
  }
}
