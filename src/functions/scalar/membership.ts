import { columnBuilder, constantColumn } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { dynamicKey } from "../../data/compare.ts";
import { type Dynamic, isArray, isTyped } from "../../data/dynamic.ts";
import { cellText, fromDynamic, toDynamic } from "../../data/text.ts";
import type { ScalarType } from "../../data/types.ts";
import { isNumeric } from "../../data/types.ts";
import { foldCase } from "../algorithms/fold-case.ts";
import { hasTerm, isTerm, termsOf } from "../algorithms/terms.ts";
import { dynamicReader } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { columnar } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import {
  type Call,
  constant,
  type Overload,
  type Param,
  repeated,
  required,
  type ScalarFunction,
} from "../signature.ts";

/* Operators with a list on the right. An item that is an array, or a column of another table, stands for its elements. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const docs = "https://learn.microsoft.com/kusto/query";

/** `x in (…)` is `x == a or x == b …`, so a null is in the list only as an unknown: null when the list has one, else false. */
function member(negated: boolean, folded: boolean): Overload {
  const key = (value: Dynamic) => dynamicKey(folded && typeof value === "string" ? foldCase(value) : value);
  return listed(
    (items) => {
      const known = new Set(items.filter((item) => item !== null).map(key));
      const hasNull = items.includes(null);
      return (value) => {
        if (value === null) return hasNull ? null : negated;
        return known.has(key(value)) !== negated;
      };
    },
    "scalar",
    constant(repeated("item", "scalar")),
  );
}

/** A null among the terms stands in every text, as the empty string does. */
function anyTerm(): Overload {
  return listed((items) => {
    if (items.includes(null)) return () => true;
    const { terms, others } = needles(items);
    return (value) => {
      const text = foldCase(String(value ?? ""));
      if (terms.size > 0 && termsOf(text).some((term) => terms.has(term))) return true;
      return others.some((needle) => hasTerm(text, needle, "both"));
    };
  }, "string");
}

function allTerms(): Overload {
  return listed((items) => {
    const { terms, others } = needles(items.filter((item) => item !== null));
    const wanted = [...terms, ...others];
    return (value) => {
      const text = foldCase(String(value ?? ""));
      return wanted.every((needle) => hasTerm(text, needle, "both"));
    };
  }, "string");
}

/** Most needles are whole terms themselves: those are looked up among the text's terms, however many there are. */
function needles(items: readonly Dynamic[]): {
  readonly terms: ReadonlySet<string>;
  readonly others: readonly string[];
} {
  const folded = items.map((item) => {
    if (typeof item !== "string") throw new Refusal(1, "the list must hold strings");
    return foldCase(item);
  });
  return { terms: new Set(folded.filter(isTerm)), others: folded.filter((needle) => !isTerm(needle)) };
}

type Membership = (value: Dynamic) => boolean | null;

/** An overload whose list is prepared once when it is constant, row by row otherwise. */
function listed(
  prepare: (items: readonly Dynamic[]) => Membership,
  operand: "scalar" | "string",
  item: Param = repeated("item", "scalar"),
): Overload {
  return columnar([required("value", operand), item], "bool", ([value, ...items], call) => {
    if (!value) throw new Error("the operator has a value on its left");
    checkTypes(value.type, items);
    const readers = items.map(dynamicReader);
    const itemsOf = (found: readonly Dynamic[], type: ScalarType) =>
      operand === "scalar" && type === "dynamic" ? asListed(found, value.type) : comparable(found, type, value.type);
    const at = (row: number) =>
      readers.flatMap((read, i) => itemsOf(elements(read(row), items[i]!.type), items[i]!.type));
    if (!items.every((item) => item.constant)) {
      const read = dynamicReader(value);
      return collected(call.rows, (row) => prepare(at(row))(read(row)));
    }
    return overConstants(value, prepare(at(0)), call);
  });
}

function overConstants(value: Column, test: Membership, call: Call): Column {
  const read = dynamicReader(value);
  if (value.constant) return constantColumn("bool", test(read(0)));
  if (value.type !== "string" || value.data.dictionary.length > call.rows) {
    return collected(call.rows, (row) => test(read(row)));
  }
  const { codes, dictionary } = value.data;
  const perCode = Uint8Array.from(dictionary.values, (text) => (test(text) === true ? 1 : 0));
  const out = new Uint8Array(call.rows);
  for (let row = 0; row < out.length; row++) out[row] = perCode[codes[row]!]!;
  return { type: "bool", data: out };
}

function collected(rows: number, at: (row: number) => boolean | null): Column {
  const builder = columnBuilder("bool", rows);
  for (let row = 0; row < rows; row++) builder.push(at(row));
  return builder.finish();
}

/** Arrays inside of arrays are one list. */
function elements(item: Dynamic, type: ScalarType): readonly Dynamic[] {
  return type === "dynamic" && isArray(item) ? item.flatMap((element) => elements(element, type)) : [item];
}

/** Numbers beside a string are their texts, strings beside a number are read as one, as `==` has it. */
function comparable(items: readonly Dynamic[], type: ScalarType, value: ScalarType): readonly Dynamic[] {
  if (value === "string" && isNumeric(type)) return items.map((item) => cellText("dynamic", item));
  if (isNumeric(value) && type === "string") return items.map((item) => toDynamic("real", fromDynamic(item, "real")));
  return items;
}

/** The same of the elements of an array: `s in (dynamic([1, 2]))` is `s in (1, 2)`. */
function asListed(items: readonly Dynamic[], value: ScalarType): readonly Dynamic[] {
  return items.flatMap((item) => {
    const type = typeof item === "string" ? "string" : isNumber(item) ? "real" : "dynamic";
    return comparable([item], type, value);
  });
}

function isNumber(item: Dynamic): boolean {
  if (item !== null && isTyped(item)) return isNumeric(item.typed);
  return typeof item === "number" || typeof item === "bigint";
}

function checkTypes(value: ScalarType, items: readonly Column[]): void {
  for (const [i, item] of items.entries()) {
    const fits = item.type === value || item.type === "dynamic" || value === "dynamic";
    const numbers = (isNumeric(item.type) || item.type === "string") && (isNumeric(value) || value === "string");
    if (fits || numbers) continue;
    throw new Refusal(i + 1, `this item is ${item.type}, but the value on the left is ${value}`);
  }
}

export const membershipFunctions: readonly ScalarFunction[] = [
  define(
    { name: "in", docs: `${docs}/in-cs-operator` },
    "True when the value equals an item of the list.",
    member(false, false),
  ),
  define({ name: "!in", docs: `${docs}/not-in-cs-operator` }, "Not `in`.", member(true, false)),
  define(
    { name: "in~", docs: `${docs}/in-operator` },
    "True when the value equals an item of the list, whatever the case.",
    member(false, true),
  ),
  define({ name: "!in~", docs: `${docs}/not-in-operator` }, "Not `in~`.", member(true, true)),
  define(
    { name: "has_any", docs: `${docs}/has-any-operator` },
    "True when the text has one of the items as a whole term, whatever the case.",
    anyTerm(),
  ),
  define(
    { name: "has_all", docs: `${docs}/has-all-operator` },
    "True when the text has every item as a whole term, whatever the case.",
    allTerms(),
  ),
];
