import type { Diagnostic } from "../diagnostic.ts";
import { closest } from "../suggest.ts";

/*
 * What can be wrong with the data a query reads, and with the way to it. A file has no place in the query, so the place
 * (`events.csv:17:3`: line and column) opens the sentence; who knows the query re-points the label.
 */

type Code = Diagnostic["code"];

function error(code: Code, message: string, help?: string): Diagnostic {
  return { code, severity: "error", message, labels: [{ span: { start: 0, end: 0 }, text: "" }], help, stage: "data" };
}

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");
const plural = (count: number, noun: string) => `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
const article = (word: string) => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`);

/** Text as it stands in the data, cut to what fits a sentence; control characters are spelled out. */
function shown(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that spoil a terminal
  return `\`${cut.replace(/[\u0000-\u001f\u007f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}\``;
}

// Formats

export function formatNotSupported(name: string, format: string): Diagnostic {
  return error("KQ300", `${name}: the data format \`${format}\` is not supported yet`);
}

export function unknownFormat(name: string, known: readonly string[]): Diagnostic {
  return error("KQ301", `${name}: the name does not say which format the data has`, `name one of ${list(known)}`);
}

export function notAFormat(format: string, known: readonly string[]): Diagnostic {
  return error("KQ302", `\`${format}\` is not a data format`, `it is one of ${list(known)}`);
}

// Text

export function invalidUtf8(place: string): Diagnostic {
  return error(
    "KQ303",
    `${place}: these bytes are not UTF-8`,
    "save the file as UTF-8, or as UTF-16 with a byte order mark",
  );
}

export function invalidUtf16(name: string): Diagnostic {
  return error("KQ303", `${name}: it starts like UTF-16 text, but is not`);
}

export function nulByte(place: string): Diagnostic {
  const help = "it may be compressed, binary, or UTF-16 without a byte order mark";
  return error("KQ304", `${place}: a NUL byte, so this is not a text file`, help);
}

export function recordTooLong(place: string, limit: string): Diagnostic {
  return error("KQ305", `${place}: one record is longer than ${limit}`, "is a closing quote or bracket missing?");
}

export function emptyFile(name: string): Diagnostic {
  return error("KQ306", `${name}: the file is empty`, "its first line names the columns");
}

// Delimited text

export function unclosedQuote(place: string): Diagnostic {
  return error("KQ307", `${place}: the quote that opens here is never closed`);
}

export function textAfterQuote(place: string): Diagnostic {
  const help = 'a quote inside a quoted field is written twice: `""`';
  return error("KQ308", `${place}: the field goes on after its closing quote`, help);
}

export function fieldCount(place: string, expected: number, found: number): Diagnostic {
  return error("KQ309", `${place}: ${plural(expected, "field")} expected, found ${found}`);
}

export function blankLine(place: string, expected: number): Diagnostic {
  return error("KQ309", `${place}: ${plural(expected, "field")} expected, found a blank line`);
}

export function duplicateHeader(place: string, column: string): Diagnostic {
  return error("KQ310", `${place}: the header names the column ${shown(column)} twice`);
}

export function unnamedColumn(place: string, ordinal: number): Diagnostic {
  return error("KQ311", `${place}: the header gives no name to column ${ordinal}`);
}

export function unknownColumn(place: string, column: string, schema: readonly string[], note?: string): Diagnostic {
  const candidate = closest(column, schema);
  const similar = candidate === undefined ? undefined : `a column with a similar name exists: \`${candidate}\``;
  const help = similar ?? note ?? `the schema has ${list(schema)}`;
  return error("KQ312", `${place}: the column ${shown(column)} is not in the schema`, help);
}

export function carriageReturns(place: string): Diagnostic {
  return error("KQ313", `${place}: the lines end in a lone carriage return`, "end them in \\n or \\r\\n");
}

export function tooManyColumns(place: string, most: number): Diagnostic {
  return error("KQ329", `${place}: there are more than ${most} columns`);
}

// Cells

export function badCell(place: string, column: string, type: string, text: string, note?: string): Diagnostic {
  return error("KQ314", `${place}: the column \`${column}\` expects ${article(type)}, found ${shown(text)}`, note);
}

// JSON

export function badJson(place: string, expected: string, found: string): Diagnostic {
  return error("KQ315", `${place}: ${expected} expected, found ${found === "" ? "the end of the data" : shown(found)}`);
}

export function recordAcrossLines(place: string): Diagnostic {
  const help = "for records that span lines, and for an array of them, the format is `multijson`";
  return error("KQ316", `${place}: the record does not end with its line`, help);
}

export function notARecord(place: string, found: string, lines: boolean): Diagnostic {
  const help = lines && found === "[" ? "for an array of records the format is `multijson`" : undefined;
  return error("KQ317", `${place}: an object is expected here, one per row, found ${shown(found)}`, help);
}

export function jsonTooDeep(place: string): Diagnostic {
  return error("KQ318", `${place}: the value is nested too deeply`);
}

// Archives

export function brokenArchive(name: string, kind: "gzip" | "zip", why: string): Diagnostic {
  return error("KQ320", `${name}: the ${kind} data is damaged: ${why}`);
}

/** Why an archive is damaged. */
export const archiveFaults = {
  checksum: "the check sum does not match",
  directory: "its directory is cut off",
  entry: "a file in it is cut off",
  end: "its end is missing",
  trailing: "there are other bytes behind its end",
} as const;

export function archiveTooLarge(name: string, limit: string): Diagnostic {
  const help = "unpack it first if you trust where it comes from";
  return error("KQ321", `${name}: it expands to more than ${limit}, out of proportion to its size`, help);
}

export function encryptedArchive(name: string): Diagnostic {
  return error("KQ322", `${name}: the file in the zip archive is encrypted`);
}

export function archiveMethod(name: string, method: number): Diagnostic {
  return error("KQ323", `${name}: the compression method ${method} of zip archives is not supported`);
}

export function emptyArchive(name: string): Diagnostic {
  return error("KQ324", `${name}: the zip archive holds no file`);
}

export function mixedArchive(name: string, first: string, second: string): Diagnostic {
  return error("KQ325", `${name}: the zip archive holds files of different formats: \`${first}\`, \`${second}\``);
}

// Parquet

export function brokenParquet(name: string, why: string): Diagnostic {
  return error("KQ326", `${name}: the parquet data cannot be read: ${why}`);
}

/** Why Parquet data cannot be read, where the library does not say. */
export const parquetFaults = {
  rowGroup: "a row group is too large",
  page: "a page is too large",
  cutShort: "a page is cut short",
  dictionary: "a value is not in its dictionary",
  values: (column: string, expected: number, found: number) =>
    `${plural(expected, "value")} of \`${column}\` expected, found ${found}`,
} as const;

export function parquetType(name: string, column: string, type: string): Diagnostic {
  return error("KQ327", `${name}: the column \`${column}\` is of the parquet type ${type}, which is not supported yet`);
}

export function parquetMismatch(name: string, column: string, expected: string, found: string): Diagnostic {
  return error("KQ328", `${name}: the schema says that \`${column}\` is ${article(expected)}, the file holds ${found}`);
}

// Schemas

export function badSchemaFile(name: string, why: string): Diagnostic {
  const help = '{ "columns": [{ "name": "Port", "type": "int" }] }, or { "Port": "int" }';
  return error("KQ330", `${name}: ${why}`, `a schema reads ${help}`);
}

/** A file that defines several tables. */
export function badTableDefinitions(name: string, why: string): Diagnostic {
  return error("KQ330", `${name}: ${why}`);
}

/** What is wrong with a schema file. `place` is `columns[3]`, or the name of a column. */
export const schemaFaults = {
  json: (why: string) => `it is not JSON: ${why}`,
  shape: "an object is expected",
  empty: "it declares no column",
  twice: (column: string) => `it declares the column ${shown(column)} twice`,
  beside: (property: string) => `the property ${shown(property)} has no meaning beside \`columns\``,
  extra: (property: string, place: string) => `the property ${shown(property)} at ${shown(place)} has no meaning`,
  entry: (place: string) => `an object with \`name\` and \`type\` is expected at ${shown(place)}`,
  name: (place: string) => `the name of the column is missing at ${shown(place)}`,
  type: (place: string) => `the type of the column is missing at ${shown(place)}`,
} as const;

export function unknownType(name: string, column: string, type: string, candidate: string | undefined): Diagnostic {
  const help = candidate === undefined ? undefined : `a type with a similar name exists: \`${candidate}\``;
  return error("KQ331", `${name}: the type ${shown(type)} of the column ${shown(column)} is not known`, help);
}

export function sampledSchema(rows: number): string {
  return `the type was read off the first ${rows} rows; \`kqlite schema FILE\` looks at all of them`;
}

const schemaHelp = "declare the columns in `TABLE.schema.json` beside it";

export function noSchema(name: string, format: string): Diagnostic {
  return error("KQ332", `${name}: a schema cannot be read off data in the format \`${format}\``, schemaHelp);
}

export function noRecords(name: string): Diagnostic {
  return error("KQ332", `${name}: there is no record to read a schema off`, schemaHelp);
}

export function oneColumn(name: string, format: string, found: number): Diagnostic {
  const message = `${name}: data in the format \`${format}\` has one column, the schema declares ${found}`;
  return error("KQ333", message);
}

/** Help for a cell that does not fit: where the type of its column comes from. */
export const declaredSchema = "the schema file declares this type";

export function catalogueSchema(table: string): string {
  return `it is the type of this column in the table \`${table}\`; a file \`${table}.schema.json\` can say otherwise`;
}

// Files and tables

export function noSuchFile(path: string): Diagnostic {
  return error("KQ340", `there is no file \`${path}\``);
}

export function unreadableFile(path: string, why: string): Diagnostic {
  return error("KQ341", `the file \`${path}\` cannot be read: ${why}`);
}

/** Why a file cannot be read, by the code of the operating system. */
export const fileFaults: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EISDIR", "it is a folder"],
  ["EMFILE", "too many files are open"],
  ["ELOOP", "its links lead in a circle"],
  ["ENOSPC", "no space is left"],
  ["special", "it is not a regular file"],
]);

export function changedFile(path: string): Diagnostic {
  return error("KQ341", `the file \`${path}\` has changed while it was read`);
}

export function notADirectory(path: string): Diagnostic {
  return error("KQ342", `\`${path}\` is not a folder`);
}

export function sameTable(table: string, first: string, second: string): Diagnostic {
  const help = "the name of a file is the name of its table: rename one, or give it with `-t NAME=FILE`";
  return error("KQ343", `the files \`${first}\` and \`${second}\` both want to be the table \`${table}\``, help);
}

export function orphanSchema(path: string): Diagnostic {
  return error("KQ344", `there is no data beside the schema \`${path}\``);
}

// externaldata

export function unknownOption(name: string, known: readonly string[]): Diagnostic {
  return error("KQ350", `\`externaldata\` has no property \`${name}\``, `it takes ${list(known)}`);
}

export function optionTwice(name: string): Diagnostic {
  return error("KQ352", `\`externaldata\` is given the property \`${name}\` twice`);
}

export function optionNotSupported(name: string): Diagnostic {
  return error("KQ351", `the property \`${name}\` of \`externaldata\` is not supported yet`);
}

export function optionValue(name: string, expected: string): Diagnostic {
  return error("KQ352", `the property \`${name}\` of \`externaldata\` expects ${expected}`);
}

export function noHeaderHere(format: string): Diagnostic {
  const message = `\`ignoreFirstRecord\` is not supported for data in the format \`${format}\``;
  return error("KQ353", message, "it is for files whose first line names the columns");
}

export function notPinned(url: string): Diagnostic {
  const help = `give a file with \`-x '${url}=FILE'\`, or keep a copy of the data with \`kqlite pin FILE\``;
  return error("KQ354", `the external data at \`${url}\` is not pinned`, help);
}

export function checksum(url: string, path: string, expected: string, found: string): Diagnostic {
  const help = `expected sha256 ${expected}, found ${found}; \`kqlite pin FILE\` takes the data as it is now`;
  return error("KQ355", `\`${path}\` is not the pinned copy of \`${url}\``, help);
}

export function pinnedFileMissing(url: string, path: string): Diagnostic {
  const help = "`kqlite pin FILE` fetches it again";
  return error("KQ355", `the pinned copy \`${path}\` of \`${url}\` is not there`, help);
}

const lockHelp = "delete it and run `kqlite pin FILE` again";

export function badLock(path: string, why: string): Diagnostic {
  return error("KQ356", `the lock file \`${path}\` cannot be used: ${why}`, lockHelp);
}

/** What is wrong with a lock file. */
export const lockFaults = {
  json: "it is not JSON",
  version: "it is not a lock file of this version",
  entry: (url: string) => `what it says of \`${url}\` is no object`,
  file: (url: string) => `the file of \`${url}\` is missing`,
  outside: (file: string) => `${shown(file)} is not below its folder`,
  hash: (url: string) => `the sha256 of \`${url}\` is missing`,
  size: (url: string) => `the size of \`${url}\` is missing`,
} as const;

export function hostNotAllowed(host: string, url: string): Diagnostic {
  const help = `allow it with \`--allow-net ${host}\``;
  return error("KQ357", `\`${url}\` leads to the host \`${host}\`, which is not allowed`, help);
}

export function fetchFailed(url: string, why: string): Diagnostic {
  return error("KQ358", `\`${url}\` cannot be fetched: ${why}`);
}

/** Why something cannot be fetched. */
export const fetchFaults = {
  status: (status: number) => `the server answers ${status}`,
  redirects: (most: number) => `there are more than ${most} redirects`,
  url: "it is not a URL",
  protocol: (protocol: string) => `\`${protocol}\` is not a protocol of the web`,
  connection: "the connection fails",
} as const;

/** The same, by the code of the connection. */
export const connectionFaults: ReadonlyMap<string, string> = new Map([
  ["ENOTFOUND", "there is no such host"],
  ["EAI_AGAIN", "the name of the host cannot be looked up"],
  ["ECONNREFUSED", "the connection is refused"],
  ["ECONNRESET", "the connection is cut off"],
  ["UND_ERR_SOCKET", "the connection is cut off"],
]);

export function fetchTooLarge(url: string, limit: string): Diagnostic {
  return error("KQ359", `the data at \`${url}\` is larger than ${limit}`);
}

export function fetchTooSlow(url: string, seconds: number): Diagnostic {
  return error("KQ358", `\`${url}\` cannot be fetched: it took longer than ${plural(seconds, "second")}`);
}

export function fetchCredentials(url: string): Diagnostic {
  const help = "give a file with `-x URL=FILE`";
  return error("KQ358", `\`${url}\` cannot be fetched: the credentials behind its \`;\` are not supported`, help);
}
