import * as problem from "../../diagnostics/catalogue/binding.ts";
import * as patterns from "../../diagnostics/catalogue/patterns.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { type KeyValueForm, keyValues, regexKeyValues } from "../../functions/algorithms/parse/key-values.ts";
import { compileRegex } from "../../functions/algorithms/regex/regex.ts";
import { RegexError } from "../../functions/algorithms/regex/syntax.ts";
import type { TextExtractor } from "../../functions/text-extractor.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import { coerce, isBroken } from "../coerce.ts";
import { bindExpr, type Place } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";
import { declaredSchema } from "../sources.ts";
import { extracted } from "./parse.ts";

export function bindParseKv(operator: op.ParseKv, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const columns = declaredSchema(operator.columns, place);
  const text = coerce(context, bindExpr(operator.expression, { ...place, row: rowOf(input) }), "string");
  const problems: Diagnostic[] = [];
  const given = givenOptions(operator.options, problems);
  const extractor = given.has("regex")
    ? regexExtractor(operator, given, problems)
    : formExtractor(operator, given, problems);
  for (const each of problems) context.report(each);
  if (!columns || !extractor || problems.length > 0 || isBroken(text)) return undefined;
  return extracted(input, columns, { text, extractor, matchedOnly: false }, operator.span);
}

interface GivenOption {
  readonly text: string;
  readonly span: ast.Option["span"];
}
type GivenOptions = ReadonlyMap<string, readonly GivenOption[]>;

const known = ["pair_delimiter", "kv_delimiter", "quote", "escape", "greedy", "regex"];

/** The options by name, whose values are literals; those for quotes may be repeated. */
function givenOptions(options: readonly ast.Option[], problems: Diagnostic[]): GivenOptions {
  const given = new Map<string, GivenOption[]>();
  for (const { name, value, span } of options) {
    const before = given.get(name.name);
    const type = name.name === "greedy" ? "bool" : "string";
    if (!known.includes(name.name)) problems.push(problem.unknownOption(name.span, "parse-kv", name.name, known));
    else if (before && name.name !== "quote" && name.name !== "escape")
      problems.push(problem.repeatedOption(span, name.name));
    else if (value.kind === "Literal" && value.type === type && value.value !== null)
      given.set(name.name, [...(before ?? []), { text: String(value.value), span: value.span }]);
    else if (type === "bool") problems.push(patterns.boolLiteralExpected(value.span, name.name));
    else problems.push(patterns.stringLiteralExpected(value.span, name.name));
  }
  return given;
}

function regexExtractor(
  { columns, options }: op.ParseKv,
  given: GivenOptions,
  problems: Diagnostic[],
): TextExtractor | undefined {
  const [pattern] = given.get("regex") ?? [];
  const other = options.find(({ name }) => name.name !== "regex");
  if (!pattern) return undefined;
  if (other) problems.push(patterns.optionsApart(other.span, "regex", other.name.name));
  try {
    const regex = compileRegex(pattern.text);
    const groups = regex.names.length - 1;
    if (groups !== 2) problems.push(patterns.keyGroups(pattern.span, groups));
    return regexKeyValues(columns.map(fieldOf), regex);
  } catch (thrown) {
    if (!(thrown instanceof RegexError)) throw thrown;
    problems.push(problem.badArgument(pattern.span, "parse-kv", thrown.message));
    return undefined;
  }
}

function formExtractor({ columns }: op.ParseKv, given: GivenOptions, problems: Diagnostic[]): TextExtractor {
  const [greedy] = given.get("greedy") ?? [];
  const delimiters = delimitersOf(given, problems);
  const { quotes, escapes } = quotesOf(given, problems);
  if (!delimiters && greedy) problems.push(patterns.optionsTogether(greedy.span, "greedy", "pair_delimiter"));
  const form: KeyValueForm = { delimiters, quotes, escapes, greedy: greedy?.text === "true" };
  const sentence = columns.find(({ name }) => !/^[\p{L}\p{N}]+$/u.test(name.name));
  if (!delimiters && quotes.length === 0 && sentence)
    problems.push(patterns.keyNotWord(sentence.name.span, sentence.name.name));
  return keyValues(columns.map(fieldOf), form);
}

function delimitersOf(given: GivenOptions, problems: Diagnostic[]): KeyValueForm["delimiters"] {
  const [pair] = given.get("pair_delimiter") ?? [];
  const [kv] = given.get("kv_delimiter") ?? [];
  if (pair && !kv) problems.push(patterns.optionsTogether(pair.span, "pair_delimiter", "kv_delimiter"));
  if (kv && !pair) problems.push(patterns.optionsTogether(kv.span, "kv_delimiter", "pair_delimiter"));
  if (pair?.text === "") problems.push(patterns.optionLength(pair.span, "pair_delimiter", "at least one character"));
  if (kv?.text === "") problems.push(patterns.optionLength(kv.span, "kv_delimiter", "at least one character"));
  if (!pair || !kv) return undefined;
  if (pair.text === kv.text) problems.push(patterns.sameDelimiters(kv.span));
  return { pair: pair.text, kv: kv.text };
}

function quotesOf(given: GivenOptions, problems: Diagnostic[]): Pick<KeyValueForm, "quotes" | "escapes"> {
  const quotes = (given.get("quote") ?? []).map(({ text, span }) => {
    const [open = "", close = open, more] = [...text];
    if (open === "" || more !== undefined) problems.push(patterns.optionLength(span, "quote", "one or two characters"));
    return { open, close };
  });
  const escapes = given.get("escape") ?? [];
  for (const { text, span } of escapes) {
    if (text.length !== 1) problems.push(patterns.optionLength(span, "escape", "one character"));
  }
  const [first] = escapes;
  if (first && quotes.length === 0) problems.push(patterns.optionsTogether(first.span, "escape", "quote"));
  return { quotes, escapes: escapes.map(({ text }) => text) };
}

function fieldOf({ name, type }: ast.ColumnDeclaration) {
  return { name: name.name, type };
}
