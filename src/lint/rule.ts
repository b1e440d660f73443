import type { Finding } from "../diagnostics/catalogue/lint.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type * as statements from "../parser/ast-statements.ts";
import type { Plan } from "../plan/nodes.ts";

/** A query that reads well and whose names are known. */
export interface LintedQuery {
  readonly text: string;
  readonly tree: statements.Query;
  /** Empty where the binder found errors. */
  readonly plans: readonly Plan[];
}

/** Something that a query says and hardly means. */
export interface Rule {
  readonly code: Diagnostic["code"];
  /** In comments that switch it off. */
  readonly name: string;
  readonly severity: "warning" | "hint";
  /** One sentence: what is wrong with it. */
  readonly summary: string;
  /** Why that matters, and what to do. */
  readonly why: string;
  /** A query that it speaks of, and the same as it should be. */
  readonly example: { readonly bad: string; readonly good: string };
  /** The official page. */
  readonly docs: string;
  readonly check: (query: LintedQuery) => readonly Finding[];
}

export function sourceText({ text }: LintedQuery, { start, end }: Span): string {
  return text.slice(start, end);
}

/** The word that an operator begins with: `limit`, `order`. */
export function keywordOf(query: LintedQuery, { span }: { readonly span: Span }): string {
  return /^[|\s]*([\w-]+)/.exec(sourceText(query, span))?.[1] ?? "";
}

/** The value of a literal text. */
export function textValue(expr: ast.Expr | undefined): string | undefined {
  return expr?.kind === "Literal" && expr.type === "string" && typeof expr.value === "string" ? expr.value : undefined;
}
