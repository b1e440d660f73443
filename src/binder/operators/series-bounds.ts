import type { Cell } from "../../data/column.ts";
import type { Decimal } from "../../data/decimal.ts";
import { isNumeric, type ScalarType } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Literal } from "../../plan/nodes.ts";
import { coerce, isBroken } from "../coerce.ts";
import { bindConstant, type Place } from "../place.ts";

/** From where to where the series of a make-series go, and the width of a bin: of the type of the axis, or a timespan. */
export interface SeriesBounds {
  readonly from: Literal | undefined;
  readonly to: Literal | undefined;
  /** `to` lies in the last bin, instead of behind it; and bins begin at multiples of the step, not at `from`. */
  readonly toIncluded: boolean;
  readonly step: Literal;
}

/** Undefined after a report. */
export function bindSeriesBounds(operator: op.MakeSeries, axis: ScalarType, place: Place): SeriesBounds | undefined {
  const { range } = operator;
  if (range.form === "from") {
    const step = bindStep(range.step, axis, place);
    const from = range.from && bindNumber(range.from, axis, "the start of `make-series`", place);
    const to = range.to && bindNumber(range.to, axis, "the end of `make-series`", place);
    if (!step || (range.from && !from) || (range.to && !to)) return undefined;
    return { from, to, toIncluded: false, step };
  }
  const [first, last, width, ...others] = range.args;
  if (!first || !last || !width || others.length > 0) {
    const count = range.args.length;
    place.context.report(problem.wrongArgumentCount(range.span, "in range", "3 arguments", count));
    return undefined;
  }
  const step = bindStep(width, axis, place);
  const from = bindNumber(first, axis, "the start of `make-series`", place);
  const to = bindNumber(last, axis, "the end of `make-series`", place);
  if (!step || !from || !to) return undefined;
  if (!isMultiple(from.value, step.value)) {
    const message = "the bins begin at multiples of the step, and the start is none: write `bin(start, step)`";
    place.context.report(problem.badArgument(first.span, "in range", message));
    return undefined;
  }
  return { from, to, toIncluded: true, step };
}

const widths: readonly ScalarType[] = ["int", "long", "real", "decimal"];

/** Whether a value of type `from` is one of type `to` without a cast. */
export function fits(from: ScalarType, to: ScalarType): boolean {
  return from === to || (isNumeric(from) && widths.indexOf(from) < widths.indexOf(to));
}

function bindStep(expr: ast.Expr, axis: ScalarType, place: Place): Literal | undefined {
  const wanted = axis === "datetime" ? "timespan" : axis;
  if (wanted !== "timespan" && (wanted === "int" || !isNumeric(wanted))) {
    const help = axis === "int" ? "`tolong(…)` makes a long of an int" : undefined;
    place.context.report(
      problem.wrongType(expr.span, "long, real, decimal, datetime or timespan as the axis", axis, help),
    );
    return undefined;
  }
  const step = bindNumber(expr, wanted, "the step of `make-series`", place);
  if (!step) return undefined;
  if (Number(step.value) > 0 && Number(step.value) < Number.POSITIVE_INFINITY) return step;
  place.context.report(problem.badArgument(expr.span, "make-series", "the step is greater than zero"));
  return undefined;
}

function bindNumber(expr: ast.Expr, wanted: ScalarType, what: string, place: Place): Literal | undefined {
  const bound = bindConstant(expr, place, what);
  if (!bound) return undefined;
  if (!fits(bound.type, wanted)) {
    place.context.report(problem.wrongType(expr.span, wanted, bound.type));
    return undefined;
  }
  const value = coerce(place.context, bound, wanted);
  if (value.kind !== "Literal" || isBroken(value)) return undefined;
  if (value.value !== null && !Number.isNaN(value.value)) return value;
  place.context.report(problem.mustNotBeNull(expr.span, what));
  return undefined;
}

function isMultiple(value: Cell, step: Cell): boolean {
  // Both are of one type, or ticks.
  if (typeof value === "bigint") return value % (step as bigint) === 0n;
  if (typeof value === "number") return Math.floor(value / (step as number)) * (step as number) === value;
  return (value as Decimal).mod(step as Decimal).isZero();
}
