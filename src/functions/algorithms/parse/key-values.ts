import type { Field } from "../../../data/types.ts";
import type { TextExtractor } from "../../text-extractor.ts";
import { allMatches, type Regex } from "../regex/regex.ts";
import { cellFrom } from "./pattern.ts";

/** How keys and values stand in a text. Delimiters are not empty. */
export interface KeyValueForm {
  /** Absent: every character that is neither a letter nor a digit delimits. */
  readonly delimiters?: { readonly pair: string; readonly kv: string } | undefined;
  readonly quotes: readonly { readonly open: string; readonly close: string }[];
  /** Characters that take the meaning from the one behind them, in quotes. */
  readonly escapes: readonly string[];
  /** A value without quotes goes on to the next key of the list, not just to the next delimiter. */
  readonly greedy: boolean;
}

/** Called with every key and value of a text, in order. */
type Found = (key: string, value: string) => void;

/** The columns of `parse-kv`: each by its name as the key; the first value of a key counts. */
export function keyValues(columns: readonly Field[], form: KeyValueForm): TextExtractor {
  const keys = columns.map(({ name }) => name);
  const { delimiters } = form;
  return extractor(columns, (source, found) =>
    delimiters ? delimited(source, keys, delimiters, form, found) : undelimited(source, keys, form, found),
  );
}

/** As `keyValues`, from a pattern whose first group is the key and whose second is the value. */
export function regexKeyValues(columns: readonly Field[], regex: Regex): TextExtractor {
  return extractor(columns, (source, found) => {
    for (const { groups } of allMatches(regex, source)) found((groups[1] ?? "").trim(), (groups[2] ?? "").trim());
  });
}

function extractor(columns: readonly Field[], read: (source: string, found: Found) => void): TextExtractor {
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  return {
    extract: (source) => {
      const texts = new Array<string | undefined>(columns.length);
      read(source, (key, value) => {
        const place = places.get(key);
        if (place !== undefined) texts[place] ??= value;
      });
      return columns.map(({ type }, i) => cellFrom(texts[i] ?? "", type));
    },
  };
}

function delimited(
  source: string,
  keys: readonly string[],
  { pair, kv }: NonNullable<KeyValueForm["delimiters"]>,
  form: KeyValueForm,
  found: Found,
): void {
  let at = 0;
  const skipPair = (): void => {
    const end = source.indexOf(pair, at);
    at = end < 0 ? source.length : end + pair.length;
  };
  while (at < source.length) {
    at = pastBlanks(source, at);
    let key: string;
    const quotedKey = quotedAt(source, at, form);
    if (quotedKey) {
      key = quotedKey.text;
      at = pastBlanks(source, quotedKey.end);
      if (!source.startsWith(kv, at)) {
        skipPair();
        continue;
      }
    } else {
      const middle = source.indexOf(kv, at);
      if (middle < 0) return;
      const end = source.indexOf(pair, at);
      // Blanks before the delimiter belong to neither, even where a blank parts the pairs.
      if (end >= 0 && end < middle && source.slice(end, middle).trim() !== "") {
        at = end + pair.length;
        continue;
      }
      key = source.slice(at, middle).trim();
      at = middle;
    }
    at = pastBlanks(source, at + kv.length);
    const quotedValue = quotedAt(source, at, form);
    if (quotedValue) {
      found(key, quotedValue.text);
      at = quotedValue.end;
      skipPair();
      continue;
    }
    const end = form.greedy ? nextKey(source, at, keys, pair, kv, form) : source.indexOf(pair, at);
    found(key, source.slice(at, end < 0 ? source.length : end).trim());
    at = end < 0 ? source.length : end + pair.length;
  }
}

/** Where the delimiter stands that has one of the keys behind it; -1 when none does. */
function nextKey(
  source: string,
  from: number,
  keys: readonly string[],
  pair: string,
  kv: string,
  form: KeyValueForm,
): number {
  for (let end = source.indexOf(pair, from); end >= 0; end = source.indexOf(pair, end + 1)) {
    const start = pastBlanks(source, end + pair.length);
    const quoted = quotedAt(source, start, form);
    const isKey = (key: string, behind: number): boolean =>
      keys.includes(key) && source.startsWith(kv, pastBlanks(source, behind));
    if (quoted ? isKey(quoted.text, quoted.end) : keys.some((key) => startsKey(source, start, key, isKey))) return end;
  }
  return -1;
}

function startsKey(
  source: string,
  start: number,
  key: string,
  isKey: (key: string, behind: number) => boolean,
): boolean {
  return source.startsWith(key, start) && isKey(key, start + key.length);
}

function undelimited(source: string, keys: readonly string[], form: KeyValueForm, found: Found): void {
  const words = wordsOf(source, form);
  for (let i = 0; i + 1 < words.length; i++) {
    const { text, written } = words[i]!;
    const value = words[i + 1]!.text;
    // The list may spell a key with its quotes, as the parsers of JSON lines do: `['"id.orig_h"']:string`.
    const spellings = [...new Set([text, written])].filter((spelling) => keys.includes(spelling));
    if (spellings.length === 0) continue;
    for (const spelling of spellings) found(spelling, value);
    i++;
  }
}

/** A run of letters and digits, or what stands in quotes, without and with them. */
interface Word {
  readonly text: string;
  readonly written: string;
}

function wordsOf(source: string, form: KeyValueForm): readonly Word[] {
  const words: Word[] = [];
  const word = /[\p{L}\p{N}]+/uy;
  for (let at = 0; at < source.length; ) {
    const quoted = quotedAt(source, at, form);
    word.lastIndex = at;
    const plain = quoted ? undefined : word.exec(source)?.[0];
    if (quoted) words.push({ text: quoted.text, written: source.slice(at, quoted.end) });
    else if (plain !== undefined) words.push({ text: plain, written: plain });
    at = quoted ? quoted.end : at + (plain?.length ?? 1);
  }
  return words;
}

/** The text in quotes that begins at `from`, and the place behind them; undefined where none does. */
function quotedAt(
  source: string,
  from: number,
  { quotes, escapes }: KeyValueForm,
): { readonly text: string; readonly end: number } | undefined {
  const quote = quotes.find(({ open }) => source.startsWith(open, from));
  if (!quote) return undefined;
  let text = "";
  for (let at = from + quote.open.length; at < source.length; at++) {
    const char = source[at]!;
    if (escapes.includes(char) && at + 1 < source.length) text += source[++at]!;
    else if (source.startsWith(quote.close, at)) return { text, end: at + quote.close.length };
    else text += char;
  }
  return undefined;
}

function isBlank(source: string, at: number): boolean {
  return /\s/.test(source[at]!);
}

function pastBlanks(source: string, from: number): number {
  let at = from;
  while (at < source.length && isBlank(source, at)) at++;
  return at;
}
