import type { Field, ScalarType, Schema } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { Expr } from "../plan/nodes.ts";
import type { Context } from "./context.ts";

/** `name`, or `name1`, `name2`, … – the first that is not in `taken`. */
export function uniqueName(name: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(name)) return name;
  for (let suffix = 1; ; suffix++) {
    const candidate = `${name}${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** The columns of `left`, then those of `right`; what both have is renamed on the right to a name that neither has. */
export function joinedSchema(left: Schema, right: Schema): Schema {
  const onLeft = new Set(left.map((field) => field.name));
  const taken = new Set([...onLeft, ...right.map((field) => field.name)]);
  const fields: Field[] = [...left];
  for (const field of right) {
    const name = onLeft.has(field.name) ? uniqueName(field.name, taken) : field.name;
    taken.add(name);
    fields.push({ name, type: field.type });
  }
  return fields;
}

/** How a result column got its name. declared: the query says it; implied: Kusto derives it and may add a number. */
export interface ColumnName {
  readonly name: string;
  readonly declared: boolean;
  /** Never replaces a column of that name: one of several results that the query does not name. */
  readonly fresh?: boolean | undefined;
}

/** Collects the columns of a project, summarize or print, and names them by Kusto's rules. */
export class OutputColumns {
  readonly #taken = new Set<string>();
  readonly #declared = new Set<string>();
  readonly #fields: Field[] = [];
  readonly #exprs: Expr[] = [];
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  add(expr: Expr, column: ColumnName, span: Span): void {
    this.addNamed(expr, expr.type, column, span);
  }

  addNamed(expr: Expr, type: ScalarType, { name, declared }: ColumnName, span: Span): void {
    if (declared && this.#declared.has(name)) {
      this.#context.report(problem.duplicateColumn(span, name));
      return;
    }
    const unique = uniqueName(name, this.#taken);
    if (declared) this.#declared.add(name);
    this.#taken.add(unique);
    this.#fields.push({ name: unique, type });
    this.#exprs.push(expr);
  }

  get schema(): Schema {
    return this.#fields;
  }

  get outputs(): readonly Expr[] {
    return this.#exprs;
  }
}
