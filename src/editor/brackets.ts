import * as t from "../parser/tokens.ts";
import type { Aside, Lexeme } from "./lexemes.ts";

/** A comment, and where it stands. */
export interface Remark {
  readonly text: string;
  /** An empty line stands before it. */
  readonly empty: boolean;
}

/** A token with its comments. */
export interface Leaf {
  readonly kind: "leaf";
  readonly lexeme: Lexeme;
  /** On lines of their own before it. */
  readonly above: readonly Remark[];
  /** Behind it on its line. */
  readonly behind?: Remark | undefined;
  /** An empty line stands before it, or before the comments above it. */
  readonly empty: boolean;
}
/** What stands between brackets that match. */
export interface Bracket {
  readonly kind: "bracket";
  readonly open: Leaf;
  readonly parts: readonly Part[];
  readonly close: Leaf;
}
export type Part = Leaf | Bracket;

export interface Read {
  readonly parts: readonly Part[];
  /** Comments behind the last token. */
  readonly rest: readonly Remark[];
}

const closers: ReadonlySet<unknown> = new Set([t.RParen, t.RBracket, t.RBrace]);
const openers: ReadonlySet<unknown> = new Set([t.LParen, t.LBracket, t.LBrace]);

/** The tokens of a text whose brackets match, as a tree, with every comment at the token that it belongs to. */
export function bracketsOf(text: string, lexemes: readonly Lexeme[], comments: readonly Aside[]): Read {
  const { leaves, rest } = leavesOf(text, lexemes, comments);
  const stack: { readonly open: Leaf | undefined; readonly parts: Part[] }[] = [{ open: undefined, parts: [] }];
  for (const leaf of leaves) {
    if (openers.has(leaf.lexeme.type)) stack.push({ open: leaf, parts: [] });
    else if (closers.has(leaf.lexeme.type) && stack.length > 1) {
      const { open, parts } = stack.pop() ?? { open: undefined, parts: [] };
      if (open) stack.at(-1)?.parts.push({ kind: "bracket", open, parts, close: leaf });
    } else stack.at(-1)?.parts.push(leaf);
  }
  return { parts: stack[0]?.parts ?? [], rest };
}

function leavesOf(
  text: string,
  lexemes: readonly Lexeme[],
  comments: readonly Aside[],
): { readonly leaves: readonly Leaf[]; readonly rest: readonly Remark[] } {
  const leaves: Leaf[] = [];
  let at = 0;
  let next = 0;
  /** The comments before `limit`: the first may stand on the line of the token before. */
  const take = (limit: number) => {
    let behind: Remark | undefined;
    const above: Remark[] = [];
    for (let comment = comments[next]; comment && comment.start < limit; comment = comments[++next]) {
      const gap = text.slice(at, comment.start);
      const remark = { text: text.slice(comment.start, comment.end).trimEnd(), empty: breaksIn(gap) > 1 };
      if (leaves.length > 0 && !behind && above.length === 0 && breaksIn(gap) === 0) behind = remark;
      else above.push(remark);
      at = comment.end;
    }
    return { behind, above };
  };
  const attach = (behind: Remark | undefined) => {
    const last = leaves.pop();
    if (last) leaves.push(behind ? { ...last, behind } : last);
  };
  for (const lexeme of lexemes) {
    const { behind, above } = take(lexeme.start);
    attach(behind);
    const empty = breaksIn(text.slice(at, lexeme.start)) > 1;
    leaves.push({ kind: "leaf", lexeme, above, empty });
    at = lexeme.end;
  }
  const { behind, above } = take(Number.POSITIVE_INFINITY);
  attach(behind);
  return { leaves, rest: above };
}

function breaksIn(gap: string): number {
  return gap.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** The parts between the separators of that type, each with its separator; the last has none. */
export function splitAt(
  parts: readonly Part[],
  isSeparator: (leaf: Leaf) => boolean,
): readonly { readonly parts: readonly Part[]; readonly separator?: Leaf | undefined }[] {
  const pieces: { parts: readonly Part[]; separator?: Leaf | undefined }[] = [];
  let from = 0;
  for (const [i, part] of parts.entries()) {
    if (part.kind !== "leaf" || !isSeparator(part)) continue;
    pieces.push({ parts: parts.slice(from, i), separator: part });
    from = i + 1;
  }
  return [...pieces, { parts: parts.slice(from) }];
}

/** The first token of a part. */
export function firstOf(part: Part): Leaf {
  return part.kind === "leaf" ? part : part.open;
}

/** The last token of a part. */
export function lastOf(part: Part): Leaf {
  return part.kind === "leaf" ? part : part.close;
}
