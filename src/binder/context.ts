import type { Batch } from "../data/batch.ts";
import { needsGivenRows, tooDeep } from "../diagnostics/catalogue/binding.ts";
import { type Diagnostic, KqlError, type Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type { Clock } from "../plan/evaluate.ts";
import type { Expr, Literal, Plan } from "../plan/nodes.ts";
import { hasGiven, sameExpr } from "../plan/walk.ts";
import type { Catalog } from "./catalog.ts";
import { StoredCalls } from "./stored-calls.ts";

export interface BindOptions {
  readonly clock: Clock;
  /** Values for `declare query_parameters`, as KQL literal text or plain text. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The rows of the subplans that earlier attempts asked for, in that order. */
  readonly answers: readonly Batch[];
  /** Where there are no rows to be had: rows that stand for those of `plan`, with or without errors on record. */
  readonly standIn?: ((plan: Plan) => Batch) | undefined;
}

/** Thrown inside the binder when it cannot go on without rows; `bind` turns it into a result. */
export class NeedsRows extends Error {
  readonly plan: Plan;

  constructor(plan: Plan) {
    super("the rows of a subquery decide how the query is bound");
    this.plan = plan;
  }
}

/** Thrown when rows are asked for that depend on what a subquery is given. */
export class NeedsGiven extends KqlError {}

/** What `set query_bin_auto_size` and `set query_bin_auto_at` give to `bin_auto`. */
export interface AutomaticBins {
  readonly size?: Literal | undefined;
  readonly at?: Literal | undefined;
}

/** What the `set` statements so far ask of the statements behind them. */
export interface RequestLimits {
  /** Rows that a result is cut to. */
  readonly take?: number | undefined;
  /** Rows beyond which a result is an error. */
  readonly most?: number | undefined;
  /** `notruncation`: there is no such number. */
  readonly whole?: boolean | undefined;
}

/** What one binding run knows and collects. */
export class Context {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly parameters: ReadonlyMap<string, string>;
  readonly diagnostics: Diagnostic[] = [];
  /** What `alias database` says: the database by its other name. */
  readonly aliases = new Map<string, ast.Expr>();
  readonly stored = new StoredCalls();
  /** Changes from statement to statement. */
  limits: RequestLimits = {};
  bins: AutomaticBins = {};
  readonly #answers: readonly Batch[];
  readonly #standIn: BindOptions["standIn"];
  readonly #drawn = new Map<ast.Expr, { readonly expr: Expr; readonly value: Expr }[]>();
  #asked = 0;
  #depth = 0;
  #shared = 0;

  constructor(catalog: Catalog, options: BindOptions) {
    this.catalog = catalog;
    this.clock = options.clock;
    this.parameters = options.parameters;
    this.#answers = options.answers;
    this.#standIn = options.standIn;
  }

  report(diagnostic: Diagnostic): void {
    // The same place may be bound several times (a function called twice): one report is enough.
    const [label] = diagnostic.labels;
    const known = this.diagnostics.some(
      (other) =>
        other.code === diagnostic.code &&
        other.message === diagnostic.message &&
        other.labels[0].span.start === label.span.start,
    );
    if (!known) this.diagnostics.push(diagnostic);
  }

  /** What `body` gives; undefined when all that is wrong with it is a missing table, which then goes unreported. */
  unlessTableMissing<T>(body: () => T | undefined): T | undefined {
    const before = this.diagnostics.length;
    const found = body();
    const added = this.diagnostics.slice(before);
    if (added.length > 0 && added.every((diagnostic) => diagnostic.code === "KS204")) {
      this.diagnostics.length = before;
      return undefined;
    }
    return found;
  }

  /** The rows of `plan`. Binding is deterministic, so the n-th question of every attempt is the same question. */
  rowsOf(plan: Plan): Batch {
    if (this.#standIn) return this.#standIn(plan);
    // With errors on record the plan may be incomplete: say them instead of running it.
    const [first, ...others] = this.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
    if (first) throw new KqlError(first, ...others);
    if (hasGiven(plan)) throw new NeedsGiven(needsGivenRows(plan.origin));
    const answer = this.#answers[this.#asked];
    if (!answer) throw new NeedsRows(plan);
    this.#asked++;
    return answer;
  }

  /** The value that `toscalar` has at `place`: drawn once, however often a function with this place is called. */
  drawn(place: ast.Expr, expr: Expr, draw: () => Expr): Expr {
    const known = this.#drawn.get(place) ?? [];
    this.#drawn.set(place, known);
    const found = known.find((one) => sameExpr(one.expr, expr));
    if (found) return found.value;
    const value = draw();
    known.push({ expr, value });
    return value;
  }

  /** Identity of a shared subplan: the same in every attempt. */
  nextShared(): number {
    return this.#shared++;
  }

  nested<T>(span: Span, body: () => T): T {
    if (this.#depth >= 100) throw new KqlError(tooDeep(span));
    this.#depth++;
    try {
      return body();
    } finally {
      this.#depth--;
    }
  }
}
