import * as problem from "../diagnostics/catalogue/binding.ts";
import * as entities from "../diagnostics/catalogue/entities.ts";
import type * as ast from "../parser/ast.ts";
import type * as statements from "../parser/ast-statements.ts";
import { literal } from "./coerce.ts";
import { bindTable, type Place } from "./place.ts";
import { Scope, type Table } from "./scope.ts";
import { bindLet } from "./statements.ts";

/* declare pattern: https://learn.microsoft.com/kusto/query/pattern-statement */

/** A table of a pattern, by the texts that it is asked for with. */
interface Definition {
  readonly texts: readonly string[];
  readonly path: string | undefined;
  readonly match: statements.PatternMatch;
}

/** The name is known from here on: `name("x").path` is the table that the pattern defines for these texts. */
export function bindPattern({ name, definition }: statements.DeclarePattern, place: Place): void {
  const { context, scope } = place;
  if (scope.hasOwn(name.name)) {
    context.report(problem.duplicateVariable(name.span, name.name));
    return;
  }
  const before = context.diagnostics.length;
  const definitions = definition ? definitionsOf(name.name, definition, place) : [];
  // What is defined sees the names before it, as a function does.
  const outer = scope.snapshot();
  const broken = context.diagnostics.length > before;
  scope.set(name.name, {
    kind: "pattern",
    invoke: (call, path) => {
      if (broken) return undefined;
      const found = definitionFor(call, path, definition, definitions, place);
      return found && definition && bodyOf(found, definition, call, outer, place);
    },
  });
}

function definitionsOf(
  name: string,
  { parameters, path, matches }: statements.PatternDefinition,
  { context }: Place,
): readonly Definition[] {
  for (const { type, span } of [...parameters, ...(path ? [path] : [])])
    if (type !== "string") context.report(entities.patternType(span));
  const definitions: Definition[] = [];
  for (const match of matches) {
    const { values, span } = match;
    if (values.length !== parameters.length) context.report(entities.patternValues(span));
    if (path && !match.path) context.report(entities.missingPath(span));
    if (!path && match.path) context.report(entities.strayPath(match.path.span));
    const wanted = [...values, ...(match.path ? [match.path] : [])];
    const texts = wanted.flatMap(textOf);
    for (const value of wanted) if (textOf(value).length === 0) context.report(entities.patternText(value.span));
    const definition = { texts: texts.slice(0, values.length), path: texts[values.length], match };
    const reference = referenceOf(name, definition);
    if (definitions.some((other) => referenceOf(name, other) === reference)) {
      context.report(entities.repeatedPattern(span, reference));
    }
    definitions.push(definition);
  }
  return definitions;
}

/** The definition that a call asks for; undefined after a report. */
function definitionFor(
  call: ast.Call,
  path: ast.Name | undefined,
  declared: statements.PatternDefinition | undefined,
  definitions: readonly Definition[],
  { context }: Place,
): Definition | undefined {
  const { name, args, span } = call;
  const count = declared?.parameters.length;
  if (count !== undefined && args.length !== count) {
    context.report(entities.patternArguments(name.span, count));
    return undefined;
  }
  const wrong = args.find((argument) => textOf(argument).length === 0);
  if (wrong) {
    context.report(entities.patternText(wrong.span));
    return undefined;
  }
  if (declared?.path && !path) {
    context.report(entities.missingPath(span));
    return undefined;
  }
  if (declared && !declared.path && path) {
    context.report(entities.strayPath(path.span));
    return undefined;
  }
  const asked = referenceOf(name.name, { texts: args.flatMap(textOf), path: path?.name });
  const found = definitions.find((each) => referenceOf(name.name, each) === asked);
  if (!found) {
    const known = definitions.map((each) => `\`${referenceOf(name.name, each)}\``);
    context.report(entities.noPatternMatch(path ? { ...span, end: path.span.end } : span, asked, known));
  }
  return found;
}

/** The parameters are texts in what is defined, and its `let`s are its own. */
function bodyOf(
  { texts, path, match }: Definition,
  declared: statements.PatternDefinition,
  call: ast.Call,
  outer: Scope,
  place: Place,
): Table | undefined {
  const { context } = place;
  const scope = new Scope(outer);
  const all = [...texts, ...(path === undefined ? [] : [path])];
  for (const [i, { name }] of [...declared.parameters, ...(declared.path ? [declared.path] : [])].entries())
    scope.set(name.name, { kind: "scalar", expr: literal("string", all[i] ?? "", name.span), row: undefined });
  const inner: Place = { ...place, scope: new Scope(scope), row: undefined };
  const last = match.statements.at(-1);
  for (const statement of match.statements.slice(0, -1)) {
    if (statement.kind === "Let") bindLet(statement, inner);
    else context.report(problem.notSupported(statement.span, "this statement inside a pattern"));
  }
  if (last?.kind !== "ExpressionStatement") {
    context.report(problem.tableExpected(last?.span ?? match.span));
    return undefined;
  }
  const table = context.nested(call.span, () => bindTable(last.expression, inner));
  const pattern = referenceOf(call.name.name, { texts, path });
  return table && { plan: table.plan, serialized: table.serialized, graph: table.graph, pattern };
}

/** app('x').['y'] */
function referenceOf(name: string, { texts, path }: Pick<Definition, "texts" | "path">): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;
  return `${name}(${texts.map(quoted).join(", ")})${path === undefined ? "" : `.[${quoted(path)}]`}`;
}

/** The text of a literal; none of anything else. */
function textOf(expr: ast.Expr): readonly string[] {
  return expr.kind === "Literal" && expr.type === "string" && typeof expr.value === "string" ? [expr.value] : [];
}
