import { type BindResult, bind, standardBinders } from "../binder/bind.ts";
import type { Catalog, DatabaseTables } from "../binder/catalog.ts";
import { provideSeldom } from "../binder/lazily.ts";
import type { Binders, Place } from "../binder/place.ts";
import type { Row, Table } from "../binder/scope.ts";
import { binders as seldomBinders } from "../binder/seldom.ts";
import { type Batch, batchOf, type TableSource } from "../data/batch.ts";
import { columnFromCells } from "../data/cells.ts";
import type { Cell } from "../data/column.ts";
import { Decimal } from "../data/decimal.ts";
import type { ScalarType, Schema } from "../data/types.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { nothingAround } from "../engine/surroundings.ts";
import { NeedsLibrary } from "../functions/library.ts";
import { scalarFunction } from "../functions/registry.ts";
import type * as ast from "../parser/ast.ts";
import type * as op from "../parser/ast-operators.ts";
import type * as statements from "../parser/ast-statements.ts";
import type { Expr, Plan } from "../plan/nodes.ts";
import type { EditorSchema } from "./schema.ts";

/** An operator, the table that it gets, and the one that it gives; undefined when it has mistakes. */
export interface Stage {
  readonly operator: op.Operator;
  readonly input: Table;
  readonly output: Table | undefined;
}
/** What the binder made of a query, part by part. Of a function's body as often as it is called. */
export interface Bound {
  readonly stages: readonly Stage[];
  readonly tables: readonly { readonly node: ast.Expr; readonly table: Table }[];
  readonly exprs: readonly { readonly node: ast.Expr; readonly bound: Expr; readonly row: Row | undefined }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Binds a query over tables without rows. Never throws on what a query can say. */
export function boundQuery(tree: statements.Query, schema: EditorSchema | undefined): Bound {
  const stages: Stage[] = [];
  const tables: Bound["tables"][number][] = [];
  const exprs: Bound["exprs"][number][] = [];
  const binders: Binders = {
    expr: (node, place) => {
      const bound = exprWithoutLibrary(node, place);
      exprs.push({ node, bound, row: place.row });
      return bound;
    },
    table: (node, place) => {
      const table = standardBinders.table(node, place);
      if (table) tables.push({ node, table });
      return table;
    },
    steps: standardBinders.steps,
    stepped: (operator, input, output) => stages.push({ operator, input, output }),
  };
  const options = { clock, parameters: new Map<string, string>(), answers: [], standIn };
  let result: BindResult | undefined;
  provideSeldom(seldomBinders);
  try {
    result = bind(tree, catalogOf(schema), options, binders);
  } catch (thrown) {
    // What could be said without the library has been said.
    if (!(thrown instanceof NeedsLibrary)) throw thrown;
    // The next look at the query finds it.
    thrown.load().catch(() => undefined);
  }
  return { stages, tables, exprs, diagnostics: result?.kind === "bound" ? result.diagnostics : [] };
}

/** No editor waits for a library to be loaded: its functions are known by their declarations. */
function exprWithoutLibrary(node: ast.Expr, place: Place): Expr {
  try {
    return standardBinders.expr(node, place);
  } catch (thrown) {
    const fn = node.kind === "Call" ? scalarFunction(node.name.name) : undefined;
    if (!(thrown instanceof NeedsLibrary) || node.kind !== "Call" || !fn) throw thrown;
    const args = node.args.map((arg) => place.binders.expr(arg, place));
    const overload = fn.overloads.find(({ params }) => params.length >= args.length) ?? fn.overloads[0];
    const { returns } = overload;
    const type = typeof returns === "string" && returns !== "common" && returns !== "widest" ? returns : "dynamic";
    return { kind: "Call", fn, overload, args, type, span: node.span };
  }
}

/** Some time; what is shown of a query does not depend on it. */
const clock = { now: 638_396_640_000_000_000n, random: () => 0.5 };

function catalogOf(schema: EditorSchema | undefined): Catalog {
  const tables = shelf(schema?.tables ?? new Map());
  const databases = new Map([...(schema?.databases ?? [])].map(([name, inner]) => [name, shelf(inner)]));
  return {
    ...tables,
    ...nothingAround,
    database: (name) => databases.get(name),
    databaseNames: [...databases.keys()],
    external: ({ columns }) => withoutRows(columns),
  };
}

function shelf(tables: ReadonlyMap<string, Schema>): DatabaseTables {
  const sources = new Map<string, TableSource>();
  return {
    tableNames: [...tables.keys()],
    table: (name) => {
      const columns = tables.get(name);
      if (columns && !sources.has(name)) sources.set(name, withoutRows(columns));
      return sources.get(name);
    },
  };
}

function withoutRows(schema: Schema): TableSource {
  return { schema, scan: async function* () {} };
}

const samples: Readonly<Record<ScalarType, Cell>> = {
  bool: true,
  int: 1,
  long: 1n,
  real: 1,
  decimal: new Decimal(1),
  datetime: clock.now,
  timespan: 36_000_000_000n,
  guid: "00000000-0000-0000-0000-000000000001",
  string: "a",
  dynamic: null,
};

/** Where the rows of a subquery decide: one that any operator can do something with. */
function standIn({ schema }: Plan): Batch {
  return batchOf(
    schema,
    schema.map(({ type }) => columnFromCells(type, [samples[type]])),
    1,
  );
}
