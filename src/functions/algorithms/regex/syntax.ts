/**
 * The tree of a regular expression. The syntax is Kusto's: no look-around, no backreferences, so that every pattern can
 * be matched in time linear in the text. https://learn.microsoft.com/kusto/query/regex
 */
export type RegexNode =
  | { readonly kind: "empty" }
  | { readonly kind: "chars"; readonly chars: Chars }
  | { readonly kind: "look"; readonly at: Look }
  | { readonly kind: "concat"; readonly nodes: readonly RegexNode[] }
  | { readonly kind: "alternation"; readonly nodes: readonly RegexNode[] }
  | {
      readonly kind: "repeat";
      readonly node: RegexNode;
      readonly min: number;
      /** Infinity when open. */
      readonly max: number;
      readonly greedy: boolean;
    }
  | { readonly kind: "capture"; readonly node: RegexNode; readonly index: number };

/**
 * A condition on a place between two characters. `crlf…`: as a line's start or end, where `\r\n` ends a line too.
 * `ascii…`: words are made of ASCII characters only.
 */
export type Look =
  | "start"
  | "end"
  | "lineStart"
  | "lineEnd"
  | "crlfStart"
  | "crlfEnd"
  | "word"
  | "notWord"
  | "wordStart"
  | "wordEnd"
  | "notWordBefore"
  | "notWordAfter"
  | "asciiWord"
  | "notAsciiWord";

/** A set of characters of which one is matched. */
export interface Chars {
  /** The set in the syntax of JavaScript's `v` mode: a literal or a class in brackets. */
  readonly source: string;
  /** Upper and lower case are the same. */
  readonly fold: boolean;
  /** One byte per ASCII character, 1 where it belongs to the set, `fold` taken into account. */
  readonly ascii: Uint8Array;
  /** Whether any character beyond ASCII may belong to the set. */
  readonly beyond: boolean;
}

export interface RegexTree {
  readonly node: RegexNode;
  /** The names of the capture groups; index 0 is the whole match. */
  readonly names: readonly (string | undefined)[];
}

/** A pattern that Kusto has no meaning for. The message is one sentence without a full stop. */
export class RegexError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RegexError";
  }
}

/** The characters that `\w` matches, and that make up the words of `\b`. */
export const wordClass = "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]";
export const asciiWordClass = "[0-9A-Za-z_]";

/** Whether the node can match without consuming anything. */
export function isNullable(node: RegexNode): boolean {
  switch (node.kind) {
    case "empty":
    case "look":
      return true;
    case "chars":
      return false;
    case "concat":
      return node.nodes.every(isNullable);
    case "alternation":
      return node.nodes.some(isNullable);
    case "repeat":
      return node.min === 0 || isNullable(node.node);
    case "capture":
      return isNullable(node.node);
  }
}
