import type * as ast from "../parser/ast.ts";
import type * as statements from "../parser/ast-statements.ts";
import { namesDatabase } from "./databases.ts";
import type { Place } from "./place.ts";
import type { PatternMeaning } from "./scope.ts";

/** Whether an expression that may be either is a table here: a column or a scalar variable hides a table of its name. */
export function isTabular(expr: ast.Expr, place: Place): boolean {
  switch (expr.kind) {
    case "Name": {
      if (place.row?.schema.some((field) => field.name === expr.name)) return false;
      const meaning = place.scope.get(expr.name);
      if (meaning)
        return meaning.kind === "table" || (meaning.kind === "function" && isTabularBody(meaning.declaration, place));
      return expr.name === "_GetWatchlistAlias" || place.context.catalog.table(expr.name) !== undefined;
    }
    case "Call": {
      const { name } = expr.name;
      if (tabular.has(name) || namesDatabase(expr)) return true;
      const meaning = place.scope.get(name);
      if (meaning?.kind === "pattern") return true;
      return meaning?.kind === "function" && isTabularBody(meaning.declaration, { ...place, scope: meaning.scope });
    }
    case "Path":
      return namesDatabase(expr.object) || patternOf(expr.object, place) !== undefined;
    case "MemberCall":
      return namesDatabase(expr.object);
    case "Datascope":
      return isTabular(expr.table, place);
    case "Pipeline":
      return expr.operators.length > 0 || isTabular(expr.source, place);
    case "Print":
    case "Range":
    case "Datatable":
    case "ExternalData":
    case "Union":
    case "Search":
    case "Find":
    case "Evaluate":
    case "MacroExpand":
    case "InlineExternalTable":
    case "CombineView":
      return true;
    default:
      return false;
  }
}

const tabular: ReadonlySet<string> = new Set([
  "materialize",
  "table",
  "materialized_view",
  "external_table",
  "stored_query_result",
  "graph",
  "_GetWatchlist",
  "_GetWatchlistAlias",
]);

/** The pattern that is called: `app("x")`, with or without a path behind it. */
export function patternOf(expr: ast.Expr, { scope }: Place): PatternMeaning | undefined {
  const meaning = expr.kind === "Call" ? scope.get(expr.name.name) : undefined;
  return meaning?.kind === "pattern" ? meaning : undefined;
}

/** Looks at the body with stand-ins for what the function declares itself. */
function isTabularBody({ body, parameters, statements }: statements.FunctionDeclaration, place: Place): boolean {
  if (body.kind === "Missing") return false;
  if (body.kind === "Name") {
    const parameter = parameters.find(({ name }) => name.name === body.name);
    if (parameter) return parameter.type.kind === "tabular";
    const local = statements.find((statement) => statement.kind === "Let" && statement.name.name === body.name);
    if (local?.kind === "Let") return local.value.kind !== "Function" && isTabular(local.value, place);
  }
  if (body.kind === "Call") {
    const local = statements.find((statement) => statement.kind === "Let" && statement.name.name === body.name.name);
    if (local?.kind === "Let" && local.value.kind === "Function") return isTabularBody(local.value, place);
  }
  return isTabular(body, { ...place, row: undefined });
}
