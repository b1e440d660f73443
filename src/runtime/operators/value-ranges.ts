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
        apart(first, predicate.fn.name, second, rangeOf) || apart(second, mirrored[predicate.fn.name], first, rangeOf)
      );
    case "between":
      return third !== undefined && (apart(first, ">=", second, rangeOf) || apart(first, "<=", third, rangeOf));
    default:
      return false;
  }
}

type Comparison = "==" | "<" | "<=" | ">" | ">=";
const mirrored = { "==": "==", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

/** No value of the column stands so to the literal. */
function apart(column: Expr, comparison: Comparison, literal: Expr, rangeOf: RangeOf): boolean {
  const place = columnOf(column);
  const bound = literal.kind === "Literal" ? literal.value : null;
  // A timespan that ends a range of datetimes is counted from its start.
  if (place === undefined || literal.type !== column.type || !isOrdered(bound)) return false;
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

function isOrdered(cell: Cell): cell is number | bigint {
  return typeof cell === "bigint" || (typeof cell === "number" && !Number.isNaN(cell));
}

/** Every int is the same long. */
function columnOf(expr: Expr): number | undefined {
  if (expr.kind === "Column") return expr.index;
  const [inner] = expr.kind === "Call" && expr.fn.name === "tolong" ? expr.args : [];
  return inner?.kind === "Column" && inner.type === "int" ? inner.index : undefined;
}
