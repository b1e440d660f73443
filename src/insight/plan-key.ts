import { cellAt } from "../data/cells.ts";
import { cellText } from "../data/text.ts";
import type { Schema } from "../data/types.ts";
import type { Plan } from "../plan/nodes.ts";

/** Fields that say where a part comes from, not what it does. */
const remarks: ReadonlySet<string> = new Set(["span", "origin"]);

/**
 * Equal texts for plans that do the same, as far as their form shows it. Keys of one keeper are compared among each
 * other: functions, tables and patterns are equal when they are one object.
 */
export function planKeys(): (plan: Plan) => string {
  const numbers = new Map<object, number>();
  const numberOf = (thing: object): number => {
    const known = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, known);
    return known;
  };
  const keyOf = (value: unknown): string => {
    if (typeof value !== "object" || value === null) return `${typeof value}:${String(value)}`;
    if (Array.isArray(value)) return `[${value.map(keyOf).join(",")}]`;
    if (value instanceof Map || value instanceof Set) return `(${[...value].map(keyOf).join(",")})`;
    if (isBatch(value)) return batchKey(value);
    if (!isPlain(value)) return `#${numberOf(value)}`;
    if (keepsAll(value)) return keyOf(value.input);
    const fields = Object.entries(value).filter(([name, field]) => !remarks.has(name) && field !== undefined);
    // Declarations of the library, sources of tables: objects that do something.
    if (fields.some(([, field]) => typeof field === "function")) return `#${numberOf(value)}`;
    return `{${fields.map(([name, field]) => `${name}=${fieldKey(name, field)}`).join(",")}}`;
  };
  const fieldKey = (name: string, field: unknown): string => {
    if (name === "fn" || name === "overload" || name === "plugin") return `#${numberOf(field as object)}`; // declarations
    // Most of a plan is the columns of its nodes.
    return name === "schema"
      ? (field as Schema).map((one) => `${JSON.stringify(one.name)}:${one.type}`).join()
      : keyOf(field);
  };
  return keyOf;
}

/** A filter whose condition turned out to be always true. */
function keepsAll(value: object): value is { readonly input: unknown } {
  if (!("kind" in value && value.kind === "Filter" && "predicate" in value && "input" in value)) return false;
  const { predicate } = value;
  if (typeof predicate !== "object" || predicate === null) return false;
  return "kind" in predicate && predicate.kind === "Literal" && "value" in predicate && predicate.value === true;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

interface Rows {
  readonly schema: readonly { readonly type: Parameters<typeof cellText>[0] }[];
  readonly length: number;
  column(index: number): Parameters<typeof cellAt>[0];
}

function isBatch(value: object): value is Rows {
  return "schema" in value && "length" in value && "column" in value && typeof value.column === "function";
}

function batchKey(rows: Rows): string {
  const { length } = rows;
  const cells = rows.schema.map(({ type }, index) => {
    const one = rows.column(index);
    return Array.from({ length }, (_, row) => {
      const cell = cellAt(one, row);
      return `${cell === null ? "null" : JSON.stringify(cellText(type, cell))}`;
    });
  });
  return `rows(${cells.join(";")})`;
}
