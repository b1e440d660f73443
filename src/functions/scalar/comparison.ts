import { inDatetimeRange } from "../../data/calendar.ts";
import { type CellOf, type Column, rowMask } from "../../data/column.ts";
import { compareDynamic, dynamicKey } from "../../data/compare.ts";
import { parseDatetime } from "../../data/datetime.ts";
import { type Dynamic, isTyped } from "../../data/dynamic.ts";
import { parseGuid } from "../../data/guid.ts";
import { parseReal } from "../../data/real.ts";
import { boolOf, parseDecimal } from "../../data/text.ts";
import { parseTimespan } from "../../data/timespan.ts";
import type { ScalarType } from "../../data/types.ts";
import { atMostWords, equalWords, lessWords } from "../algorithms/word-arithmetic.ts";
import { boolColumn, bothValid } from "../column-kernels.ts";
import { dynamicReader } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { columnar, rowwise, rowwiseWithNulls } from "../lift.ts";
import { type Call, type Overload, required, type ScalarFunction } from "../signature.ts";

/*
 * Null: `==` of two nulls is null, of a null and a value false; `!=` the other way round; the order of a null and
 * anything is null. https://learn.microsoft.com/kusto/query/scalar-data-types/null-values
 */

const docs = "https://learn.microsoft.com/kusto/query/numerical-operators";
const define = family({ docs });

type Numbers = Uint8Array | Int32Array | Float64Array;
type Loop = (a: Column, b: Column, out: Uint8Array) => void;

const numbers = (column: Column) => column.data as Numbers; // the signature says so

// Written out: a shared loop that calls a comparison costs ten times as much.
const less: Loop = (a, b, out) => {
  const [x, y, m, n] = [numbers(a), numbers(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = x[i & m]! < y[i & n]! ? 1 : 0;
};
const atMost: Loop = (a, b, out) => {
  const [x, y, m, n] = [numbers(a), numbers(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = x[i & m]! <= y[i & n]! ? 1 : 0;
};
const equal: Loop = (a, b, out) => {
  const [x, y, m, n] = [numbers(a), numbers(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = x[i & m]! === y[i & n]! ? 1 : 0;
};
type Compared = "bool" | "int" | "long" | "real" | "datetime" | "timespan";

function sides<T extends Compared | "decimal" | "guid" | "string" | "dynamic">(type: T) {
  return [required("left", type), required("right", type)] as const;
}

function run(
  loop: Loop,
  a: Column,
  b: Column,
  { rows }: Call,
): { readonly out: Uint8Array; readonly constant: boolean } {
  const constant = a.constant === true && b.constant === true;
  const out = new Uint8Array(constant ? 1 : rows);
  loop(a, b, out);
  return { out, constant };
}

/** An order: null where a side is null. `swapped` turns `<` into `>`. */
function ordered(type: Compared, loop: Loop, swapped: boolean): Overload {
  return columnar(sides(type), "bool", ([left, right], call) => {
    const [a, b] = swapped ? [right, left] : [left, right];
    if (!a || !b) throw new Error("a comparison has two sides");
    const { out, constant } = run(loop, a, b, call);
    return boolColumn(out, bothValid(a, b, out.length), constant);
  });
}

/** Equality by a loop over cells; null meets the rule at the top. */
function equality(type: Compared, loop: Loop, negated: boolean): Overload {
  return columnar(sides(type), "bool", ([a, b], call) => {
    if (!a || !b) throw new Error("a comparison has two sides");
    const { out, constant } = run(loop, a, b, call);
    return settled(out, a, b, negated, constant);
  });
}

function settled(out: Uint8Array, a: Column, b: Column, negated: boolean, constant: boolean): Column {
  const same = negated ? 0 : 1;
  if (negated) for (let i = 0; i < out.length; i++) out[i] = 1 - out[i]!;
  if (!a.validity && !b.validity) return boolColumn(out, undefined, constant);
  const validity = new Uint8Array(out.length).fill(1);
  const [m, n] = [rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) {
    const known = a.validity ? a.validity[i & m]! : 1;
    const alsoKnown = b.validity ? b.validity[i & n]! : 1;
    if (known & alsoKnown) continue;
    validity[i] = known | alsoKnown;
    out[i] = 1 - same;
  }
  return boolColumn(out, validity, constant);
}

function cellEquality<T extends "decimal" | "guid">(type: T, negated: boolean): Overload {
  return columnar(sides(type), "bool", ([a, b], call) => {
    if (!a || !b) throw new Error("a comparison has two sides");
    const { out, constant } = run(
      (left, right, target) => {
        const [x, y] = [dynamicReader(left), dynamicReader(right)];
        for (let i = 0; i < target.length; i++) target[i] = dynamicKey(x(i)) === dynamicKey(y(i)) ? 1 : 0;
      },
      a,
      b,
      call,
    );
    return settled(out, a, b, negated, constant);
  });
}

/** A dynamic beside a dynamic or a number: by value and kind. A string is not the number that it spells. */
function dynamicEquality(
  left: "dynamic" | "long" | "real",
  right: "dynamic" | "long" | "real",
  negated: boolean,
): Overload {
  return columnar([required("left", left), required("right", right)], "bool", (args, call) => {
    return perRow(args, call, (a, b) => {
      if (a === null || b === null) return a === b ? null : negated;
      return (dynamicKey(a) === dynamicKey(b)) !== negated;
    });
  });
}

function perRow(args: readonly Column[], { rows }: Call, kernel: (a: Dynamic, b: Dynamic) => boolean | null): Column {
  const [a, b] = args;
  if (!a || !b) throw new Error("a comparison has two sides");
  const constant = a.constant === true && b.constant === true;
  const length = constant ? 1 : rows;
  const [x, y] = [dynamicReader(a), dynamicReader(b)];
  const out = new Uint8Array(length);
  const validity = new Uint8Array(length).fill(1);
  for (let i = 0; i < length; i++) {
    const result = kernel(x(i), y(i));
    if (result === null) validity[i] = 0;
    else out[i] = result ? 1 : 0;
  }
  return boolColumn(out, validity, constant);
}

function dynamicOrder(
  left: "dynamic" | "long" | "real",
  right: "dynamic" | "long" | "real",
  accepts: (order: number) => boolean,
): Overload {
  return columnar([required("left", left), required("right", right)], "bool", (args, call) =>
    perRow(args, call, (a, b) => (isOrdered(a) && isOrdered(b) ? accepts(compareDynamic(a, b)) : null)),
  );
}

function isOrdered(value: Dynamic): boolean {
  if (typeof value === "number" || typeof value === "bigint") return true;
  return isTyped(value) && value.typed !== "guid";
}

/** A string beside a number is compared with its text: `ResultType == 0`. Beside other types it is read as one of them. */
function stringEqualities(negated: boolean): readonly Overload[] {
  const beside = <T extends ScalarType>(type: T, same: (text: string, other: CellOf[T]) => boolean): Overload[] => {
    const [text, other] = [required("text", "string"), required("other", type)];
    // A string is no null: beside a null it is known to differ.
    const kernel = (s: unknown, value: unknown) =>
      (value !== null && same(s as string, value as CellOf[T])) !== negated; // the parameters say so
    return [
      rowwiseWithNulls([text, other], "bool", kernel as never),
      rowwiseWithNulls([other, text], "bool", ((value: unknown, s: unknown) => kernel(s, value)) as never),
    ];
  };
  return [
    ...beside("long", (text, value) => text === String(value)),
    ...beside("real", (text, value) => parseReal(text) === value),
    ...beside("decimal", (text, value) => parseDecimal(text)?.equals(value) ?? false),
    ...beside("bool", (text, value) => boolOf(text) === value),
    ...beside("guid", (text, value) => parseGuid(text) === value),
    ...beside("datetime", (text, value) => parseDatetime(text) === value),
    ...beside("timespan", (text, value) => parseTimespan(text) === value),
  ];
}

function equalities(negated: boolean): [Overload, ...Overload[]] {
  return [
    rowwise(sides("string"), "bool", (a, b) => (a === b) !== negated),
    equality("long", equalWords, negated),
    equality("int", equal, negated),
    equality("real", equal, negated),
    equality("bool", equal, negated),
    equality("datetime", equalWords, negated),
    equality("timespan", equalWords, negated),
    cellEquality("decimal", negated),
    cellEquality("guid", negated),
    dynamicEquality("dynamic", "dynamic", negated),
    dynamicEquality("dynamic", "long", negated),
    dynamicEquality("long", "dynamic", negated),
    dynamicEquality("dynamic", "real", negated),
    dynamicEquality("real", "dynamic", negated),
    ...stringEqualities(negated),
  ];
}

function orders(strict: boolean, swapped: boolean): [Overload, ...Overload[]] {
  const accepts = (order: number) => (order === 0 ? !strict : swapped ? order > 0 : order < 0);
  const [loop, loop64] = strict ? [less, lessWords] : [atMost, atMostWords];
  return [
    ordered("long", loop64, swapped),
    ordered("int", loop, swapped),
    ordered("real", loop, swapped),
    ordered("bool", loop, swapped),
    ordered("datetime", loop64, swapped),
    ordered("timespan", loop64, swapped),
    rowwise(sides("decimal"), "bool", (a, b) => accepts(a.comparedTo(b))),
    dynamicOrder("dynamic", "dynamic", accepts),
    dynamicOrder("dynamic", "long", accepts),
    dynamicOrder("long", "dynamic", accepts),
    dynamicOrder("dynamic", "real", accepts),
    dynamicOrder("real", "dynamic", accepts),
  ];
}

/** `low <= value and value <= high`: false when either side is known to fail, else null when a bound is null. */
function ranged(type: Compared, negated: boolean): Overload {
  const loop = type === "int" || type === "real" || type === "bool" ? atMost : atMostWords;
  const params = [required("value", type), required("low", type), required("high", type)];
  return columnar(params, "bool", (args, call) => within(args, loop, negated, call));
}

function within([value, low, high]: readonly Column[], loop: Loop, negated: boolean, call: Call): Column {
  if (!value || !low || !high) throw new Error("`between` has a value and two bounds");
  const above = run(loop, low, value, call);
  const below = run(loop, value, high, call);
  const constant = above.constant && below.constant;
  const length = constant ? 1 : call.rows;
  const [m, n] = [above.constant ? 0 : -1, below.constant ? 0 : -1];
  const aboveValid = bothValid(low, value, above.out.length);
  const belowValid = bothValid(value, high, below.out.length);
  const out = new Uint8Array(length);
  const validity = aboveValid || belowValid ? new Uint8Array(length) : undefined;
  for (let i = 0; i < length; i++) {
    const p = above.out[i & m]!;
    const q = below.out[i & n]!;
    const known = aboveValid?.[i & m] ?? 1;
    const alsoKnown = belowValid?.[i & n] ?? 1;
    const inside = p & q;
    out[i] = negated ? 1 - inside : inside;
    if (!validity) continue;
    const fails = (known === 1 && p === 0) || (alsoKnown === 1 && q === 0);
    if (fails) out[i] = negated ? 1 : 0;
    validity[i] = fails ? 1 : known & alsoKnown;
  }
  return boolColumn(out, validity, constant);
}

function ranges(negated: boolean): [Overload, ...Overload[]] {
  const decimal = [required("value", "decimal"), required("low", "decimal"), required("high", "decimal")] as const;
  const spanned = [required("value", "datetime"), required("low", "datetime"), required("high", "timespan")] as const;
  return [
    ranged("long", negated),
    ranged("int", negated),
    ranged("real", negated),
    ranged("bool", negated),
    ranged("datetime", negated),
    ranged("timespan", negated),
    rowwise(decimal, "bool", (value, low, high) => (value.gte(low) && value.lte(high)) !== negated),
    // between (t .. 1h): the upper bound is counted from the lower one.
    rowwise(spanned, "bool", (value, low, span) => {
      const high = inDatetimeRange(low + span);
      return high === null ? null : (value >= low && value <= high) !== negated;
    }),
  ];
}

export const comparisonFunctions: readonly ScalarFunction[] = [
  define({ name: "==", docs }, "True when both are equal; strings with regard to case.", ...equalities(false)),
  define({ name: "!=", docs }, "True when they are not equal; strings with regard to case.", ...equalities(true)),
  define({ name: "<", docs }, "True when the left side is smaller or earlier.", ...orders(true, false)),
  define({ name: "<=", docs }, "True when the left side is not greater or later.", ...orders(false, false)),
  define({ name: ">", docs }, "True when the left side is greater or later.", ...orders(true, true)),
  define({ name: ">=", docs }, "True when the left side is not smaller or earlier.", ...orders(false, true)),
  define(
    { name: "between", docs: "https://learn.microsoft.com/kusto/query/between-operator" },
    "True when the value lies between the bounds, both included.",
    ...ranges(false),
  ),
  define(
    { name: "!between", docs: "https://learn.microsoft.com/kusto/query/not-between-operator" },
    "True when the value lies outside the bounds.",
    ...ranges(true),
  ),
];
