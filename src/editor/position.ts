import type { Span } from "../diagnostics/diagnostic.ts";
import * as t from "../parser/tokens.ts";
import { isOf, type Lexeme, lexemesOf } from "./lexemes.ts";
import { type OperatorInfo, operatorNamed } from "./operators.ts";

/** What may stand where the caret is. */
export type Slot =
  /** At the beginning of a statement: its keywords, and tables. */
  | { readonly kind: "statement" }
  /** A table, perhaps with options before it. */
  | { readonly kind: "table"; readonly operator?: OperatorInfo | undefined }
  /** Behind `|`. */
  | { readonly kind: "operator" }
  | { readonly kind: "expression"; readonly operator?: OperatorInfo | undefined; readonly tables: boolean }
  /** What may go on an expression that could end here. */
  | { readonly kind: "infix"; readonly operator?: OperatorInfo | undefined }
  /** The one word that may come. */
  | { readonly kind: "first"; readonly word: string }
  | { readonly kind: "option"; readonly operator: OperatorInfo; readonly name: string }
  /** Columns of both sides of a join. */
  | { readonly kind: "key"; readonly on: number }
  | { readonly kind: "side"; readonly side: "$left" | "$right"; readonly on: number }
  | { readonly kind: "plugin" }
  | { readonly kind: "argument"; readonly plugin: string }
  | { readonly kind: "chart" }
  | { readonly kind: "property" }
  | { readonly kind: "type" }
  | { readonly kind: "function" }
  | { readonly kind: "nothing" };

export interface Position {
  readonly slot: Slot;
  /** What is written of the word already, and is replaced by the chosen one. */
  readonly word: Span;
  /** Where the table comes from that the operator at the caret works on; undefined where it works on none. */
  readonly input: Input | undefined;
}

export interface Input {
  /** It ends here. */
  readonly end: number;
  /** given: a subquery begins here. made: what gives the table begins here, a source or the operator before. */
  readonly kind: "given" | "made";
  readonly start: number;
}

/** The part of the text between two brackets, as far as the caret. */
interface Frame {
  /** What stands before the bracket that opens it; undefined for the whole text. */
  readonly before: Lexeme | undefined;
  readonly open: Lexeme | undefined;
  lexemes: Lexeme[];
  /** The last `|` of the statement. */
  pipe: Lexeme | undefined;
  /** Where the source or operator at hand begins, and where the one before it did. */
  begin: number | undefined;
  previous: number | undefined;
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const whole = /[\w$-]*$/.exec(before)?.[0] ?? "";
  const lead = before.slice(0, offset - whole.length);
  // Hyphens belong to the names of operators alone.
  const own = /\|\s*$/.test(lead) || /\(\s*$/.test(lead) ? whole : (/[\w$]*$/.exec(before)?.[0] ?? "");
  const behind = /^[\w$]*/.exec(text.slice(offset))?.[0] ?? "";
  const word = { start: offset - own.length, end: offset + behind.length };
  const prefix = text.slice(0, word.start);
  if (!isCode(prefix)) return { slot: { kind: "nothing" }, word, input: undefined };
  const frames = framesOf(lexemesOf(prefix).lexemes);
  const at = frames.findLastIndex((frame, i) => isTabular(frame, frames[i - 1]));
  const tabular = frames[at] ?? frames[0];
  const inner = frames.at(-1);
  if (!tabular || !inner) return { slot: { kind: "statement" }, word, input: undefined };
  const slot = tabular === inner ? segmentSlot(tabular, frames[at - 1]) : bracketSlot(inner, tabular, prefix);
  return { slot, word, input: inputOf(tabular, frames[at - 1], word.start) };
}

function inputOf(frame: Frame, outer: Frame | undefined, end: number): Input | undefined {
  const { pipe, previous, open } = frame;
  if (pipe) return { kind: "made", start: previous ?? pipe.start, end: pipe.start };
  return open && stepsOf(frame, outer) ? { kind: "given", start: open.end, end } : undefined;
}

/** Not inside of a comment or a text. */
function isCode(prefix: string): boolean {
  const { lexemes, asides } = lexemesOf(prefix);
  if (asides.some(({ kind, end }) => kind === "comment" && end === prefix.length)) return false;
  const last = lexemes.at(-1);
  if (last?.end !== prefix.length) return true;
  if (last.type === t.TypedLiteral || last.type === t.DynamicLiteral) return last.image.endsWith(")");
  // A dot behind a number is one of it.
  if (last.type !== t.Text) return last.type !== t.Digits || /\w$/.test(prefix);
  return lexemesOf(`${prefix} x`).lexemes.at(-1)?.type !== t.Text;
}

function framesOf(lexemes: readonly Lexeme[]): readonly Frame[] {
  const frames: Frame[] = [newFrame(undefined, undefined)];
  for (const lexeme of lexemes) {
    const frame = frames.at(-1);
    if (!frame) break;
    const { type } = lexeme;
    if (type === t.RParen || type === t.RBracket || type === t.RBrace) {
      // What stands between brackets counts as the bracket that closes it.
      if (frames.length > 1) frames.pop();
      frames.at(-1)?.lexemes.push(lexeme);
      continue;
    }
    if (type === t.Pipe || type === t.Semicolon) {
      frame.pipe = type === t.Pipe ? lexeme : undefined;
      frame.previous = frame.begin;
      frame.begin = undefined;
      frame.lexemes = [];
      continue;
    }
    frame.begin ??= lexeme.start;
    if (type === t.LParen || type === t.LBracket || type === t.LBrace) {
      frames.push(newFrame(frame.lexemes.at(-1), lexeme));
      continue;
    }
    // The value of a `let` begins behind its `=`.
    if (type === t.Assign && frame.lexemes[0]?.type === t.Let) frame.begin = undefined;
    frame.lexemes.push(lexeme);
  }
  return frames;
}

function newFrame(before: Lexeme | undefined, open: Lexeme | undefined): Frame {
  return { before, open, lexemes: [], pipe: undefined, begin: undefined, previous: undefined };
}

/** Whether a pipeline may stand there, as opposed to arguments. */
function isTabular(frame: Frame, outer: Frame | undefined): boolean {
  const { open, before, pipe } = frame;
  if (!open || open.type === t.LBrace || pipe) return true;
  if (open.type !== t.LParen) return false;
  if (before?.image === "materialize" || before?.image === "toscalar") return true;
  return stepsOf(frame, outer) || tablesOf(frame, outer);
}

/** A subquery over a table that it is given: behind `mv-apply … on`, `partition by …`, `fork`, `facet … with`. */
function stepsOf({ open, before }: Frame, outer: Frame | undefined): boolean {
  const [keyword] = outer?.lexemes ?? [];
  if (!open || !outer?.pipe || !before) return false;
  switch (keyword?.type) {
    case t.MvApply:
    case t.MvApplyOld:
      return before.type === t.On;
    case t.Facet:
      return before.type === t.With;
    case t.Fork:
      return true;
    case t.Partition:
    case t.PartitionBy:
      return before !== keyword && before.type !== t.By;
    default:
      return false;
  }
}

/** A table: behind `join`, `union` and the like, `let name =`, and at the beginning of a statement. */
function tablesOf({ before }: Frame, outer: Frame | undefined): boolean {
  const lexemes = outer?.lexemes ?? [];
  const [keyword] = lexemes;
  if (!before) return true;
  if (keyword?.type === t.Let) return before.type === t.Assign;
  if (keyword?.type === t.Union) return before.type === t.Comma || !isOf(before, t.Name) || isOptionValue(lexemes);
  if (keyword?.type !== t.Join && keyword?.type !== t.Lookup) return false;
  return !lexemes.some(({ type }) => type === t.On) && (before === keyword || isOptionValue(lexemes));
}

function isOptionValue(lexemes: readonly Lexeme[]): boolean {
  return lexemes.at(-2)?.type === t.Assign;
}

/** In the middle of an operator, or of the expression that begins a pipeline. */
function segmentSlot(frame: Frame, outer: Frame | undefined): Slot {
  const { lexemes, pipe, open } = frame;
  const [keyword] = lexemes;
  const last = lexemes.at(-1);
  if (!keyword || !last) {
    if (pipe || stepsOf(frame, outer)) return { kind: "operator" };
    return !open || open.type === t.LBrace ? { kind: "statement" } : { kind: "table" };
  }
  if (keyword.type === t.Let && !pipe) return letSlot(lexemes);
  const info = operatorNamed(keyword.image);
  const stands = info?.places.some((place) => (place === "pipe") === (pipe !== undefined || stepsOf(frame, outer)));
  if (!info || !stands) return pipe ? { kind: "nothing" } : expressionSlot(lexemes, undefined, true);
  if (info.places.includes("statement")) return { kind: "nothing" };
  const option = optionAt(lexemes);
  if (option !== undefined && (option in info.options || option.startsWith("hint."))) {
    return { kind: "option", operator: info, name: option };
  }
  const behind = lexemes.length === 1 || isOptionValue(lexemes);
  switch (info.takes) {
    case "charts":
      return lexemes.length === 1 ? { kind: "chart" } : { kind: "infix", operator: info };
    case "plugins":
      return behind ? { kind: "plugin" } : { kind: "nothing" };
    case "functions":
      return behind ? { kind: "function" } : { kind: "nothing" };
    case "nothing":
      return { kind: "infix", operator: info };
    case "tables":
      return tableSlot(lexemes, info, behind);
    default:
      return expressionSlot(lexemes, info, false);
  }
}

function tableSlot(lexemes: readonly Lexeme[], operator: OperatorInfo, behind: boolean): Slot {
  const on = lexemes.find(({ type }) => type === t.On);
  if (on) {
    const last = lexemes.at(-1);
    const side = lexemes.at(-2)?.image;
    if (last?.type === t.Dot && (side === "$left" || side === "$right")) return { kind: "side", side, on: on.start };
    return endsOperand(lexemes) ? { kind: "infix" } : { kind: "key", on: on.start };
  }
  if (behind || lexemes.at(-1)?.type === t.Comma) return { kind: "table", operator: behind ? operator : undefined };
  return { kind: "infix", operator };
}

/** let name = … */
function letSlot(lexemes: readonly Lexeme[]): Slot {
  const assign = lexemes.findIndex(({ type }) => type === t.Assign);
  if (assign < 0) return { kind: "nothing" };
  return assign === lexemes.length - 1
    ? { kind: "expression", tables: true }
    : expressionSlot(lexemes.slice(assign + 1), undefined, true);
}

function expressionSlot(lexemes: readonly Lexeme[], operator: OperatorInfo | undefined, tables: boolean): Slot {
  const last = lexemes.at(-1);
  if (last?.type === t.Dot) return { kind: "nothing" };
  if (last?.type === t.Colon) return { kind: "type" };
  if (operator?.first && lexemes.length === 1) return { kind: "first", word: operator.first };
  if (operator ? lexemes.length > 1 && endsOperand(lexemes) : endsOperand(lexemes)) return { kind: "infix", operator };
  // Behind `by` there are no aggregates.
  const grouped = operator?.takes === "aggregates" && lexemes.some(({ type }) => type === t.By);
  return { kind: "expression", operator: grouped ? undefined : operator, tables };
}

const joints: ReadonlySet<unknown> = new Set([
  t.By,
  t.On,
  t.With,
  t.To,
  t.Of,
  t.From,
  t.Step,
  t.Ascending,
  t.Descending,
]);

/** Whether an expression could end with the last token. */
function endsOperand(lexemes: readonly Lexeme[]): boolean {
  const last = lexemes.at(-1);
  if (!last) return false;
  if (last.type === t.RParen || last.type === t.RBracket || last.type === t.Text || isOf(last, t.Literal)) return true;
  if (last.type === t.Ascending || last.type === t.Descending) return true;
  return isOf(last, t.Name) && !joints.has(last.type);
}

/** The name of the option whose value is to come. */
function optionAt(lexemes: readonly Lexeme[]): string | undefined {
  if (lexemes.at(-1)?.type !== t.Assign) return undefined;
  const name = lexemes.at(-2)?.image;
  return lexemes.at(-3)?.type === t.Dot ? `${lexemes.at(-4)?.image}.${name}` : name;
}

/** Between brackets that hold arguments, columns or values. */
function bracketSlot(frame: Frame, tabular: Frame, prefix: string): Slot {
  const { before, open, lexemes } = frame;
  const [keyword] = tabular.lexemes;
  const last = lexemes.at(-1);
  if (open && prefix.slice(open.end).trimStart().startsWith("'")) return { kind: "nothing" };
  if (last?.type === t.Colon) return { kind: "type" };
  if (before?.type === t.Typeof) return { kind: "type" };
  if (before?.type === t.With && keyword?.type === t.Render) {
    return !last || last.type === t.Comma ? { kind: "property" } : { kind: "nothing" };
  }
  const declares = [t.Datatable, t.ExternalData, t.AssertSchema, t.Declare].includes(before?.type ?? t.Any);
  if (declares && open?.type === t.LParen) return { kind: "nothing" };
  if (keyword?.type === t.Evaluate && before && tabular.lexemes.at(-1) === before && !endsOperand(lexemes)) {
    return { kind: "argument", plugin: before.image };
  }
  const operator = keyword && operatorNamed(keyword.image);
  if (lexemes.length > 0 && endsOperand(lexemes)) return { kind: "infix" };
  if (last?.type === t.Dot) return { kind: "nothing" };
  return { kind: "expression", operator: aggregating(operator, tabular), tables: before?.type === t.In };
}

/** Inside of an aggregate's arguments columns come first. */
function aggregating(operator: OperatorInfo | undefined, { lexemes }: Frame): OperatorInfo | undefined {
  const called = lexemes.length > 1 && lexemes.at(-1)?.type === t.Identifier;
  return operator?.takes === "aggregates" && !called ? operator : undefined;
}
