import type { Field } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import * as patterns from "../../diagnostics/catalogue/patterns.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { type PatternPart, shapeOf } from "../../functions/algorithms/parse/pattern.ts";
import { plainPattern } from "../../functions/algorithms/parse/plain.ts";
import { balanced, regexPattern } from "../../functions/algorithms/parse/regex.ts";
import { compileRegex } from "../../functions/algorithms/regex/regex.ts";
import { RegexError } from "../../functions/algorithms/regex/syntax.ts";
import type { TextExtractor } from "../../functions/text-extractor.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Extract } from "../../plan/nodes.ts";
import { coerce, isBroken } from "../coerce.ts";
import { knownOptions, wordOption } from "../options.ts";
import { bindExpr, type Place } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";

/** parse and parse-where. */
export function bindParse(operator: op.Parse, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const name = operator.where ? "parse-where" : "parse";
  const options = knownOptions(name, operator.options, ["kind", "flags"], place);
  const kinds = operator.where ? (["simple", "regex"] as const) : (["simple", "regex", "relaxed"] as const);
  const kind = wordOption(options, "kind", kinds, "simple", place);
  const flags = options.get("flags");
  const problems = [...(flags ? flagProblems(flags, kind) : []), ...patternProblems(operator.pattern, kind)];
  for (const each of problems) context.report(each);
  const text = coerce(context, bindExpr(operator.expression, { ...place, row: rowOf(input) }), "string");
  if (problems.length > 0 || isBroken(text)) return undefined;
  const extractor =
    kind === "regex"
      ? regexExtractor(operator, name, String(flags?.value ?? ""), place)
      : plainPattern(partsOf(operator.pattern), kind === "simple");
  if (!extractor) return undefined;
  const columns = operator.pattern.flatMap((part) => (part.kind === "ParsedColumn" ? [fieldOf(part)] : []));
  return extracted(input, columns, { text, extractor, matchedOnly: operator.where }, operator.span);
}

/** The input with the columns that the extractor gives: a name that exists is replaced in place, any other is appended. */
export function extracted(
  input: Table,
  columns: readonly Field[],
  { text, extractor, matchedOnly }: Pick<Extract, "text" | "extractor" | "matchedOnly">,
  origin: Extract["origin"],
): Table {
  const schema: Field[] = [...input.plan.schema];
  const outputs = columns.map((column) => {
    const existing = schema.findIndex((field) => field.name === column.name);
    const output = existing < 0 ? schema.length : existing;
    schema[output] = column;
    return output;
  });
  const { plan, serialized } = input;
  return { plan: { kind: "Extract", input: plan, text, extractor, outputs, matchedOnly, schema, origin }, serialized };
}

const flagLetters = ["i", "m", "s", "U"];

function flagProblems(
  { option, value }: NonNullable<ReturnType<ReturnType<typeof knownOptions>["get"]>>,
  kind: string,
): readonly Diagnostic[] {
  const flags = String(value);
  // `x` too is known to the engine; what a blank in a text means then is not.
  if (![...flags].every((letter) => flagLetters.includes(letter)))
    return [problem.unknownOptionValue(option.value.span, "flags", flags, flagLetters)];
  return kind === "regex" ? [] : [patterns.flagsWithoutRegex(option.span)];
}

/** Where the parts of a pattern do not follow each other as they should. */
function patternProblems(pattern: op.Parse["pattern"], kind: string): readonly Diagnostic[] {
  const names = new Set<string>();
  const problems: Diagnostic[] = [];
  for (const [i, part] of pattern.entries()) {
    const before = pattern[i - 1];
    if (part.kind !== "Literal" && before?.kind === "Star") problems.push(patterns.starWithoutText(before.span));
    if (part.kind === "Literal" && part.value === "") problems.push(patterns.emptyPatternText(part.span));
    if (part.kind === "Star" && before?.kind === "ParsedColumn") problems.push(...starProblems(part, before, kind));
    if (part.kind !== "ParsedColumn") continue;
    const { name, span } = part.name;
    if (names.has(name)) problems.push(problem.duplicateColumn(span, name));
    if (before?.kind === "ParsedColumn") problems.push(patterns.columnWithoutText(part.span, name));
    names.add(name);
  }
  return problems;
}

function starProblems({ span }: ast.Star, column: op.ParsedColumn, kind: string): readonly Diagnostic[] {
  const { name, type } = fieldOf(column);
  if (type === "string") return [patterns.starAfterString(span, name)];
  if (kind === "regex" || shapeOf(type, "plain") !== undefined) return [];
  return [problem.notSupported(span, `a \`*\` behind a column of type ${type}`, "put a text between them")];
}

function fieldOf({ name, type = "string" }: op.ParsedColumn): Field {
  return { name: name.name, type };
}

function partsOf(pattern: op.Parse["pattern"]): readonly PatternPart[] {
  return pattern.map(partOf);
}

function partOf(part: op.Parse["pattern"][number]): PatternPart {
  switch (part.kind) {
    case "Star":
      return { kind: "skip" };
    case "Literal":
      return { kind: "text", text: String(part.value) };
    case "ParsedColumn":
      return { kind: "column", type: part.type ?? "string" };
  }
}

function regexExtractor(
  { pattern, span }: op.Parse,
  name: string,
  flags: string,
  { context }: Place,
): TextExtractor | undefined {
  const parts = partsOf(pattern);
  const last = pattern.at(-1);
  let culprit = span;
  for (const part of pattern) {
    if (part.kind !== "ParsedColumn" || (part.type !== "datetime" && part.type !== "timespan")) continue;
    const inverted = flags.includes("U");
    if (part !== last && !inverted) continue;
    // There Kusto reads some forms of the type and not others, by no rule that its documentation gives.
    const where = inverted ? "under the flag `U`" : "at the end of a regular expression";
    const help = inverted ? "read it as a string and convert that" : "put a text or a `*` behind it";
    context.report(problem.notSupported(part.span, `a column of type ${part.type} ${where}`, help));
    return undefined;
  }
  try {
    // A group that begins in one text and ends in another is none to Kusto.
    for (const part of pattern) {
      culprit = part.span;
      if (part.kind === "Literal") compileRegex(balanced(String(part.value)), flags);
    }
    culprit = span;
    return regexPattern(parts, flags);
  } catch (thrown) {
    if (!(thrown instanceof RegexError)) throw thrown;
    context.report(problem.badArgument(culprit, name, thrown.message));
    return undefined;
  }
}
