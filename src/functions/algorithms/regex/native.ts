import { asciiSource } from "./chars.ts";
import { asciiWordClass, type Chars, type Look, type RegexNode, wordClass } from "./syntax.ts";

/** The pattern in JavaScript, for texts of ASCII characters only: case folding and classes are spelled out. */
export function asciiRegExp(node: RegexNode): RegExp {
  return new RegExp(
    source(node, (chars) => asciiSource(chars.ascii), asciiWordClass),
    "g",
  );
}

/** The pattern in JavaScript for any text; undefined when it folds case in one part and not in another. */
export function unicodeRegExp(node: RegexNode): RegExp | undefined {
  const folds = new Set<boolean>();
  let asciiWords = false;
  visit(node, (part) => {
    // Folding does not change a set that says "anything", so only what has case counts.
    if (part.kind === "chars" && hasCase(part.chars)) folds.add(part.chars.fold);
    if (part.kind === "look" && (part.at === "asciiWord" || part.at === "notAsciiWord")) asciiWords = true;
  });
  if (folds.size > 1 || (asciiWords && folds.has(true))) return undefined;
  return new RegExp(
    source(node, (chars) => chars.source, wordClass),
    folds.has(true) ? "vgi" : "vg",
  );
}

/** Sets that folding would change: all but literals without case and sets that hold no or all cases of each letter. */
function hasCase(chars: Chars): boolean {
  if (chars.fold) return true;
  const literal = /^(?:[0-9]|\\u\{([0-9a-f]+)\})$/.exec(chars.source);
  if (!literal) return !caseless.has(chars.source);
  const text = literal[1] === undefined ? "" : String.fromCodePoint(Number.parseInt(literal[1], 16));
  return text.toLowerCase() !== text.toUpperCase();
}

const caseless: ReadonlySet<string> = new Set([
  wordClass,
  `[^${wordClass}]`,
  "[\\p{Nd}]",
  "[^[\\p{Nd}]]",
  "[\\p{White_Space}]",
  "[^[\\p{White_Space}]]",
  "[^\\u{a}]",
  "[\\u{0}-\\u{10ffff}]",
]);

function visit(node: RegexNode, see: (part: RegexNode) => void): void {
  see(node);
  if (node.kind === "concat" || node.kind === "alternation") for (const child of node.nodes) visit(child, see);
  else if (node.kind === "repeat" || node.kind === "capture") visit(node.node, see);
}

function source(node: RegexNode, charsSource: (chars: Chars) => string, words: string): string {
  const of = (child: RegexNode): string => source(child, charsSource, words);
  switch (node.kind) {
    case "empty":
      return "(?:)";
    case "chars":
      return charsSource(node.chars);
    case "look":
      return lookSource(node.at, words);
    case "concat":
      return node.nodes.map(of).join("");
    case "alternation":
      return `(?:${node.nodes.map(of).join("|")})`;
    case "capture":
      return `(${of(node.node)})`;
    case "repeat": {
      const body = node.node.kind === "chars" || node.node.kind === "capture" ? of(node.node) : `(?:${of(node.node)})`;
      return body + countSource(node.min, node.max) + (node.greedy ? "" : "?");
    }
  }
}

function countSource(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function lookSource(at: Look, words: string): string {
  switch (at) {
    case "start":
      return "^";
    case "end":
      return "$";
    case "lineStart":
      return "(?<![^\\n])";
    case "lineEnd":
      return "(?![^\\n])";
    case "crlfStart":
      return "(?:(?<![^\\n])|(?<=\\r)(?!\\n))";
    case "crlfEnd":
      return "(?:$|(?=\\r)|(?<!\\r)(?=\\n))";
    case "notWordBefore":
      return `(?<!${words})`;
    case "notWordAfter":
      return `(?!${words})`;
    case "word":
      return words === asciiWordClass ? "\\b" : `(?:(?<=${words})(?!${words})|(?<!${words})(?=${words}))`;
    case "notWord":
      return words === asciiWordClass ? "\\B" : `(?:(?<=${words})(?=${words})|(?<!${words})(?!${words}))`;
    case "wordStart":
      return `(?:(?<!${words})(?=${words}))`;
    case "wordEnd":
      return `(?:(?<=${words})(?!${words}))`;
    case "asciiWord":
      return `(?:(?<=${asciiWordClass})(?!${asciiWordClass})|(?<!${asciiWordClass})(?=${asciiWordClass}))`;
    case "notAsciiWord":
      return `(?:(?<=${asciiWordClass})(?=${asciiWordClass})|(?<!${asciiWordClass})(?!${asciiWordClass}))`;
  }
}
