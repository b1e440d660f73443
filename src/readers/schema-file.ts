import { type Field, type ScalarType, type Schema, scalarTypes, typeNamed } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { closest } from "../diagnostics/suggest.ts";

/**
 * The columns that a schema file declares: `{ "columns": [{ "name": "Port", "type": "int" }] }`, or `{ "Port": "int" }`.
 * `name` is the file's, for messages. Throws `KqlError`.
 */
export function parseSchemaFile(name: string, text: string): Schema {
  const value = parseJson(name, text.replace(/^\ufeff/, ""));
  if (!isObject(value)) throw bad(name, faults.shape);
  const { columns } = value;
  const declared = Array.isArray(columns)
    ? declaredColumns(name, value, columns)
    : Object.entries(value).map(([column, type]) => field(name, column, column, type));
  if (declared.length === 0) throw bad(name, faults.empty);
  const seen = new Set<string>();
  for (const { name: column } of declared) {
    if (seen.has(column)) throw bad(name, faults.twice(column));
    seen.add(column);
  }
  return declared;
}

function declaredColumns(
  name: string,
  value: Readonly<Record<string, unknown>>,
  columns: readonly unknown[],
): readonly Field[] {
  const other = Object.keys(value).find((key) => key !== "columns");
  if (other !== undefined) throw bad(name, faults.beside(other));
  return columns.map((column, index) => {
    const place = `columns[${index}]`;
    if (!isObject(column)) throw bad(name, faults.entry(place));
    const extra = Object.keys(column).find((key) => key !== "name" && key !== "type");
    if (extra !== undefined) throw bad(name, faults.extra(extra, place));
    const { name: word, type } = column;
    if (typeof word !== "string" || word === "") throw bad(name, faults.name(place));
    return field(name, place, word, type);
  });
}

function field(name: string, place: string, column: string, type: unknown): Field {
  if (column === "") throw bad(name, faults.name(place));
  if (typeof type !== "string") throw bad(name, faults.type(place));
  const known: ScalarType | undefined = typeNamed(type);
  if (!known) throw new KqlError(problem.unknownType(name, column, type, closest(type, scalarTypes)));
  return { name: column, type: known };
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw bad(name, faults.json(placed(text, thrown instanceof Error ? thrown.message : String(thrown))));
  }
}

/** The message of the JSON parser with line and column in place of its offset. */
function placed(text: string, message: string): string {
  const [, offset] = /\s*(?:in JSON )?at position (\d+)/.exec(message) ?? [];
  if (offset === undefined) return message;
  const before = text.slice(0, Number(offset)).split("\n");
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return message.replace(/\s*(?:in JSON )?at position \d+.*$/s, ` at ${place}`);
}

const faults = problem.schemaFaults;

function bad(name: string, why: string): KqlError {
  return new KqlError(problem.badSchemaFile(name, why));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
