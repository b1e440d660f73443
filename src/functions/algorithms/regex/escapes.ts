import type { Cursor } from "./cursor.ts";
import { RegexError } from "./syntax.ts";

const controls: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["f", 12],
  ["t", 9],
  ["n", 10],
  ["r", 13],
  ["v", 11],
]);

const unknown: ReadonlyMap<string, string> = new Map([
  ["Z", "`\\Z` is not part of Kusto's regular expressions; `\\z` is the end of the text"],
  ["G", "`\\G` is not part of Kusto's regular expressions"],
  ["K", "`\\K` is not part of Kusto's regular expressions; use a capture group"],
  ["R", "`\\R` is not part of Kusto's regular expressions; use `\\r?\\n`"],
  ["X", "`\\X` is not part of Kusto's regular expressions"],
  ["C", "`\\C` is not part of Kusto's regular expressions"],
  ["h", "`\\h` is not part of Kusto's regular expressions; use `[ \\t]`"],
  ["k", "the backreference `\\k` is not part of Kusto's regular expressions"],
  ["e", "`\\e` is not part of Kusto's regular expressions; use `\\x1B`"],
  ["c", "`\\c` is not part of Kusto's regular expressions; use `\\x` and two hex digits"],
]);

const spelled: readonly RegExp[] = [
  /\\x([0-9A-Fa-f]{2})/y,
  /\\u([0-9A-Fa-f]{4})/y,
  /\\U([0-9A-Fa-f]{8})/y,
  /\\[xuU]\{([0-9A-Fa-f]{1,8})\}/y,
];

/** Reads an escape that stands for one code point; the cursor is before the backslash. */
export function readCodePointEscape(cursor: Cursor): number {
  for (const form of spelled) {
    const found = cursor.match(form);
    if (found) return checked(Number.parseInt(found[1]!, 16), found[0]);
  }
  const octal = cursor.match(/\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/y);
  if (octal) return Number.parseInt(octal[1]!, 8);
  cursor.take("\\");
  const char = cursor.next();
  if (char === "") throw new RegexError("the pattern ends in a lone backslash");
  const control = controls.get(char);
  if (control !== undefined) return control;
  if (/[1-9]/.test(char))
    throw new RegexError(`the backreference \`\\${char}\` is not part of Kusto's regular expressions`);
  if (/[A-Za-z]/.test(char)) {
    throw new RegexError(unknown.get(char) ?? `\`\\${char}\` is not an escape of Kusto's regular expressions`);
  }
  return char.codePointAt(0)!;
}

function checked(code: number, text: string): number {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw new RegexError(`\`${text}\` is not a Unicode character`);
  return code;
}
