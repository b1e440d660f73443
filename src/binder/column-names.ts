import { aggregateFunction, scalarFunction } from "../functions/registry.ts";
import type * as ast from "../parser/ast.ts";
import type { Expr } from "../plan/nodes.ts";
import { takesCount } from "./overloads.ts";

/** The name that Kusto gives to an unnamed result column: `d.x` → `d_x`, `bin(t, 1h)` → `t`; undefined when it has none. */
export function impliedName(expr: ast.Expr): string | undefined {
  switch (expr.kind) {
    case "Name":
      return expr.name;
    case "Named":
      return expr.names.length === 1 ? expr.names[0]?.name : undefined;
    case "Path": {
      const object = impliedName(expr.object);
      return object === undefined || expr.name.kind === "Wildcard" ? undefined : `${object}_${expr.name.name}`;
    }
    case "Element": {
      const object = impliedName(expr.object);
      if (object === undefined) return undefined;
      const index = expr.index.kind === "Literal" && expr.index.value !== null ? String(expr.index.value) : "";
      return `${object}_${index}`;
    }
    case "Call":
      return callName(expr);
    case "Pipeline":
      return expr.operators.length === 0 ? impliedName(expr.source) : undefined;
    default:
      return undefined;
  }
}

function callName({ name, args }: ast.Call): string | undefined {
  const scalar = scalarFunction(name.name);
  const aggregate = aggregateFunction(name.name);
  // `hll_merge(a)` merges the rows of a group, `hll_merge(a, b)` two values.
  if (scalar && !(aggregate && !takesCount(scalar.overloads, args.length))) {
    const [first] = args;
    const argument = first && impliedName(first);
    if (scalar.resultName === "none") return undefined;
    if (scalar.resultName === "firstArgument") return argument;
    if (scalar.resultName === "onlyArgument") return args.length === 1 ? argument : undefined;
    if ("always" in scalar.resultName) return scalar.resultName.always;
    return `${scalar.resultName.prefix}_${argument ?? ""}`;
  }
  // Inside of an expression only an aggregate of one column names it: `round(percentile(x, 50))` is `percentile_x_50`.
  if (!aggregate || aggregate.shape === "arguments" || (aggregate.shape === "constants" && args.length !== 2)) {
    return undefined;
  }
  return aggregate.outputName(
    args.map((arg) => ({
      name: impliedName(arg),
      constant: arg.kind === "Literal" && arg.value !== null ? String(arg.value) : undefined,
    })),
    0,
  );
}

/** How many columns without a name there were so far, and the names that the next one must not take. */
export interface Unnamed {
  count: number;
  readonly taken?: ReadonlySet<string> | undefined;
}

/**
 * The name of a result column: as declared, or implied by the expression, or `Column1`, `Column2`, … in turn. What the
 * expression is bound to tells which column `column_ifexists` found.
 */
export function columnName(column: ast.Expr, unnamed: Unnamed, bound?: Expr): { name: string; declared: boolean } {
  if (column.kind === "Named") return { name: column.names[0]?.name ?? "", declared: true };
  if (column.kind === "Name") return { name: column.name, declared: true };
  if (column.kind === "Call" && bound?.kind === "Column" && /^column_?ifexists$/.test(column.name.name))
    return { name: bound.name, declared: false };
  return { name: impliedName(column) ?? nextName(unnamed), declared: false };
}

export function nextName(unnamed: Unnamed): string {
  for (;;) {
    const name = `Column${++unnamed.count}`;
    if (!unnamed.taken?.has(name)) return name;
  }
}
