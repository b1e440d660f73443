import type { Schema } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { pluginNamed } from "../functions/plugins/registry.ts";
import { spelled } from "../parser/spelled.ts";
import { infixWords } from "../parser/tokens.ts";
import { type Called, callables } from "./definitions.ts";
import { chartNames, chartProperties, type OperatorInfo, operators } from "./operators.ts";
import { positionAt, type Slot } from "./position.ts";
import type { EditorSchema } from "./schema.ts";
import { columnsText, type Declared, type Known, knownAt, typeNames } from "./scope.ts";

export interface CompletionItem {
  readonly label: string;
  readonly kind:
    | "operator"
    | "keyword"
    | "function"
    | "aggregate"
    | "plugin"
    | "table"
    | "column"
    | "variable"
    | "option"
    | "value"
    | "type";
  /** What replaces the word at the caret. */
  readonly insert: string;
  /** A type, a signature, columns. */
  readonly detail?: string | undefined;
  readonly documentation?: string | undefined;
  /** The official page. */
  readonly docs?: string | undefined;
}

export interface Completions {
  /** The likely ones first; not narrowed to what has been typed, which editors do by their own rules. */
  readonly items: readonly CompletionItem[];
  /** The range of the text that an item replaces: the word at the caret. */
  readonly replace: Span;
}

/** What may stand at the caret, in a query that need not be complete. */
export function complete(text: string, offset: number, schema?: EditorSchema): Completions {
  const position = positionAt(text, offset);
  const { slot, word } = position;
  const known = needsNames(slot) ? knownAt(text, position, schema) : undefined;
  return { items: unique(itemsFor(slot, known, text, schema)), replace: word };
}

function needsNames({ kind }: Slot): boolean {
  return !["nothing", "option", "chart", "property", "type", "plugin", "first", "operator", "infix"].includes(kind);
}

function itemsFor(
  slot: Slot,
  known: Known | undefined,
  text: string,
  schema: EditorSchema | undefined,
): readonly CompletionItem[] {
  const declared = known?.declared ?? [];
  switch (slot.kind) {
    case "nothing":
      return [];
    case "statement":
      return [
        ...tables(declared, schema),
        ...operators.filter(isPlaced("source")).map(operatorItem),
        ...operators.filter(isPlaced("statement")).map(operatorItem),
      ];
    case "operator":
      return operators.filter(isPlaced("pipe")).map(operatorItem);
    case "table":
      return [
        ...(slot.operator ? options(slot.operator) : []),
        ...tables(declared, schema),
        ...(slot.operator ? [] : operators.filter(isPlaced("source")).map(operatorItem)),
      ];
    case "expression":
      return expressions(slot, known, schema);
    case "infix":
      return [...words(slot.operator?.words ?? []), ...(takesExpressions(slot.operator) ? infix : [])];
    case "first":
      return words([slot.word]);
    case "option":
      return (slot.operator.options[slot.name] ?? []).map((value) => plain(value, "value"));
    case "key":
      return [...keys(text, slot.on, schema), plain("$left", "keyword"), plain("$right", "keyword")];
    case "side": {
      const sides = sidesAt(text, slot.on, schema);
      return columns((slot.side === "$left" ? sides?.left : sides?.right) ?? []);
    }
    case "plugin":
      return callables("plugin").map(callItem);
    case "argument": {
      const params = pluginNamed(slot.plugin)?.params ?? [];
      const constants = params.filter(({ kind, presence }) => kind === "constant" && presence === "optional");
      return [
        ...columns(known?.columns ?? []),
        ...tables(declared, schema),
        ...constants.map(({ name, type }) => ({ ...plain(name, "option"), insert: `${name}=`, detail: type })),
        ...variables(declared),
        ...callables("function").map(callItem),
      ];
    }
    case "chart":
      return chartNames.map((name) => plain(name, "value"));
    case "property":
      return chartProperties.map((name) => ({ ...plain(name, "option"), insert: `${name}=` }));
    case "type":
      return typeNames.map((name) => plain(name, "type"));
    case "function":
      return declared.filter(({ kind }) => kind === "function").map(declaredItem);
  }
}

function takesExpressions(operator: OperatorInfo | undefined): boolean {
  return operator === undefined || ["expressions", "aggregates", "columns"].includes(operator.takes);
}

const isPlaced = (place: OperatorInfo["places"][number]) => (operator: OperatorInfo) => operator.places.includes(place);

function expressions(
  { operator, tables: withTables }: Extract<Slot, { kind: "expression" }>,
  known: Known | undefined,
  schema: EditorSchema | undefined,
): readonly CompletionItem[] {
  const own = columns(known?.columns ?? []);
  if (operator?.takes === "columns") return own;
  const declared = known?.declared ?? [];
  const aggregates =
    operator?.takes === "aggregates" || operator?.name === "top-nested" ? callables("aggregate").map(callItem) : [];
  return [
    ...own,
    ...variables(declared),
    ...(withTables ? tables(declared, schema) : []),
    ...aggregates,
    ...callables("function").map(callItem),
    ...literals,
    ...(operator ? options(operator) : []),
  ];
}

const literals: readonly CompletionItem[] = [
  ...["true", "false"].map((text) => plain(text, "value")),
  ...["datetime", "timespan", "dynamic", "guid", "decimal"].map((text) => ({ ...plain(`${text}()`, "value") })),
];

const infix: readonly CompletionItem[] = [
  ...["==", "!=", "=~", "!~", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"],
  ...[...infixWords.keys()].filter((text) => !/^not|cs$/.test(text) || text.endsWith("_cs")),
  ...["in", "!in", "in~", "!in~", "has_any", "has_all", "between", "!between", "matches regex"],
].map((text) => plain(text, "keyword"));

function plain(label: string, kind: CompletionItem["kind"]): CompletionItem {
  return { label, kind, insert: label };
}

function words(texts: readonly string[]): readonly CompletionItem[] {
  return texts.map((text) => plain(text, "keyword"));
}

function options({ options: known }: OperatorInfo): readonly CompletionItem[] {
  return Object.entries(known).map(([name, values]) => ({
    ...plain(name, "option"),
    insert: `${name}=`,
    detail: values.length > 0 ? values.join(" | ") : undefined,
  }));
}

function operatorItem({ name, summary, docs, places }: OperatorInfo): CompletionItem {
  const kind = places.includes("statement") ? "keyword" : "operator";
  return { label: name, kind, insert: name, documentation: summary, docs };
}

function callItem({ name, kind, signatures, summary, docs }: Called): CompletionItem {
  return { label: name, kind, insert: name, detail: signatures.join("\n"), documentation: summary, docs };
}

function columns(schema: Schema): readonly CompletionItem[] {
  return schema.map(({ name, type }) => ({ label: name, kind: "column", insert: spelled(name), detail: type }));
}

function tables(declared: readonly Declared[], schema: EditorSchema | undefined): readonly CompletionItem[] {
  const own = declared.filter(({ kind }) => kind === "table" || kind === "function").map(declaredItem);
  const given = [...(schema?.tables ?? [])].map(
    ([name, fields]): CompletionItem => ({
      label: name,
      kind: "table",
      insert: spelled(name),
      detail: columnsText(fields),
    }),
  );
  return [...own, ...given];
}

function variables(declared: readonly Declared[]): readonly CompletionItem[] {
  return declared.filter(({ kind }) => kind !== "table").map(declaredItem);
}

function declaredItem({ name, kind, detail }: Declared): CompletionItem {
  const shown = kind === "function" ? "function" : kind === "table" ? "table" : "variable";
  return { label: name, kind: shown, insert: spelled(name), detail: detail === "" ? undefined : detail };
}

interface Sides {
  readonly left: Schema;
  readonly right: Schema;
}

/** The tables of the join whose `on` is at that offset. */
function sidesAt(text: string, on: number, schema: EditorSchema | undefined): Sides | undefined {
  const { bound } = knownAt(text, { word: { start: on, end: on }, input: undefined }, schema);
  const end = text.slice(0, on).trimEnd().length;
  const stage = bound.stages.findLast(({ operator: { span } }) => span.end === end);
  if (stage?.operator.kind !== "Join" && stage?.operator.kind !== "Lookup") return undefined;
  const { right } = stage.operator;
  const found = bound.tables.find(({ node }) => node === right);
  return { left: stage.input.plan.schema, right: found?.table.plan.schema ?? [] };
}

/** Columns that both sides have, of one type. */
function keys(text: string, on: number, schema: EditorSchema | undefined): readonly CompletionItem[] {
  const sides = sidesAt(text, on, schema);
  if (!sides) return [];
  return columns(
    sides.left.filter(({ name, type }) => sides.right.some((other) => other.name === name && other.type === type)),
  );
}

/** A name hides what stands behind it in the list. */
function unique(items: readonly CompletionItem[]): readonly CompletionItem[] {
  const seen = new Set<string>();
  return items.filter(({ label, kind }) => {
    const key = kind === "aggregate" || kind === "function" ? `call ${label}` : label;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
