import type { Batch } from "../data/batch.ts";
import { cellAt } from "../data/cells.ts";
import { cellText } from "../data/text.ts";

/** Fields that say where a part comes from, not what it does. */
const remarks: ReadonlySet<string> = new Set(["span", "origin"]);
/** Declarations of the library are equal when they are one object. */
const declarations: ReadonlySet<string> = new Set(["fn", "overload", "plugin"]);

/**
 * True for plans, and parts of plans, that do the same, as far as their form shows it: functions, tables and patterns are
 * equal when they are one object.
 */
export function sameForm(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return !isObject(left) && !isObject(right) && sameScalar(left, right);
  if (Array.isArray(left)) return Array.isArray(right) && sameItems(left, right);
  if (left instanceof Map || left instanceof Set) {
    return (right instanceof Map || right instanceof Set) && sameItems([...left], [...right]);
  }
  if (isBatch(left)) return isBatch(right) && sameRows(left, right);
  if (keepsAll(left)) return sameForm(left.input, right);
  if (keepsAll(right)) return sameForm(left, right.input);
  if (!isPlain(left) || !isPlain(right)) return false;
  const fields = fieldsOf(left);
  const others = fieldsOf(right);
  if (fields.length !== others.length) return false;
  // Sources of tables and the like: objects that do something.
  if (fields.some(([, field]) => typeof field === "function")) return false;
  return fields.every(([name, field], at) => {
    const [otherName, other] = others[at] ?? [];
    if (name !== otherName) return false;
    return declarations.has(name) ? field === other : sameForm(field, other);
  });
}

function sameScalar(left: unknown, right: unknown): boolean {
  return typeof left === typeof right && String(left) === String(right);
}

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, at) => sameForm(item, right[at]));
}

function fieldsOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([name, field]) => !remarks.has(name) && field !== undefined);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** A filter whose condition turned out to be always true. */
function keepsAll(value: object): value is { readonly input: unknown } {
  if (!("kind" in value && value.kind === "Filter" && "predicate" in value && "input" in value)) return false;
  const { predicate } = value;
  if (!isObject(predicate)) return false;
  return "kind" in predicate && predicate.kind === "Literal" && "value" in predicate && predicate.value === true;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isBatch(value: object): value is Batch {
  return "schema" in value && "length" in value && "column" in value && typeof value.column === "function";
}

function sameRows(left: Batch, right: Batch): boolean {
  if (left.length !== right.length || left.schema.length !== right.schema.length) return false;
  return left.schema.every(({ type }, index) => {
    const other = right.schema[index];
    if (other?.type !== type) return false;
    const [one, two] = [left.column(index), right.column(index)];
    return Array.from({ length: left.length }, (_, row) => row).every((row) => {
      const [cell, otherCell] = [cellAt(one, row), cellAt(two, row)];
      if (cell === null || otherCell === null) return cell === otherCell;
      return cellText(type, cell) === cellText(type, otherCell);
    });
  });
}
