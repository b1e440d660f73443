import type { ScalarType, Schema } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type * as statements from "../parser/ast-statements.ts";
import type { AggregateCallExpr, Expr, Graph as GraphPlan, Plan, Refused } from "../plan/nodes.ts";
import type { DatabaseTables, StoredFunction } from "./catalog.ts";

/** A tabular expression with what the binder knows of its rows. */
export interface Table {
  readonly plan: Plan;
  /** The rows have a definite order, so window functions may look at their neighbours. */
  readonly serialized: boolean;
  /** The name that `withsource` shows; absent for anything but a plain table. */
  readonly name?: string | undefined;
  /** What `union` shows in its place: of a table of another database, and of one that a `let` names. */
  readonly behind?: Behind | undefined;
  /** What was asked of a pattern, `app('x').['y']`: by which name it would be shown is not documented. */
  readonly pattern?: string | undefined;
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
  | PatternMeaning
  | FunctionMeaning;

export interface FunctionMeaning {
  readonly kind: "function";
  readonly declaration: statements.FunctionDeclaration;
  readonly scope: Scope;
  /** Kept by the database, and not made by the query. */
  readonly stored?: StoredFunction | undefined;
}

/** What `declare pattern` declares: a table for each tuple of texts that it lists. */
export interface PatternMeaning {
  readonly kind: "pattern";
  /** The table of a call, and of the path behind it if there is one; undefined after a report. */
  readonly invoke: (call: ast.Call, path?: ast.Name) => Table | undefined;
}

/** What `restrict access` leaves in sight of the statements behind it. */
export interface Restriction {
  /** Of the names that the query gave before it, and of those of stored functions. */
  hides(name: string): boolean;
  /** Of what a database holds. */
  shows(database: DatabaseTables, name: string): boolean;
}

/** Names that stand behind those of the query. */
export interface Names {
  /** `hidden`: whatever a restriction says. */
  get(name: string, hidden?: boolean): Meaning | undefined;
  names(hidden?: boolean): Iterable<string>;
  readonly restriction?: Restriction | undefined;
}

/** let variables and parameters; inner scopes hide outer ones. */
export class Scope implements Names {
  readonly #parent: Names | undefined;
  readonly #names = new Map<string, Meaning>();
  #restriction: Restriction | undefined;

  constructor(parent?: Names) {
    this.#parent = parent;
  }

  get(name: string, hidden = false): Meaning | undefined {
    if (!hidden && this.#restriction?.hides(name)) return undefined;
    return this.#names.get(name) ?? this.#parent?.get(name, hidden);
  }

  get restriction(): Restriction | undefined {
    return this.#restriction ?? this.#parent?.restriction;
  }

  /** From here on, what `restriction` does not show is as good as not there. */
  restrict(restriction: Restriction): void {
    this.#restriction = restriction;
  }

  /** No names of the query, but its restriction. */
  nameless(): Scope {
    return new Scope({ get: () => undefined, names: () => [], restriction: this.restriction });
  }

  /** Every name, as if there were no restriction: what a function may use that the query itself may not. */
  unrestricted(): Scope {
    return new Scope({ get: (name) => this.get(name, true), names: () => this.names(true) });
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
    copy.#restriction = this.#restriction;
    return copy;
  }

  /** Every visible name, inner ones first. */
  *names(hidden = false): Iterable<string> {
    for (const names of [this.#names.keys(), this.#parent?.names(hidden) ?? []])
      for (const name of names) if (hidden || !this.#restriction?.hides(name)) yield name;
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
