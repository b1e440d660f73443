import type { Cell } from "../data/column.ts";
import type { ScalarFunction } from "../functions/signature.ts";
import type { Expr } from "./nodes.ts";

/*
 * Expressions as data, for another thread of the same program: functions go by their names and the places of their
 * overloads, and are looked up again there.
 */

export interface PortableExprs {
  readonly exprs: readonly PortableExpr[];
  /** `Clock.now` of the run. */
  readonly now: bigint;
}

type PortableExpr = Exclude<Expr, { kind: "Call" }> | PortableCall;

interface PortableCall extends Pick<Extract<Expr, { kind: "Call" }>, "kind" | "type" | "span"> {
  readonly name: string;
  /** The place of its overload. */
  readonly overload: number;
  readonly args: readonly PortableExpr[];
}

/** Undefined where one depends on more than its row and the time, or on what cannot be sent. */
export function portableExprs(exprs: readonly Expr[], now: bigint): PortableExprs | undefined {
  const sent = exprs.map(portable);
  return sent.every((expr) => expr !== undefined) ? { exprs: sent, now } : undefined;
}

function portable(expr: Expr): PortableExpr | undefined {
  switch (expr.kind) {
    case "Column":
      return expr;
    case "Literal":
      return isPlain(expr.value) ? expr : undefined;
    case "Call": {
      const { fn, kind, type, span } = expr;
      const overload = fn.overloads.indexOf(expr.overload);
      if (overload < 0 || fn.library || (fn.volatility !== "pure" && fn.volatility !== "query")) return undefined;
      const args = expr.args.map(portable);
      return args.every((arg) => arg !== undefined) ? { kind, name: fn.name, overload, args, type, span } : undefined;
    }
  }
}

/** Numbers, texts, flags, and bags and arrays of such. */
function isPlain(value: Cell): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (value instanceof Map) return [...value.values()].every(isPlain);
  return Array.isArray(value) && value.every(isPlain);
}

/** The expressions that were sent. */
export function receivedExprs(
  { exprs }: PortableExprs,
  functionOf: (name: string) => ScalarFunction | undefined,
): readonly Expr[] {
  return exprs.map(received);

  function received(expr: PortableExpr): Expr {
    if (expr.kind !== "Call") return expr;
    const { kind, name, args, type, span } = expr;
    const fn = functionOf(name);
    const overload = fn?.overloads[expr.overload];
    if (!fn || !overload) throw new Error(`there is no function ${name}`);
    return { kind, fn, overload, args: args.map(received), type, span };
  }
}
