import * as problem from "../../diagnostics/catalogue/binding.ts";
import * as patterns from "../../diagnostics/catalogue/patterns.ts";
import { type KeyValueForm, keyValues, regexKeyValues } from "../../functions/algorithms/parse/key-values.ts";
import { compileRegex } from "../../functions/algorithms/regex/regex.ts";
import { RegexError } from "../../functions/algorithms/regex/syntax.ts";
import type { TextExtractor } from "../../functions/text-extractor.ts";
import type * as ast from "../../parser/ast.ts";
import { coerce, isBroken } from "../coerce.ts";
import { bindExpr, type Place } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";
import { declaredSchema } from "../sources.ts";
import { extracted } from "./parse.ts";

const known = ["pair_delimiter", "kv_delimiter", "quote", "escape", "greedy", "regex"];
const repeatable: ReadonlySet<string> = new Set(["quote", "escape"]);

export function bindParseKv(operator: ast.ParseKv, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const before = context.diagnostics.length;
  const columns = declaredSchema(operator.columns, place);
  const given = new Given(operator.options, place);
  const text = coerce(context, bindExpr(operator.expression, { ...place, row: rowOf(input) }), "string");
  if (!columns || context.diagnostics.length > before || isBroken(text)) return undefined;
  const extractor = given.has("regex")
    ? regexExtractor(operator, given, place)
    : formExtractor(operator, given, place);
  return extractor && extracted(input, columns, { text, extractor, matchedOnly: false }, operator.span);
}

function regexExtractor(operator: ast.ParseKv, given: Given, { context }: Place): TextExtractor | undefined {
  const [option] = given.named("regex");
  const other = operator.options.find(({ name }) => name.name !== "regex");
  if (!option) return undefined;
  if (other) {
    context.report(patterns.optionsApart(other.span, "regex", other.name.name));
    return undefined;
  }
  try {
    const regex = compileRegex(option.text);
    const groups = regex.names.length - 1;
    if (groups === 2) return regexKeyValues(fieldsOf(operator), regex);
    context.report(patterns.keyGroups(option.span, groups));
  } catch (thrown) {
    if (!(thrown instanceof RegexError)) throw thrown;
    context.report(problem.badArgument(option.span, "parse-kv", thrown.message));
  }
  return undefined;
}

function formExtractor(operator: ast.ParseKv, given: Given, { context }: Place): TextExtractor | undefined {
  const before = context.diagnostics.length;
  const [pair] = given.named("pair_delimiter");
  const [kv] = given.named("kv_delimiter");
  if (pair && !kv) context.report(patterns.optionsTogether(pair.span, "pair_delimiter", "kv_delimiter"));
  if (kv && !pair) context.report(patterns.optionsTogether(kv.span, "kv_delimiter", "pair_delimiter"));
  for (const delimiter of [pair, kv]) {
    if (delimiter?.text === "") context.report(patterns.optionLength(delimiter.span, delimiter.name, "at least one character"));
  }
  if (pair && kv && pair.text === kv.text) context.report(patterns.sameDelimiters(kv.span));
  const quotes = given.named("quote").flatMap(({ text, span }) => {
    const [open, close = open, more] = [...text];
    if (open !== undefined && close !== undefined && more === undefined) return [{ open, close }];
    context.report(patterns.optionLength(span, "quote", "one or two characters"));
    return [];
  });
  const escapes = given.named("escape");
  for (const { text, span } of escapes) {
    if (text.length !== 1) context.report(patterns.optionLength(span, "escape", "one character"));
  }
  const [escape] = escapes;
  if (escape && quotes.length === 0) context.report(patterns.optionsTogether(escape.span, "escape", "quote"));
  const [greedy] = given.named("greedy");
  if (greedy && !pair) context.report(patterns.optionsTogether(greedy.span, "greedy", "pair_delimiter"));
  const delimiters = pair && kv ? { pair: pair.text, kv: kv.text } : undefined;
  if (!delimiters && quotes.length === 0) {
    const key = operator.columns.find(({ name }) => !/^[\p{L}\p{N}]+$/u.test(name.name));
    if (key) context.report(patterns.keyNotWord(key.name.span, key.name.name));
  }
  if (context.diagnostics.length > before) return undefined;
  const form: KeyValueForm = {
    delimiters,
    quotes,
    escapes: escapes.map(({ text }) => text),
    greedy: greedy?.text === "true",
  };
  return keyValues(fieldsOf(operator), form);
}

function fieldsOf({ columns }: ast.ParseKv) {
  return columns.map(({ name, type }) => ({ name: name.name, type }));
}

interface GivenOption {
  readonly name: string;
  readonly text: string;
  readonly span: ast.Option["span"];
}

/** The options, whose values are literals; some may be repeated. */
class Given {
  readonly #options: readonly GivenOption[];

  constructor(options: readonly ast.Option[], { context }: Place) {
    const given: GivenOption[] = [];
    for (const { name, value, span } of options) {
      if (!known.includes(name.name)) {
        context.report(problem.unknownOption(name.span, "parse-kv", name.name, known));
        continue;
      }
      const repeated = given.some((option) => option.name === name.name);
      if (repeated && !repeatable.has(name.name)) context.report(patterns.repeatedOption(span, name.name));
      const type = name.name === "greedy" ? "bool" : "string";
      if (value.kind === "Literal" && value.type === type && value.value !== null)
        given.push({ name: name.name, text: String(value.value), span: value.span });
      else if (type === "bool") context.report(patterns.boolLiteralExpected(value.span, name.name));
      else context.report(patterns.stringLiteralExpected(value.span, name.name));
    }
    this.#options = given;
  }

  has(name: string): boolean {
    return this.#options.some((option) => option.name === name);
  }

  named(name: string): readonly GivenOption[] {
    return this.#options.filter((option) => option.name === name);
  }
}
