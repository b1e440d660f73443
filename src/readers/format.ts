import { formatNotSupported, notAFormat } from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";

/**
 * How bytes spell rows.
 * `ndjson` is what Kusto calls `json`: an object per line; `multijson` takes objects in any layout, and arrays of them.
 */
export type Format = "csv" | "tsv" | "psv" | "scsv" | "sohsv" | "txt" | "raw" | "ndjson" | "multijson" | "parquet";

/** The words of `with (format=…)`. https://learn.microsoft.com/azure/data-explorer/ingestion-supported-formats */
const kustoFormats: ReadonlyMap<string, Format> = new Map([
  ["csv", "csv"],
  ["tsv", "tsv"],
  ["psv", "psv"],
  ["scsv", "scsv"],
  ["sohsv", "sohsv"],
  ["txt", "txt"],
  ["raw", "raw"],
  ["json", "ndjson"],
  ["multijson", "multijson"],
  ["parquet", "parquet"],
]);

const unsupported = [
  "apacheavro",
  "avro",
  "azmonstream",
  "orc",
  "singlejson",
  "sstream",
  "tsve",
  "w3clogfile",
] as const;

/** File endings beside the formats' own names. */
const endings: ReadonlyMap<string, Format> = new Map([
  ...[...kustoFormats].filter(([word]) => word !== "json"),
  ["tab", "tsv"],
  ["ndjson", "ndjson"],
  ["jsonl", "ndjson"],
]);

const unsupportedEndings: ReadonlyMap<string, string> = new Map([
  ["avro", "avro"],
  ["orc", "orc"],
  ["log", "w3clogfile"],
]);

/** The format words that a user of local files may give. */
export const formatNames: readonly string[] = [...kustoFormats.keys(), "ndjson"];

/** The format that a word of `with (format=…)` means; an error for the others. Words are case-insensitive. */
export function kustoFormat(word: string, name: string): Format {
  const lower = word.toLowerCase();
  const format = kustoFormats.get(lower);
  if (format) return format;
  if ((unsupported as readonly string[]).includes(lower)) throw new KqlError(formatNotSupported(name, lower));
  throw new KqlError(notAFormat(word, [...kustoFormats.keys()]));
}

/** The format that a user of local files names: JSON in any layout, by either word. */
export function formatNamed(word: string): Format {
  const lower = word.toLowerCase();
  if (lower === "json") return "multijson";
  return lower === "ndjson" || lower === "jsonl" ? "ndjson" : kustoFormat(lower, "the file");
}

export type Compression = "gz" | "zip";

export interface FileName {
  /** The name without folder, format and compression: that of the table. */
  readonly stem: string;
  readonly ending: string;
  readonly compression: Compression | undefined;
}

/** `logs/Events.csv.gz` is stem `Events`, ending `csv`, compression `gz`. */
export function fileName(path: string): FileName {
  let rest = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const packed = /\.(gz|zip)$/i.exec(rest);
  if (packed) rest = rest.slice(0, packed.index);
  const compression = packed ? (packed[1]!.toLowerCase() as Compression) : undefined; // the regex names the two
  const dot = rest.lastIndexOf(".");
  if (dot <= 0) return { stem: rest, ending: "", compression };
  return { stem: rest.slice(0, dot), ending: rest.slice(dot + 1).toLowerCase(), compression };
}

/** The format of a local file by its name; undefined when the name does not say. An error for known formats without a reader. */
export function detectFormat(path: string): Format | undefined {
  const { ending } = fileName(path);
  const known = unsupportedEndings.get(ending);
  if (known) throw new KqlError(formatNotSupported(path, known));
  return ending === "json" ? "multijson" : endings.get(ending);
}

/** The name is that of data, in a format that is read or one that is refused by name. */
export function isDataFile(path: string): boolean {
  const { ending, compression } = fileName(path);
  return (
    ending === "json" ||
    endings.has(ending) ||
    unsupportedEndings.has(ending) ||
    (compression !== undefined && ending === "")
  );
}

/** The format of external data by its address. Kusto reads `.json` line by line. */
export function detectKustoFormat(path: string): Format | undefined {
  return fileName(path).ending === "json" ? "ndjson" : detectFormat(path);
}
