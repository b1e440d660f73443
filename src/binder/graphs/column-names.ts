import { scalarFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import { impliedName, nextName, type Unnamed } from "../column-names.ts";
import type { ColumnName } from "../names.ts";
import { isElementFunction } from "./calls.ts";
import type { Pattern } from "./pattern.ts";

/** The name of a result column. Inside a call, a property has no name to give, unlike a column. */
export function patternColumnName(
  column: ast.Expr,
  { names }: Pattern,
  bare: ReadonlySet<string>,
  unnamed: Unnamed,
): ColumnName {
  if (column.kind === "Named") return { name: column.names[0]?.name ?? "", declared: true };
  // A node or edge without columns gives no name to what is made of it.
  const given = column.kind === "Name" && bare.has(column.name) ? undefined : nameOf(column);
  return { name: given ?? nextName(unnamed), declared: false };

  function nameOf(expr: ast.Expr): string | undefined {
    if (expr.kind !== "Call") return impliedName(expr);
    const { name } = expr.name;
    const [first, second] = expr.args;
    if (isElementFunction(name) && first) return `${name}_${impliedName(first) ?? ""}`;
    if (foldsPath(expr) && first && second) return `${elementName(first)}_${insideName(second) ?? "Column"}`;
    const { resultName } = scalarFunction(name) ?? {};
    if (typeof resultName !== "object") return undefined;
    return "always" in resultName ? resultName.always : `${resultName.prefix}_`;
  }

  function foldsPath({ name, args: [first] }: ast.Call): boolean {
    if (!isFold(name.name)) return false;
    return first?.kind === "Call" || (first?.kind === "Name" && names.has(first.name));
  }
}

export function isFold(name: string): name is "all" | "any" | "map" {
  return name === "all" || name === "any" || name === "map";
}

function elementName(expr: ast.Expr): string {
  const [inner] = expr.kind === "Call" ? expr.args : [];
  return inner && expr.kind === "Call" ? `${expr.name.name}_${impliedName(inner) ?? ""}` : (impliedName(expr) ?? "");
}

/** What the second argument of `map(e, …)` is called: a column of the edge, or one of its functions. */
function insideName(expr: ast.Expr): string | undefined {
  if (expr.kind !== "Call") return impliedName(expr);
  return isElementFunction(expr.name.name) ? expr.name.name : undefined;
}
