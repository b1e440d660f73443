import type { TokenType } from "chevrotain";
import * as t from "../parser/tokens.ts";
import { type Bracket, firstOf, type Leaf, lastOf, type Part, type Read, type Remark, splitAt } from "./brackets.ts";
import { type Comment, type Doc, type Group, group, type Line, line, space, word } from "./layout.ts";
import { isOf } from "./lexemes.ts";
import { isSpaced, type Marks } from "./spacing.ts";

/* Where a query may break. docs/format.md shows what comes of it. */

const step = 4;

/** Where things begin that do not fit on their line. */
interface Indent {
  /** The pipeline at hand: subqueries in parentheses come back to it. */
  readonly block: number;
  /** What goes on with the operator at hand. */
  readonly list: number;
}
const at = (indent: number): Indent => ({ block: indent, list: indent });

/** Operators whose items go below them, a line each, when there is no room. */
const listed: ReadonlySet<TokenType> = new Set([
  ...[t.Print, t.Project, t.ProjectAway, t.ProjectKeep, t.ProjectRename, t.ProjectReorder, t.Extend, t.Distinct],
  ...[t.Summarize, t.Union, t.MvExpand, t.MvExpandOld, t.MakeSeries, t.Serialize],
]);
/** Words that begin a further part of an operator. */
const clauses: ReadonlySet<TokenType> = new Set([t.By, t.On, t.With, t.Declare]);
/** Operators in which they do not. */
const unbroken: ReadonlySet<TokenType> = new Set([t.TopNested]);
const isComma = (leaf: Leaf) => leaf.lexeme.type === t.Comma;
const isPipe = (leaf: Leaf) => leaf.lexeme.type === t.Pipe;
const isSemicolon = (leaf: Leaf) => leaf.lexeme.type === t.Semicolon;
const isLogic = (leaf: Leaf) => leaf.lexeme.image === "and" || leaf.lexeme.image === "or";

/** The whole text. */
export function docOf({ parts, rest }: Read, marks: Marks): Doc {
  return group([...statements(parts, 0, marks), ...rest.map((remark) => ownLine(remark, 0, true))], true);
}

/** A statement a line; an empty line of the author stays. */
function statements(parts: readonly Part[], indent: number, marks: Marks): readonly Doc[] {
  const docs: Doc[] = [];
  for (const { parts: statement, separator } of splitAt(parts, isSemicolon)) {
    const [first] = statement;
    if (first) {
      const leaf = firstOf(first);
      const above = leaf.above[0];
      // The comments above it bring lines of their own.
      if (docs.length > 0 && !above) docs.push({ ...line(indent, "", "always"), empty: leaf.empty });
      docs.push(...leaf.above.map((remark, i) => ownLine(remark, indent, i > 0 || docs.length > 0)));
      if (docs.length > 0 && above) docs.push({ ...line(indent, "", "always"), empty: leaf.empty });
      const bare = [withoutAbove(first), ...statement.slice(1)];
      docs.push(...pipeline(bare, indent, leaf.lexeme.type === t.Let ? step : 0, "always", marks));
    }
    if (separator) docs.push(...leafDocs(separator, indent));
  }
  return docs;
}

function withoutAbove(part: Part): Part {
  return part.kind === "leaf" ? { ...part, above: [] } : { ...part, open: { ...part.open, above: [] } };
}

/** An operator a line. Those of a `let` stand further in, by `hang`. */
function pipeline(parts: readonly Part[], indent: number, hang: number, when: Line["when"], marks: Marks): Doc[] {
  const docs: Doc[] = [];
  let pipe: Leaf | undefined;
  for (const { parts: segment, separator } of splitAt(parts, isPipe)) {
    const base = indent + (pipe ? hang : 0);
    if (pipe) docs.push(line(base, " ", when), ...leafDocs(pipe, base), space);
    docs.push(operator(segment, { block: base, list: base + (pipe ? step : 0) }, marks));
    pipe = separator;
  }
  return docs;
}

/** A source or an operator: its keyword and options, its items, its further clauses. */
function operator(parts: readonly Part[], indent: Indent, marks: Marks): Doc {
  const [first] = parts;
  const keyword = first?.kind === "leaf" ? first.lexeme.type : undefined;
  const head = headLength(parts, marks);
  const starts = [...parts.keys()].filter((i) => i >= head && isClause(parts[i], keyword));
  const body = parts.slice(head, starts[0]);
  const docs: Doc[] = [...inline(parts.slice(0, head), indent, marks)];
  if (head > 0 && body.length > 0) docs.push(...between(parts[head - 1], body[0], marks));
  const more = indent.block + step;
  const items = list(
    body,
    keyword !== undefined && listed.has(keyword) && head > 0 ? more : undefined,
    {
      ...indent,
      list: more,
    },
    marks,
  );
  docs.push(items ?? group(broken(body, indent, indent.block + step, marks)));
  for (const [i, start] of starts.entries()) {
    const clause = parts.slice(start, starts[i + 1]);
    const [name, ...rest] = clause;
    if (!name) continue;
    const inner = list(rest, undefined, { ...indent, list: more }, marks) ?? group(inline(rest, indent, marks));
    // A subquery at its end takes lines of its own: what counts is whether its beginning fits.
    const gap = line(more, " ", inner.broken && !items ? "full" : "group");
    const gapBehind = rest.length > 0 ? between(name, rest[0], marks) : [];
    docs.push(group([gap, ...inline([name], indent, marks), ...gapBehind, inner], false, items));
  }
  return group(docs);
}

function isClause(part: Part | undefined, keyword: TokenType | undefined): boolean {
  if (part?.kind !== "leaf" || keyword === undefined || unbroken.has(keyword)) return false;
  return clauses.has(part.lexeme.type) && !(keyword === t.ScanSteps && part.lexeme.type === t.By);
}

/** The keyword and what goes with it: `summarize hint.strategy=shuffle`, `sort by`. 0 where no keyword begins it. */
function headLength(parts: readonly Part[], marks: Marks): number {
  const [first] = parts;
  if (first?.kind !== "leaf" || !isOf(first.lexeme, t.Word) || first.lexeme.type === t.Identifier) return 0;
  let length = 1;
  for (;;) {
    const assign = [1, 3].find((ahead) => {
      const part = parts[length + ahead];
      return part?.kind === "leaf" && marks.options.has(part.lexeme.start);
    });
    const name = parts[length];
    if (assign === undefined || name?.kind !== "leaf" || !isOf(name.lexeme, t.Word)) break;
    const value = parts[length + assign + 1];
    const signed = value?.kind === "leaf" && isOf(value.lexeme, t.Sign);
    length += assign + (signed ? 3 : 2);
  }
  const next = parts[length];
  if (next?.kind === "leaf" && next.lexeme.type === t.By) length++;
  return Math.min(length, parts.length);
}

/**
 * Items with commas between them; undefined where there is only one. With `below` they go to lines of their own, of that
 * indent; else the first stays where it is.
 */
function list(parts: readonly Part[], below: number | undefined, indent: Indent, marks: Marks): Group | undefined {
  const items = splitAt(parts, isComma);
  if (items.length < 2) return undefined;
  const docs: Doc[] = below === undefined ? [] : [line(below, "")];
  for (const [i, { parts: item, separator }] of items.entries()) {
    if (i > 0 && item.length > 0) docs.push(isLead(items[i - 1]) ? space : line(below ?? indent.list));
    docs.push(group(broken(item, below === undefined ? indent : at(below), indent.list + step, marks)));
    if (separator) docs.push(...leafDocs(separator, indent.list));
  }
  return group(docs);
}

/** A comment stands before the comma behind an item: the comma begins a line, and the next item stays with it. */
function isLead(piece: ReturnType<typeof splitAt>[number] | undefined): boolean {
  const last = piece?.parts.at(-1);
  return (last !== undefined && lastOf(last).behind !== undefined) || (piece?.separator?.above.length ?? 0) > 0;
}

/** One expression, which may break before its `and` and `or`. */
function broken(parts: readonly Part[], indent: Indent, more: number, marks: Marks): readonly Doc[] {
  const docs: Doc[] = [];
  let from = 0;
  for (const [i, part] of parts.entries()) {
    if (i === 0 || part.kind !== "leaf" || !isLogic(part)) continue;
    docs.push(...inline(parts.slice(from, i), indent, marks), line(more));
    from = i;
  }
  return [...docs, ...inline(parts.slice(from), indent, marks)];
}

/** Parts one after the other. */
function inline(parts: readonly Part[], indent: Indent, marks: Marks): readonly Doc[] {
  return parts.flatMap((part, i) => [
    ...(i > 0 ? between(parts[i - 1], part, marks) : []),
    ...(part.kind === "leaf" ? leafDocs(part, indent.list) : [bracket(part, indent, marks)]),
  ]);
}

function between(before: Part | undefined, after: Part | undefined, marks: Marks): readonly Doc[] {
  return before && after && isSpaced(lastOf(before).lexeme, firstOf(after).lexeme, marks) ? [space] : [];
}

function bracket({ open, parts, close }: Bracket, indent: Indent, marks: Marks): Doc {
  const brace = open.lexeme.type === t.LBrace;
  const pipes = splitAt(parts, isPipe).length - 1;
  const several = parts.some((part) => part.kind === "leaf" && isSemicolon(part));
  const [first] = parts;
  const wraps = several || brace || pipes > 0 || isOperator(first);
  const outer = wraps ? indent.block : indent.list;
  const inner = outer + step;
  const flat = brace ? " " : "";
  const ends: readonly Doc[] = [
    ...close.above.map((remark) => ownLine(remark, inner, true)),
    ...(parts.length > 0 || close.above.length > 0 ? [line(outer, flat)] : []),
    ...leafDocs({ ...close, above: [] }, outer),
  ];
  const body = several
    ? [line(inner, flat), ...statements(parts, inner, marks)]
    : wraps
      ? [line(inner, flat), ...pipeline(parts, inner, 0, "group", marks)]
      : items(parts, inner, marks);
  const mustBreak = (brace && pipes > 0) || pipes > 1 || several;
  return group([...leafDocs(open, indent.list), ...(parts.length > 0 ? body : []), ...ends], mustBreak);
}

/** A table or a subquery that begins with its own keyword: `(where x > 1)`. */
function isOperator(part: Part | undefined): boolean {
  return part?.kind === "leaf" && t.operatorNames.includes(part.lexeme.image) && part.lexeme.type !== t.Count;
}

/** The items of a list: each a line when there is no room, but as many as fit where they are plain and many. */
function items(parts: readonly Part[], indent: number, marks: Marks): readonly Doc[] {
  const [first] = parts;
  const columns = first && marks.rows.get(firstOf(first).lexeme.start);
  const pieces = splitAt(parts, isComma);
  const plain = pieces.length > 8 && pieces.every((piece) => piece.parts.length < 2);
  const docs: Doc[] = [line(indent, "")];
  for (const [i, { parts: item, separator }] of pieces.entries()) {
    if (i > 0 && isLead(pieces[i - 1])) docs.push(space);
    else if (i > 0 && item.length > 0) {
      const inRow = columns !== undefined && i % columns > 0;
      docs.push(line(indent + (inRow ? step : 0), " ", inRow || (plain && columns === undefined) ? "full" : "group"));
    }
    docs.push(group(broken(item, at(indent), indent, marks)));
    if (separator) docs.push(...leafDocs(separator, indent));
  }
  return docs;
}

function leafDocs({ above, lexeme, behind }: Leaf, indent: number): readonly Doc[] {
  const docs: Doc[] = [...above.map((remark) => ownLine(remark, indent, false)), word(lexeme.image)];
  return behind ? [...docs, { kind: "comment", text: behind.text, own: false, indent }] : docs;
}

function ownLine(remark: Remark, indent: number, keepEmpty: boolean): Comment {
  return { kind: "comment", text: remark.text, own: true, indent, empty: keepEmpty && remark.empty };
}
