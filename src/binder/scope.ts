import type { ScalarType, Schema } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type * as statements from "../parser/ast-statements.ts";
import type { AggregateCallExpr, Expr, Graph as GraphPlan, Plan, Refused } from "../plan/nodes.ts";
import type { StoredFunction } from "./catalog.ts";

/** A tabular expression with what the binder knows of its rows. */
export interface Table {
  readonly plan: Plan;
  /** The rows have a definite order, so window functions may look at their neighbours. */
  readonly serialized: boolean;
  /** The name that `withsource` shows; absent for anything but a plain table. */
  readonly name?: string | undefined;
  /** What `union` shows in its place: of a table of another database, and of one that a `let` names. */
  readonly behind?: Behind | undefined;
  /** A table of another database: by which name `search` and `find` would show it is not documented. */
  readonly foreign?: boolean | undefined;
  /** It is no table but a graph, with no columns of its own. */
  readonly graph?: Graph | undefined;
  /** A statement that ends here gives these in its place: the nodes and the edges of a graph. */
  readonly several?: readonly Plan[] | undefined;
}

export interface Behind {
  /** None behind more than the name of a table, and where it is not known. */
  readonly name: string | undefined;
  /** A table of another database, whose name says so. */
  readonly foreign?: boolean | undefined;
}

/** The table that `withsource` of `union` shows. */
export function tableBehind({ name, behind }: Table): Behind {
  return behind ?? { name };
}

/** A graph, as the operators so far have made it. */
export interface Graph {
  readonly nodes: Schema;
  readonly edges: Schema;
  /** The type of the value by which a node is known. */
  readonly id: ScalarType;
  readonly made: Pick<GraphPlan, "input" | "tables" | "source" | "target" | "nodes" | "partition" | "components">;
  /** An operator that is not run is part of it. */
  readonly refusal?: Refused | undefined;
}

/** What a name stands for. */
export type Meaning =
  | { readonly kind: "scalar"; readonly expr: Expr; readonly row: Row | undefined }
  | { readonly kind: "table"; readonly table: Table }
  | { readonly kind: "entity group"; readonly group: ast.EntityGroup }
  | FunctionMeaning;

export interface FunctionMeaning {
  readonly kind: "function";
  readonly declaration: statements.FunctionDeclaration;
  readonly scope: Scope;
  /** Kept by the database, and not made by the query. */
  readonly stored?: StoredFunction | undefined;
}

/** Names that stand behind those of the query. */
export interface Names {
  get(name: string): Meaning | undefined;
  names(): Iterable<string>;
}

/** let variables and parameters; inner scopes hide outer ones. */
export class Scope implements Names {
  readonly #parent: Names | undefined;
  readonly #names = new Map<string, Meaning>();

  constructor(parent?: Names) {
    this.#parent = parent;
  }

  get(name: string): Meaning | undefined {
    return this.#names.get(name) ?? this.#parent?.get(name);
  }

  hasOwn(name: string): boolean {
    return this.#names.has(name);
  }

  set(name: string, meaning: Meaning): void {
    this.#names.set(name, meaning);
  }

  /** The scope as it is now: names set later are not seen. */
  snapshot(): Scope {
    const copy = new Scope(this.#parent);
    for (const [name, meaning] of this.#names) copy.#names.set(name, meaning);
    return copy;
  }

  /** Every visible name, inner ones first. */
  *names(): Iterable<string> {
    yield* this.#names.keys();
    if (this.#parent) yield* this.#parent.names();
  }
}

/** The row that an expression is computed from. */
export interface Row {
  readonly schema: Schema;
  readonly serialized: boolean;
  /** Other rows at hand, by the name before the dot: the steps of `scan`. Their columns stand behind those of `schema`. */
  readonly parts?: ReadonlyMap<string, RowPart> | undefined;
  /** Set inside summarize: aggregate calls are collected here and become columns behind the keys. */
  readonly aggregation?: Aggregation | undefined;
}

export interface RowPart {
  readonly schema: Schema;
  /** Where its first column stands. */
  readonly start: number;
}

export interface Aggregation {
  readonly input: Row;
  readonly keyCount: number;
  readonly calls: AggregateCallExpr[];
  readonly spans: Span[];
}

export function rowOf(table: Table): Row {
  return { schema: table.plan.schema, serialized: table.serialized };
}
