import { escapeCodePoint } from "./chars.ts";
import type { Cursor } from "./cursor.ts";
import { readCodePointEscape } from "./escapes.ts";
import { asciiWordClass, RegexError, wordClass } from "./syntax.ts";

interface ClassFlags {
  readonly u: boolean;
  readonly x: boolean;
}

const named: ReadonlyMap<string, string> = new Map([
  ["alnum", "[0-9A-Za-z]"],
  ["alpha", "[A-Za-z]"],
  ["ascii", "[\\u{0}-\\u{7f}]"],
  ["blank", "[\\u{9}\\u{20}]"],
  ["cntrl", "[\\u{0}-\\u{1f}\\u{7f}]"],
  ["digit", "[0-9]"],
  ["graph", "[\\u{21}-\\u{7e}]"],
  ["lower", "[a-z]"],
  ["print", "[\\u{20}-\\u{7e}]"],
  ["punct", "[\\u{21}-\\u{2f}\\u{3a}-\\u{40}\\u{5b}-\\u{60}\\u{7b}-\\u{7e}]"],
  ["space", "[\\u{9}-\\u{d}\\u{20}]"],
  ["upper", "[A-Z]"],
  ["word", asciiWordClass],
  ["xdigit", "[0-9A-Fa-f]"],
]);

/** Reads a class behind its `[`; gives it in the syntax of JavaScript's `v` mode, which nests and combines alike. */
export function readClass(cursor: Cursor, flags: ClassFlags): string {
  const negated = cursor.take("^");
  let left: { readonly source: string; readonly operator: string } | undefined;
  let items = "";
  let first = true;
  const side = (): string => {
    const right = `[${items}]`;
    return left ? combined(left.source, left.operator, right) : right;
  };
  for (;;) {
    if (flags.x) cursor.match(/\s+/y);
    if (cursor.done()) throw new RegexError("a `[` is not closed");
    if (!first && cursor.take("]")) break;
    const operator = first ? null : cursor.match(/&&|--|~~/y);
    if (operator) {
      left = { source: side(), operator: operator[0] };
      items = "";
      continue;
    }
    items += readItem(cursor, flags);
    first = false;
  }
  return negated ? `[^${side()}]` : side();
}

function combined(left: string, operator: string, right: string): string {
  return operator === "~~" ? `[[${left}--${right}][${right}--${left}]]` : `[${left}${operator}${right}]`;
}

function readItem(cursor: Cursor, flags: ClassFlags): string {
  const posix = cursor.match(/\[:(\^?)([a-zA-Z]+):\]/y);
  if (posix) {
    const set = named.get(posix[2]!);
    if (set === undefined) throw new RegexError(`\`${posix[0]}\` is not a class of characters`);
    return posix[1] ? `[^${set}]` : set;
  }
  if (cursor.take("[")) return readClass(cursor, flags);
  const set = readClassEscape(cursor, flags.u);
  if (set !== undefined) return set;
  const from = readMember(cursor);
  // A hyphen before `]`, or the first of `--`, is not the middle of a range.
  if (!cursor.match(/-(?=[^\]-])/y)) return escapeCodePoint(from);
  if (cursor.match(/\\[dDsSwWpP]/y)) throw new RegexError("a range of a class ends in a class");
  const to = readMember(cursor);
  if (to < from) {
    throw new RegexError(
      `the range \`${String.fromCodePoint(from)}-${String.fromCodePoint(to)}\` is in the wrong order`,
    );
  }
  return `${escapeCodePoint(from)}-${escapeCodePoint(to)}`;
}

function readMember(cursor: Cursor): number {
  return cursor.peek() === "\\" ? readCodePointEscape(cursor) : cursor.nextCode();
}

/** Reads `\d`, `\pL`, `\P{Greek}` and the like as a class; undefined when something else comes next. */
export function readClassEscape(cursor: Cursor, unicode: boolean): string | undefined {
  const perl = cursor.match(/\\([dDsSwW])/y);
  if (perl) {
    const letter = perl[1]!;
    const set = perlClass(letter.toLowerCase(), unicode);
    return letter === letter.toLowerCase() ? set : `[^${set}]`;
  }
  const property = cursor.match(/\\([pP])(?:\{(\^?)([^}]*)\}|([A-Za-z]))/y);
  if (!property) return undefined;
  const set = propertyClass(property[3] ?? property[4]!);
  return (property[1] === "P") !== (property[2] === "^") ? `[^${set}]` : set;
}

function perlClass(letter: string, unicode: boolean): string {
  if (letter === "d") return unicode ? "[\\p{Nd}]" : "[0-9]";
  if (letter === "w") return unicode ? wordClass : asciiWordClass;
  return unicode ? "[\\p{White_Space}]" : "[\\u{9}-\\u{d}\\u{20}]";
}

const properties = new Map<string, string>();

/** Kusto takes a general category, a script or a property by its bare name, in any case; JavaScript is strict. */
function propertyClass(name: string): string {
  const before = properties.get(name);
  if (before !== undefined) return before;
  const [key, value] = name.split(/[=:]/);
  const bare = (value ?? key ?? "").trim();
  const spellings = new Set([bare, titleCase(bare), bare.toUpperCase()]);
  const found = [...spellings]
    .flatMap((text) => (value === undefined ? [text, `Script=${text}`] : [`${longKey(key!)}=${text}`]))
    .map((text) => `[\\p{${text}}]`)
    .find(isClass);
  if (found === undefined) throw new RegexError(`\`${name}\` is not a Unicode property, category or script`);
  properties.set(name, found);
  return found;
}

function titleCase(text: string): string {
  return text.toLowerCase().replaceAll(/(^|[_ -])([a-z])/g, (_, gap: string, letter: string) => {
    return (gap === "" ? "" : "_") + letter.toUpperCase();
  });
}

function longKey(key: string): string {
  const short = key.trim().toLowerCase();
  if (short === "sc" || short === "script") return "Script";
  if (short === "scx" || short === "script_extensions") return "Script_Extensions";
  if (short === "gc" || short === "general_category") return "General_Category";
  throw new RegexError(`\`${key}\` is not a Unicode property with values`);
}

function isClass(source: string): boolean {
  try {
    new RegExp(source, "v");
    return true;
  } catch {
    return false;
  }
}
