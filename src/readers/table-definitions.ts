import { type Field, type ScalarType, type Schema, scalarTypes, typeNamed } from "../data/types.ts";
import { tableFaults } from "../diagnostics/catalogue/check.ts";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { closest } from "../diagnostics/suggest.ts";
import { parseSchemaFile } from "./schema-file.ts";

export interface Definitions {
  readonly tables: ReadonlyMap<string, Schema>;
  /** Names of stored functions. */
  readonly functions: ReadonlySet<string>;
}

/**
 * The tables that a file defines, in one of these forms, and the functions by name. Throws `KqlError`.
 * - `.kql`: `.create table T (a:string, b:long)`, `.create-merge table`, `.create tables`, `.create-or-alter function`
 * - `.json`: what `.show database schema as json` gives; `{ "Name": "T", "Properties": [{ "Name": "a", "Type": "String" }] }`,
 *   alone or in a list, as in the repository of Microsoft Sentinel
 * - `.json`: `{ "T": { "a": "string", "b": "long" } }`
 * - `T.schema.json`: the columns of the one table `T`
 */
export function parseTableDefinitions(name: string, text: string): Definitions {
  const own = /([^/\\]+)\.schema\.json$/i.exec(name)?.[1];
  const clean = text.replace(/^\ufeff/, "");
  if (!/\.json$/i.test(name)) return commandTables(name, clean);
  const tables = new Map<string, Schema>();
  const functions = new Set<string>();
  const value = jsonOf(clean);
  collect(name, value, tables, functions);
  if (tables.size + functions.size > 0) return { tables, functions };
  if (own !== undefined) return { tables: new Map([[own, parseSchemaFile(name, clean)]]), functions };
  const plain = plainTables(name, value);
  if (plain) return { tables: plain, functions };
  throw bad(name, value === undefined ? problem.schemaFaults.json("a value is expected") : tableFaults.none);
}

/** Columns by table, each as a schema file has them; undefined when it is something else. */
function plainTables(name: string, value: unknown): ReadonlyMap<string, Schema> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length === 0 || !entries.every(([, columns]) => typeof columns === "object" && columns !== null))
    return undefined;
  return new Map(
    entries.map(([table, columns]) => [table, parseSchemaFile(`${name}: ${table}`, JSON.stringify(columns))]),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** https://learn.microsoft.com/kusto/management/show-schema-database */
function collect(name: string, value: unknown, tables: Map<string, Schema>, functions: Set<string>): void {
  // The answer of the command has the schema as text in a cell.
  const node = typeof value === "string" && value.startsWith("{") ? jsonOf(value) : value;
  if (typeof node !== "object" || node === null) return;
  const { Name: table, OrderedColumns: ordered, Properties: properties, Functions: stored } = node as Json;
  const columns = Array.isArray(ordered) ? ordered : properties;
  if (typeof table === "string" && Array.isArray(columns)) {
    tables.set(
      table,
      columns.map((column) => jsonField(name, column)),
    );
    return;
  }
  if (typeof stored === "object" && stored !== null) for (const key of Object.keys(stored)) functions.add(key);
  for (const inner of Object.values(node)) if (inner !== stored) collect(name, inner, tables, functions);
}

type Json = Readonly<Record<string, unknown>>;

function jsonField(name: string, column: unknown): Field {
  const { Name: field, CslType: kusto, Type: type } = (column ?? {}) as Json;
  if (typeof field !== "string") throw bad(name, problem.schemaFaults.name("Columns"));
  const word = typeof kusto === "string" ? kusto : String(type).replace(/^System\./, "");
  return { name: field, type: typeOf(name, field, word.toLowerCase()) };
}

/** Types of .NET, as dumps have them. */
const dotnet: ReadonlyMap<string, ScalarType> = new Map([
  ["sbyte", "bool"],
  ["object", "dynamic"],
  ["sqldecimal", "decimal"],
  ["data.sqltypes.sqldecimal", "decimal"],
]);

function typeOf(name: string, column: string, word: string): ScalarType {
  const type = typeNamed(word) ?? dotnet.get(word);
  if (type) return type;
  throw new KqlError(problem.unknownType(name, column, word, closest(word, scalarTypes)));
}

const create = /^[ \t]*\.create(?:-merge)?\s+tables?\s+/gm;
const tableName = /\s*(?:\[\s*(?:'([^']+)'|"([^"]+)")\s*\]|([\p{L}_][\p{L}\p{N}_-]*))\s*\(/uy;

const createFunction =
  /^[ \t]*\.(?:create|alter|create-or-alter)\s+function\s+(?:ifnotexists\s+)?(?:with\s*\([^)]*\)\s*)?(?:\[\s*(?:'([^']+)'|"([^"]+)")\s*\]|([\p{L}_][\p{L}\p{N}_-]*))\s*\(/gmu;

/** https://learn.microsoft.com/kusto/management/create-table-command */
function commandTables(name: string, text: string): Definitions {
  // Comments and texts hold no columns; what they hid keeps its length.
  const code = text.replace(/\/\/[^\r\n]*/g, (comment) => " ".repeat(comment.length));
  const tables = new Map<string, Schema>();
  for (const command of code.matchAll(create)) {
    tableName.lastIndex = command.index + command[0].length;
    for (let match = tableName.exec(code); match; match = tableName.exec(code)) {
      const table = match[1] ?? match[2] ?? match[3] ?? "";
      const end = code.indexOf(")", tableName.lastIndex);
      if (end < 0) throw bad(name, tableFaults.open(table));
      tables.set(table, columnsOf(name, table, code.slice(tableName.lastIndex, end)));
      // Several tables stand one after the other, parted by commas.
      const comma = /^\s*,/.exec(code.slice(end + 1));
      if (!comma) break;
      tableName.lastIndex = end + 1 + comma[0].length;
    }
  }
  const functions = new Set<string>();
  for (const [, ...names] of code.matchAll(createFunction)) functions.add(names.find((one) => one !== undefined) ?? "");
  if (tables.size + functions.size === 0) throw bad(name, tableFaults.none);
  return { tables, functions };
}

function columnsOf(name: string, table: string, list: string): Schema {
  const fields = new Map<string, Field>();
  for (const part of list.split(",")) {
    const match = /^\s*(?:\[\s*(?:'([^']+)'|"([^"]+)")\s*\]|([\p{L}_][\p{L}\p{N}_-]*))\s*:\s*([A-Za-z0-9.]+)\s*$/u.exec(
      part,
    );
    if (!match) throw bad(name, tableFaults.column(table, part.trim()));
    const column = match[1] ?? match[2] ?? match[3] ?? "";
    if (fields.has(column)) throw bad(name, problem.schemaFaults.twice(column));
    fields.set(column, { name: column, type: typeOf(name, column, (match[4] ?? "").toLowerCase()) });
  }
  return [...fields.values()];
}

function bad(name: string, why: string): KqlError {
  return new KqlError(problem.badTableDefinitions(name, why));
}
