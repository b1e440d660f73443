import { parseDatetime } from "../data/datetime.ts";
import { parseLong } from "../data/integers.ts";
import { parseDynamic } from "../data/json.ts";
import type { ScalarType } from "../data/types.ts";
import type { ColumnReason } from "./columns.ts";

/** The types that can hold a value without a loss, as bits. */
export const kinds = {
  bool: 1,
  long: 2,
  real: 4,
  datetime: 8,
  guid: 16,
  /** A bag or an array in text. */
  tree: 32,
  string: 64,
  /** Any value of JSON. */
  json: 128,
} as const;

/** The first kind that holds all values of a column is its type. */
const preference: readonly (readonly [number, ScalarType])[] = [
  [kinds.bool, "bool"],
  [kinds.long, "long"],
  [kinds.real, "real"],
  [kinds.datetime, "datetime"],
  [kinds.guid, "guid"],
  [kinds.tree, "dynamic"],
  [kinds.string, "string"],
  [kinds.json, "dynamic"],
];

/** A number with leading zeros, or too long, is an identifier: the column keeps its digits. */
const wholeText = /^(?:0|-?[1-9]\d*)$/;
const realText = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const datetimeText = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const guidText = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The kinds that hold a text which stands for whatever it spells. */
export function kindsOfText(text: string): number {
  const first = text.charCodeAt(0);
  if (first === 123 || first === 91) return parseDynamic(text) === undefined ? kinds.string : kinds.string | kinds.tree;
  if (/^(?:true|false)$/i.test(text)) return kinds.string | kinds.bool;
  return kindsOfNumber(text) | kindsOfString(text);
}

/** The kinds that hold a text which is a string, and may be a time or a guid for want of a better way to say so. */
export function kindsOfString(text: string): number {
  if (text.length > 35) return guidText.test(text) ? kinds.string | kinds.guid : kinds.string;
  const isTime = text.length >= 10 && datetimeText.test(text) && parseDatetime(text) !== null;
  return isTime ? kinds.string | kinds.datetime : kinds.string;
}

/** The kinds that hold a number; no more than the string when the text is none. */
export function kindsOfNumber(text: string): number {
  if (wholeText.test(text)) {
    if (parseLong(text) === null) return kinds.string;
    return kinds.string | kinds.long | (Number.isSafeInteger(Number(text)) ? kinds.real : 0);
  }
  return realText.test(text) && Number.isFinite(Number(text)) ? kinds.string | kinds.real : kinds.string;
}

/** What the values of a column have shown so far. */
export class Guess {
  readonly name: string;
  #possible = 255;
  #type: ScalarType = "string";
  #values = 0;
  #ruledOut: ColumnReason["ruledOut"];

  constructor(name: string) {
    this.name = name;
  }

  /** No value can change the type any more. */
  get settled(): boolean {
    return this.#possible === kinds.string || this.#possible === kinds.json;
  }

  /** A value that nobody has to look at. */
  count(): void {
    this.#values++;
  }

  /** A value of `kinds`; `show` gives its text and its place. */
  see(kindsOfValue: number, show: () => { readonly text: string; readonly place: string }): void {
    const possible = this.#possible & kindsOfValue;
    this.#values++;
    if (possible === this.#possible) return;
    const type = preference.find(([kind]) => (possible & kind) !== 0)?.[1] ?? "string";
    if (this.#values > 1 && type !== this.#type) this.#ruledOut = { type: this.#type, ...show() };
    this.#possible = possible;
    this.#type = type;
  }

  reason(): ColumnReason {
    return { name: this.name, type: this.#type, source: "inferred", values: this.#values, ruledOut: this.#ruledOut };
  }
}
