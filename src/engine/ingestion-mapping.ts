import { type Batch, lazyBatch, type ScanRequest } from "../data/batch.ts";
import { cellAt, columnFrom, constantColumn } from "../data/cells.ts";
import type { Cell, Column } from "../data/column.ts";
import { type Dynamic, isArray, isBag } from "../data/dynamic.ts";
import { parseDynamic, printDynamic } from "../data/json.ts";
import type { Field, ScalarType, Schema } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { Format } from "../readers/format.ts";
import type { Input } from "../readers/input.ts";
import { cellParser } from "../readers/parse-cell.ts";
import type { ReadOptions } from "../readers/rules.ts";
import { fileBatches } from "../readers/scan.ts";

/*
 * `ingestionMapping`: where in a record the columns stand, for files whose fields have another order or other names.
 * https://learn.microsoft.com/kusto/management/mappings
 */

/** Where a column comes from; a column that the mapping does not name has no values. */
type Origin =
  | { readonly from: "field"; readonly ordinal: number }
  | { readonly from: "path"; readonly steps: readonly [string, ...(string | number)[]] }
  | { readonly from: "constant"; readonly value: Cell };

export type Mapping = readonly (Origin | undefined)[];

/** Throws `KqlError` for what is no mapping of these columns. */
export function mappingOf(name: string, text: Cell, columns: Schema): Mapping {
  const list = typeof text === "string" ? parseDynamic(text) : undefined;
  if (list === undefined || !isArray(list)) throw new KqlError(problem.optionValue(name, "a JSON list of columns"));
  const origins = new Map<number, Origin>();
  for (const item of list) {
    const column = wordOf(item, "Column") ?? wordOf(item, "Name") ?? "";
    const index = columns.findIndex((field) => field.name === column);
    if (index < 0 || origins.has(index))
      throw new KqlError(problem.optionValue(name, `columns of the table, each once, which \`${column}\` is not`));
    origins.set(index, originOf(name, item, columns[index]?.type ?? "string"));
  }
  return columns.map((_, index) => origins.get(index));
}

function originOf(name: string, item: Dynamic, type: ScalarType): Origin {
  const properties = memberOf(item, "Properties") ?? item;
  if (memberOf(properties, "Transform") !== undefined)
    throw new KqlError(problem.optionNotSupported(`${name} Transform`));
  const constant = wordOf(properties, "ConstValue") ?? wordOf(properties, "ConstantValue");
  if (constant !== undefined) return { from: "constant", value: parsed(type, constant) };
  const ordinal = wordOf(properties, "Ordinal");
  if (ordinal !== undefined && /^\d{1,4}$/.test(ordinal)) return { from: "field", ordinal: Number(ordinal) };
  const path = wordOf(properties, "Path");
  if (path === undefined) throw new KqlError(problem.optionValue(name, "an `Ordinal`, a `Path` or a `ConstValue`"));
  if (!path.startsWith("$")) return { from: "constant", value: parsed(type, path) };
  const [first, ...more] = stepsOf(path) ?? [];
  if (typeof first !== "string") throw new KqlError(problem.optionNotSupported(`${name} ${path}`));
  return { from: "path", steps: [first, ...more] };
}

/** `$.a.b`, `$['a b']`, `$.a[0]`; undefined for what a path may hold beside these. */
function stepsOf(path: string): readonly (string | number)[] | undefined {
  const step = /\.?\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]|\.([^.[\]*'"\s]+)/y;
  const steps: (string | number)[] = [];
  step.lastIndex = 1;
  while (step.lastIndex < path.length) {
    const match = step.exec(path);
    if (!match) return undefined;
    steps.push(match[3] === undefined ? (match[1] ?? match[2] ?? match[4] ?? "") : Number(match[3]));
  }
  return steps;
}

/** The rows of a file, its fields put where the mapping wants them. */
export async function* mappedBatches(
  file: Input,
  format: Format,
  schema: Schema,
  mapping: Mapping,
  read: ReadOptions,
  { columns }: ScanRequest,
): AsyncGenerator<Batch, void, undefined> {
  const { fields, places } = fieldsOf(format, schema, mapping);
  const wanted = new Set([...columns].flatMap((index) => places[index] ?? []));
  for await (const batch of fileBatches(file, format, fields, read, { columns: wanted })) {
    yield lazyBatch(schema, batch.length, (index) => columnOf(batch, schema[index], mapping[index], places[index]));
  }
}

/** The columns that are read from the file, and for each of the table which of them it is made of. */
function fieldsOf(
  format: Format,
  schema: Schema,
  mapping: Mapping,
): { readonly fields: Schema; readonly places: readonly (number | undefined)[] } {
  const json = format === "ndjson" || format === "multijson";
  if (!json && /^(txt|raw|parquet)$/.test(format)) throw new KqlError(problem.optionNotSupported("ingestionMapping"));
  const used = mapping.flatMap((origin) => (origin?.from === "field" ? [origin.ordinal] : []));
  const fields: Field[] = json
    ? []
    : Array.from({ length: Math.max(-1, ...used) + 1 }, (_, i) => ({ name: `${i}`, type: "string" }));
  const taken = new Set<number>();
  const places = mapping.map((origin, index) => {
    if (!origin || origin.from === "constant") return undefined;
    if ((origin.from === "path") !== json)
      throw new KqlError(
        problem.optionValue("ingestionMapping", json ? "a `Path` for JSON" : "an `Ordinal` for fields"),
      );
    const type = origin.from === "path" && origin.steps.length > 1 ? "dynamic" : (schema[index]?.type ?? "string");
    const name = origin.from === "path" ? origin.steps[0] : `${origin.ordinal}`;
    const known = fields.findIndex((field) => field.name === name);
    const place = known < 0 ? fields.length : known;
    if (taken.has(place) && fields[place]?.type !== type)
      throw new KqlError(problem.optionNotSupported("ingestionMapping with two types of one field"));
    fields[place] = { name, type };
    taken.add(place);
    return place;
  });
  return { fields, places };
}

function columnOf(
  batch: Batch,
  field: Field | undefined,
  origin: Origin | undefined,
  place: number | undefined,
): Column {
  const { type } = field ?? { type: "string" };
  if (place === undefined || !origin) return constantColumn(type, origin?.from === "constant" ? origin.value : null);
  const column = batch.column(place);
  if (origin.from !== "path" || origin.steps.length === 1) return column;
  const [, ...steps] = origin.steps;
  return columnFrom(type, batch.length, (row) => inside(cellAt(column, row) as Dynamic, steps, type));
}

function inside(value: Dynamic, steps: readonly (string | number)[], type: ScalarType): Cell {
  let found: Dynamic = value;
  for (const step of steps) {
    if (typeof step === "string") found = isBag(found) ? (found.get(step) ?? null) : null;
    else found = isArray(found) ? (found[step] ?? null) : null;
  }
  if (found === null || type === "dynamic") return found;
  return parsed(type, typeof found === "string" ? found : printDynamic(found));
}

function parsed(type: ScalarType, text: string): Cell {
  if (type === "string") return text;
  return text === "" ? null : (cellParser(type)(text) ?? null);
}

function memberOf(value: Dynamic, name: string): Dynamic | undefined {
  if (!isBag(value)) return undefined;
  for (const [key, member] of value) if (key.toLowerCase() === name.toLowerCase()) return member;
  return undefined;
}

function wordOf(value: Dynamic, name: string): string | undefined {
  const member = memberOf(value, name);
  if (member === undefined || member === null) return undefined;
  return typeof member === "string" ? member : printDynamic(member);
}
