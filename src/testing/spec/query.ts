import { expressionsIn } from "../../binder/ast-nodes.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { offsetMapping, type QueryDocument, type Segment } from "../../documents/document.ts";
import type { Let } from "../../parser/ast-statements.ts";
import { parse } from "../../parser/parse.ts";
import type { Rule } from "./rule-model.ts";

/** A query that cases can be run with, any number of times. */
export interface LoadedQuery {
  readonly document: QueryDocument;
  /** In `mode: rule`: what becomes of its rows. */
  readonly rule?: Rule | undefined;
}

/** The names that `let` declares at the top of a query, and what stands behind their `=`. */
export function topLets(text: string): ReadonlyMap<string, Let["value"]> {
  const lets = parse(text).tree.statements.filter((statement) => statement.kind === "Let");
  return new Map(lets.map(({ name, value }) => [name.name, value]));
}

/** The query with other values behind the `=` of its lets. Names that it does not have are left out. */
export function withLets(document: QueryDocument, values: ReadonlyMap<string, string>): QueryDocument {
  if (values.size === 0) return document;
  const { text, offsetInFile } = document;
  const places = [...topLets(text)]
    .flatMap(([name, { span }]) => (values.has(name) ? [{ span, value: values.get(name) ?? "" }] : []))
    .sort((a, b) => a.span.start - b.span.start);
  // A place in the new text is one in the old, and from there one in the file.
  const segments: Segment[] = [{ query: 0, file: 0 }];
  let made = "";
  let at = 0;
  for (const { span, value } of places) {
    made += text.slice(at, span.start) + value;
    at = span.end;
    segments.push({ query: made.length, file: at });
  }
  const inOld = offsetMapping(segments);
  return {
    ...document,
    text: made + text.slice(at),
    offsetInFile: (offset) => offsetInFile(Math.min(inOld(offset), text.length)),
  };
}

/** Where the query asks for the time: `now()`, `ago(…)`; undefined when it does not. */
export function asksForTime(text: string): Span | undefined {
  for (const node of expressionsIn(parse(text).tree)) {
    if (node.kind === "Call" && /^(now|ago)$/.test(node.name.name)) return node.span;
  }
  return undefined;
}

/** The last statement up to each of its operators: what to run to see how many rows each leaves. */
export function stepsOf(text: string): readonly { readonly name: string; readonly text: string }[] {
  const statement = parse(text).tree.statements.at(-1);
  if (statement?.kind !== "ExpressionStatement") return [];
  const { expression } = statement;
  if (expression.kind !== "Pipeline") return [{ name: labelOf(text, expression.span), text }];
  const { source, operators } = expression;
  return [source, ...operators].map(({ span }) => ({ name: labelOf(text, span), text: text.slice(0, span.end) }));
}

/** The first word. */
function labelOf(text: string, span: Span): string {
  return /[\w-]+/.exec(text.slice(span.start, span.end))?.[0] ?? "…";
}
