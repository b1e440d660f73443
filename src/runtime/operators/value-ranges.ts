import type { ValueRange } from "../../data/batch.ts";
import type { Cell } from "../../data/column.ts";
import type { Expr } from "../../plan/nodes.ts";

/** The least and the greatest value of a column, by its position; undefined where they are not known. */
type RangeOf = (column: number) => ValueRange | undefined;

/** True when surely no row passes `predicate` whose columns lie in their ranges. A null passes no comparison. */
export function refusesAll(predicate: Expr, rangeOf: RangeOf): boolean {
  if (predicate.kind !== "Call") return false;
  const [first, second, third] = predicate.args;
  if (!first || !second) return false;
  switch (predicate.fn.name) {
    case "and":
      return refusesAll(first, rangeOf) || refusesAll(second, rangeOf);
    case "or":
      return refusesAll(first, rangeOf) && refusesAll(second, rangeOf);
    case "==":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return (
        apart(first, predicate.fn.name, boundOf(first, second), rangeOf) ||
        apart(second, mirrored[predicate.fn.name], boundOf(second, first), rangeOf)
      );
    case "between":
      if (!third) return false;
      return (
        apart(first, ">=", boundOf(first, second), rangeOf) || apart(first, "<=", endOf(first, second, third), rangeOf)
      );
    default:
      return false;
  }
}

type Comparison = "==" | "<" | "<=" | ">" | ">=";
const mirrored = { "==": "==", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

/** No value of the column stands so to the bound. */
function apart(column: Expr, comparison: Comparison, bound: Cell, rangeOf: RangeOf): boolean {
  const place = columnOf(column);
  if (place === undefined || !isOrdered(bound)) return false;
  const range = rangeOf(place);
  if (!range) return false;
  // Ints and longs compare exactly in JavaScript.
  switch (comparison) {
    case "==":
      return bound < range.least || bound > range.greatest;
    case "<":
      return range.least >= bound;
    case "<=":
      return range.least > bound;
    case ">":
      return range.greatest <= bound;
    case ">=":
      return range.greatest < bound;
  }
}

/** The literal that the column is compared with; null where it is none of the column's type. */
function boundOf(column: Expr, literal: Expr): Cell {
  return literal.kind === "Literal" && literal.type === column.type ? literal.value : null;
}

/** A timespan that ends a range of datetimes is counted from its start. */
function endOf(column: Expr, from: Expr, to: Expr): Cell {
  if (column.type !== "datetime" || to.type !== "timespan") return boundOf(column, to);
  const start = boundOf(column, from);
  const length = to.kind === "Literal" ? to.value : null;
  return typeof start === "bigint" && typeof length === "bigint" ? start + length : null;
}

function isOrdered(cell: Cell): cell is number | bigint {
  return typeof cell === "bigint" || (typeof cell === "number" && !Number.isNaN(cell));
}

/** Every int is the same long. */
function columnOf(expr: Expr): number | undefined {
  if (expr.kind === "Column") return expr.index;
  const [inner] = expr.kind === "Call" && expr.fn.name === "tolong" ? expr.args : [];
  return inner?.kind === "Column" && inner.type === "int" ? inner.index : undefined;
}
