import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { pluginNamed } from "../functions/plugins/registry.ts";
import type * as op from "../parser/ast-operators.ts";
import type * as statements from "../parser/ast-statements.ts";
import { parse } from "../parser/parse.ts";
import * as t from "../parser/tokens.ts";
import type { Plan } from "../plan/nodes.ts";
import { inputsOf } from "../plan/walk.ts";
import { type Bound, boundQuery } from "./bound.ts";
import { lexemesOf } from "./lexemes.ts";
import { walk } from "./nodes.ts";
import type { EditorSchema } from "./schema.ts";

/** About columns and types: nothing to say where the columns are not known. */
const aboutColumns: ReadonlySet<string> = new Set([
  ..."KS142 KS145 KS106 KS108 KS109 KS116 KS119 KS120 KS141 KS182 KS227 KS236 KS242 KQ205 KQ211".split(" "),
]);
/** About what a name stands for. */
const aboutNames: ReadonlySet<string> = new Set(["KS142", "KS204", "KS211", "KS108", "KS111"]);
const noTable = "KS204";
/** What is given when the query runs: not known here, and no mistake. */
const atRun: ReadonlySet<string> = new Set(["KQ207", "KS208", "KQ230", "KQ231"]);

/**
 * Everything that is wrong with a query, in the order of the text. Without a schema nothing is said about tables and
 * their columns; nor is it about columns that only rows can tell, as those of `evaluate bag_unpack(…)`; and what follows
 * from a mistake is not said again.
 */
export function diagnose(text: string, schema?: EditorSchema): readonly Diagnostic[] {
  if (lexemesOf(text).lexemes.length === 0) return parse(text).diagnostics;
  const { tree, diagnostics: syntax } = parse(text);
  const bound = boundQuery(tree, schema);
  const unsure = unsureSpans(text, bound, syntax);
  const lost = lostNames(text, tree, [...syntax, ...bound.diagnostics]);
  const tables = schema === undefined ? perhapsTables(tree) : new Set<number>();
  const semantic = bound.diagnostics.filter((diagnostic) => {
    const { code, labels } = diagnostic;
    const { start, end } = labels[0].span;
    if (atRun.has(code) || (schema === undefined && (code === noTable || tables.has(start)))) return false;
    if (code === "KQ213" && syntax.length > 0) return false;
    // It says of the whole what is wrong with a part.
    if (syntax.some(({ labels: [{ span }] }) => span.start >= start && span.start < end)) return false;
    if (aboutNames.has(code) && lost.has(text.slice(start, end))) return false;
    return !aboutColumns.has(code) || !unsure.some((span) => span.start <= start && start <= span.end);
  });
  return [...syntax, ...semantic].sort((a, b) => a.labels[0].span.start - b.labels[0].span.start);
}

/** Where names stand that may be those of tables: `let x = Name`, `f(Name)`, `in (Name)`. */
function perhapsTables(tree: statements.Query): ReadonlySet<number> {
  const starts = new Set<number>();
  walk(tree, ({ kind, span }, role, parent) => {
    if (kind !== "Name") return;
    if (role === "args" || role === "list" || (role === "value" && parent?.kind === "Let")) starts.add(span.start);
  });
  return starts;
}

/** Operators over tables whose columns are not all known. */
function unsureSpans(
  text: string,
  { stages, tables, diagnostics }: Bound,
  syntax: readonly Diagnostic[],
): readonly Span[] {
  const open = new Set<Plan>();
  const closed = new Set<Plan>();
  const isOpen = (plan: Plan): boolean => {
    if (open.has(plan)) return true;
    if (closed.has(plan)) return false;
    const found = inputsOf(plan).some(isOpen);
    (found ? open : closed).add(plan);
    return found;
  };
  const failed = (span: Span) =>
    diagnostics.some(({ labels: [{ span: at }] }) => at.start >= span.start && at.end <= span.end) ||
    syntax.some(({ labels: [{ span: at }] }) => at.start >= span.start && !/[|;]/.test(text.slice(span.end, at.start)));
  const unsure: Span[] = [];
  // In the order in which they were bound: what comes in is known before what goes out.
  for (const { operator, input, output } of stages) {
    const { span } = operator;
    const inside = tables.filter(({ node }) => node.span.start >= span.start && node.span.end <= span.end);
    const unknown = isOpen(input.plan) || inside.some(({ table }) => isOpen(table.plan));
    if (unknown) unsure.push(span);
    const changes = output?.plan.schema !== input.plan.schema;
    if (output && changes && (unknown || failed(span) || columnsFromRows(operator))) {
      open.add(output.plan);
      closed.delete(output.plan);
    }
  }
  return unsure;
}

function columnsFromRows(operator: op.Operator): boolean {
  if (operator.kind !== "Evaluate" || operator.schema !== undefined) return false;
  return pluginNamed(operator.call.name.name)?.schema.from === "rows";
}

/** Names whose `let` has mistakes, or could not be read at all. */
function lostNames(text: string, tree: statements.Query, diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
  const { lexemes } = lexemesOf(text);
  const lost = new Set(lexemes.flatMap(({ image }, i) => (lexemes[i - 1]?.type === t.Let ? [image] : [])));
  for (const statement of tree.statements) {
    if (statement.kind !== "Let") continue;
    const { span, name } = statement;
    const wrong = diagnostics.some(({ labels: [{ span: at }] }) => at.start >= span.start && at.start <= span.end);
    if (!wrong) lost.delete(name.name);
  }
  return lost;
}
