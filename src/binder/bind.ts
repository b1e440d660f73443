import type { Cell } from "../data/column.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import { type Diagnostic, KqlError } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type * as op from "../parser/ast-operators.ts";
import type * as statements from "../parser/ast-statements.ts";
import type { Plan } from "../plan/nodes.ts";
import { unshare } from "../plan/shared.ts";
import type { Catalog } from "./catalog.ts";
import { type BindOptions, Context, NeedsRows, type RequestLimits } from "./context.ts";
import { exprOf } from "./expressions.ts";
import { isTabular } from "./is-tabular.ts";
import { seldom } from "./lazily.ts";
import { bindFacet, bindFork } from "./operators/fork.ts";
import { type Binders, bindConstant, bindTable, type Place } from "./place.ts";
import { bindSet } from "./request-properties.ts";
import { Scope, type Table } from "./scope.ts";
import { bindLet, bindParameters } from "./statements.ts";
import { storedNames } from "./stored.ts";
import { stepsOf, stepsWithin, tableOf } from "./tabular.ts";

/** What `render` says of a result; it changes no row. */
export interface Rendering {
  readonly chart: string;
  readonly properties: ReadonlyMap<string, Cell>;
}

/** One tabular statement of the query. */
export interface BoundResult {
  readonly plan: Plan;
  readonly rendering?: Rendering | undefined;
  /** More rows are an error: `set truncationmaxrecords`. */
  readonly mostRows?: number | undefined;
}

/**
 * bound: plans, ready to run – none when `diagnostics` holds errors.
 * rows: the rows of `plan` decide how the query is bound (toscalar, in (T), bag_unpack): run it and bind again.
 */
export type BindResult =
  | {
      readonly kind: "bound";
      readonly results: readonly BoundResult[];
      readonly diagnostics: readonly Diagnostic[];
      readonly locate: Locate;
    }
  | { readonly kind: "rows"; readonly plan: Plan; readonly locate: Locate };

/** Gives a diagnostic of the plan, which may be about the text of a stored function, its place in the query. */
export type Locate = (diagnostic: Diagnostic) => Diagnostic;

export const standardBinders: Binders = { expr: exprOf, table: tableOf, steps: stepsOf };

/** Names, types and defaults decided. Never throws on what a query can say. Other `binders` may listen, or stand in. */
export function bind(
  tree: statements.Query,
  catalog: Catalog,
  options: BindOptions,
  binders = standardBinders,
): BindResult {
  const context = new Context(catalog, options);
  const locate: Locate = (diagnostic) => context.stored.locate(diagnostic);
  const place: Place = { context, binders, scope: new Scope(storedNames(catalog)), row: undefined };
  try {
    const results = bindStatements(tree, place);
    const plans = unshare(results.map((result) => result.plan));
    const failed = context.diagnostics.some((diagnostic) => diagnostic.severity === "error");
    return {
      kind: "bound",
      results: failed ? [] : results.map((result, i) => ({ ...result, plan: plans[i] ?? result.plan })),
      diagnostics: context.diagnostics.map(locate),
      locate,
    };
  } catch (thrown) {
    if (thrown instanceof NeedsRows) return { kind: "rows", plan: unshare([thrown.plan])[0] ?? thrown.plan, locate };
    if (thrown instanceof KqlError) {
      const diagnostics = [...new Set([...context.diagnostics, ...thrown.diagnostics])].map(locate);
      return { kind: "bound", results: [], diagnostics, locate };
    }
    throw thrown;
  }
}

function bindStatements(tree: statements.Query, place: Place): readonly BoundResult[] {
  const { context } = place;
  const results: BoundResult[] = [];
  const declared: string[] = [];
  let tabular = 0;
  for (const [i, statement] of tree.statements.entries()) {
    switch (statement.kind) {
      case "Let":
        bindLet(statement, place);
        break;
      case "Set":
        bindSet(statement, place);
        break;
      case "DeclareParameters":
        declared.push(...statement.parameters.map((parameter) => parameter.name.name));
        bindParameters(statement, place);
        break;
      case "ExpressionStatement": {
        tabular++;
        const last = !tree.statements.slice(i + 1).some(({ kind }) => kind === "ExpressionStatement");
        const bound = bindResults(statement.expression, last, place);
        results.push(...bound.map((result) => withinLimits(result, context.limits)));
        break;
      }
      case "Alias":
        context.aliases.set(statement.name.name, statement.value);
        break;
      case "DeclarePattern":
        seldom().bindPattern(statement, place);
        break;
      case "Restrict":
        seldom().bindRestrict(statement, place);
    }
  }
  for (const name of context.parameters.keys()) {
    if (!declared.includes(name)) context.report(problem.unknownParameter(name, declared));
  }
  if (tabular === 0 && context.diagnostics.length === 0) context.report(problem.noQuery());
  return results;
}

/** The result within the limits that hold at its statement. */
function withinLimits(result: BoundResult, { take, most, whole }: RequestLimits): BoundResult {
  const { plan } = result;
  const { schema, origin } = plan;
  return {
    ...result,
    plan: take === undefined ? plan : { kind: "Limit", input: plan, count: take, schema, origin },
    mostRows: whole ? undefined : most,
  };
}

/** The results of a statement: several where it ends in `fork`, `facet` or a plugin that counts. */
function bindResults(expression: ast.Expr, isLast: boolean, place: Place): readonly BoundResult[] {
  const several = expression.kind === "Pipeline" && severalTables(expression.operators.at(-1));
  if (expression.kind !== "Pipeline" || !several) return bindResult(expression, isLast, place);
  const inner: Place = { ...place, scope: new Scope(place.scope) };
  const source = bindTable(expression.source, inner);
  const input = source && stepsWithin(expression.operators.slice(0, -1), source, inner);
  if (!input) return [];
  return several(input, inner).flatMap((table) => (table ? [{ plan: table.plan }] : []));
}

type BindSeveral = (input: Table, place: Place) => readonly (Table | undefined)[];

/** Binds an operator that gives several tables; undefined for one that gives a single one. */
function severalTables(operator: op.Operator | undefined): BindSeveral | undefined {
  switch (operator?.kind) {
    case "Fork":
      return (input, place) => bindFork(operator, input, place);
    case "Facet":
      return (input, place) => bindFacet(operator, input, place);
    case "Evaluate": {
      const { bindCounting, isCounting } = seldom();
      return isCounting(operator) ? (input, place) => bindCounting(operator, input, place) : undefined;
    }
    default:
      return undefined;
  }
}

function bindResult(expression: ast.Expr, isLast: boolean, place: Place): readonly BoundResult[] {
  if (expression.kind === "Name" && place.scope.get(expression.name)?.kind === "scalar") {
    place.context.report(problem.tableExpected(expression.span));
    return [];
  }
  if (expression.kind === "Pipeline" && expression.operators.length === 0 && !isTabular(expression.source, place)) {
    return bindResult(expression.source, isLast, place);
  }
  const table = bindTable(expression, place);
  if (!table) return [];
  // The nodes and edges of a graph have names: where statements follow, these say which of them are wanted.
  if (table.several) return isLast ? table.several.map((plan) => ({ plan })) : [];
  return [{ plan: table.plan, rendering: renderOf(expression, place) }];
}

function renderOf(expression: ast.Expr, place: Place): Rendering | undefined {
  const last = expression.kind === "Pipeline" ? expression.operators.at(-1) : undefined;
  if (last?.kind !== "Render") return undefined;
  const properties = new Map<string, Cell>();
  for (const { name, value } of last.options) {
    if (value.kind === "Name") properties.set(name.name, value.name);
    else properties.set(name.name, bindConstant(value, place, `the property \`${name.name}\``)?.value ?? null);
  }
  return { chart: last.chart.name, properties };
}
