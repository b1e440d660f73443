import { standardBinders } from "../binder/bind.ts";
import type { Binders } from "../binder/place.ts";
import type { Table } from "../binder/scope.ts";
import type { Batch } from "../data/batch.ts";
import { collect } from "../data/concat.ts";
import type { Schema } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type * as op from "../parser/ast-operators.ts";
import type * as statements from "../parser/ast-statements.ts";
import type { Plan } from "../plan/nodes.ts";
import { hasGiven, mapInputs } from "../plan/walk.ts";
import { execute } from "../runtime/execute.ts";
import type { Database, Prepared, QueryOptions } from "./database.ts";
import { located } from "./results.ts";

/** One operator of a pipeline, or the source that begins it. */
export interface Step {
  readonly span: Span;
  /** The columns that it gets; absent for a source. */
  readonly input?: Schema | undefined;
  /** The columns that it gives; absent for what gives several tables (`fork`, `facet`), or a graph in place of one. */
  readonly schema?: Schema | undefined;
  /** What it gives; absent when rows were not asked for, or differ each time the subquery around it runs. */
  readonly rows?: Batch | undefined;
  /** The pipelines inside of it: the right side of a join, the body of `mv-apply`. */
  readonly inner: readonly Pipeline[];
}

export interface Pipeline {
  /** The name that `let` gives it. */
  readonly name?: string | undefined;
  readonly span: Span;
  readonly steps: readonly Step[];
}

export interface Explained extends Prepared {
  readonly pipelines: readonly Pipeline[];
}

/** A part of the query, and the table that the binder made of it. */
interface Made {
  readonly plans: Map<object, Plan>;
  /** What operators are given. */
  readonly inputs: Map<object, Plan>;
  /** What is bound for its rows alone, while the query is bound: its rows are not those of the query at hand. */
  readonly early: Set<object>;
  /** Those of which no table was made, but a graph, or two tables that have names. */
  readonly untold: Set<object>;
}

/**
 * What a query does, pipe by pipe. With `rows` it runs, unoptimized, and every step tells what it gave: each step once,
 * so that all see the same rows, those drawn by lot too. Throws `KqlError`, as `query` does.
 */
export async function steps(
  database: Database,
  text: string,
  options: QueryOptions & { readonly rows?: boolean | undefined } = {},
): Promise<Explained> {
  let made: Made = { plans: new Map(), inputs: new Map(), early: new Set(), untold: new Set() };
  const prepared = await database.prepare(text, {
    ...options,
    // Each attempt to bind the query begins anew: the last one counts.
    binders: () => {
      made = { plans: new Map(), inputs: new Map(), early: new Set(), untold: new Set() };
      return listening(made);
    },
  });
  const tapped = tapping(new Set(made.plans.values()));
  const outline = pipelinesIn(prepared.tree, made);
  const pipelines: Pipeline[] = [];
  for (const one of outline) pipelines.push(await filled(one));
  return { ...prepared, pipelines };

  async function filled({ name, span, nodes }: Outline): Promise<Pipeline> {
    const found: Step[] = [];
    for (const { node, plan, inner } of nodes) {
      const told = made.untold.has(node) ? undefined : plan;
      const knows = options.rows === true && told && !made.early.has(node) && !hasGiven(told);
      const rows = knows
        ? await located(prepared.locate, () => collect(execute(tapped(told), prepared.run), told.schema))
        : undefined;
      const below: Pipeline[] = [];
      for (const one of inner) below.push(await filled(one));
      found.push({ span: node.span, input: made.inputs.get(node)?.schema, schema: told?.schema, rows, inner: below });
    }
    return { name, span, steps: found };
  }
}

function listening({ plans, inputs, early, untold }: Made): Binders {
  let asking = 0;
  const note = (node: object, table: Table | undefined) => {
    if (!table) return;
    plans.set(node, table.plan);
    if (table.graph || table.several) untold.add(node);
    if (asking > 0) early.add(node);
  };
  return {
    ...standardBinders,
    expr: (node, place) => {
      // A table inside of an expression is run for its rows, before the query itself.
      asking++;
      try {
        return standardBinders.expr(node, place);
      } finally {
        asking--;
      }
    },
    table: (node, place) => {
      const table = standardBinders.table(node, place);
      note(node, table);
      return table;
    },
    stepped: (operator, input, output) => {
      inputs.set(operator, input.plan);
      note(operator, output);
    },
  };
}

/** Plans in which the rows of each of `stages` are kept, and made once. */
function tapping(stages: ReadonlySet<Plan>): (plan: Plan) => Plan {
  const known = new Map<Plan, Plan>();
  // Those of the query count up from 0.
  let id = -1;
  const visit = (plan: Plan): Plan => {
    const before = known.get(plan);
    if (before) return before;
    const inner = mapInputs(plan, visit);
    const { schema, origin } = plan;
    const next: Plan =
      stages.has(plan) && plan.kind !== "Shared" && !hasGiven(plan)
        ? { kind: "Shared", id: id--, drawn: false, inlined: false, name: "", input: inner, schema, origin }
        : inner;
    known.set(plan, next);
    return next;
  };
  return visit;
}

interface Outline {
  readonly name?: string | undefined;
  readonly span: Span;
  readonly nodes: readonly {
    readonly node: { readonly span: Span };
    readonly plan: Plan | undefined;
    readonly inner: readonly Outline[];
  }[];
}

/** The pipelines of the statements. Functions have theirs where they are called, and are left out. */
function pipelinesIn(tree: statements.Query, made: Made): readonly Outline[] {
  return tree.statements.flatMap((statement) => {
    if (statement.kind === "ExpressionStatement") return pipelinesBelow(statement.expression, made, undefined);
    if (statement.kind !== "Let" || statement.value.kind === "Function") return [];
    return pipelinesBelow(statement.value, made, statement.name.name);
  });
}

/** `value` as a pipeline, or the outermost ones in it. */
function pipelinesBelow(value: unknown, made: Made, name: string | undefined): readonly Outline[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => pipelinesBelow(each, made, undefined));
  const node = value as Partial<ast.Pipeline> & { readonly operators?: readonly op.Operator[] }; // looked at below
  const plan = made.plans.get(value);
  if (node.span && (node.operators || plan)) {
    const parts = [
      ...(node.operators ? (node.source ? [node.source] : []) : [node as ast.Expr]),
      ...(node.operators ?? []),
    ];
    const nodes = parts.flatMap((part) => {
      const one = { node: part, plan: made.plans.get(part), inner: innerOf(part, made) };
      return one.plan || one.inner.length > 0 ? [one] : [];
    });
    return nodes.length > 0 ? [{ name, span: node.span, nodes }] : [];
  }
  return Object.entries(value).flatMap(([key, inner]) => (key === "span" ? [] : pipelinesBelow(inner, made, name)));
}

function innerOf(part: object, made: Made): readonly Outline[] {
  const { operators, source } = part as Partial<ast.Pipeline>; // a pipeline in parentheses is a source like any other
  if (operators) return pipelinesBelow({ source, operators, span: (part as ast.Pipeline).span }, made, undefined);
  return Object.entries(part).flatMap(([key, value]) =>
    key === "span"
      ? []
      : pipelinesBelow(value, made, undefined).filter(({ nodes }) => nodes.length > 1 || isWorth(nodes[0]?.node)),
  );
}

/** A name alone says nothing that the text does not. */
function isWorth(node: object | undefined): boolean {
  return node !== undefined && "kind" in node && node.kind !== "Name";
}
