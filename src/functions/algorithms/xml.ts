import type { Dynamic } from "../../data/dynamic.ts";
import { parseDynamic, printDynamic } from "../../data/json.ts";

/** Deeper nesting is not read: each level needs stack. */
const maxDepth = 500;

/**
 * An XML document as a bag with its root element; undefined where the text is none. An element is null when empty, its
 * text when it has nothing else, otherwise a bag: `@name` for attributes, `#text`, child elements by name, an array
 * where a name comes back. Comments, CDATA, processing instructions and the document type are left out.
 * https://learn.microsoft.com/kusto/query/parse-xml-function
 */
export function parseXml(text: string): Dynamic | undefined {
  const reader: Reader = { text, at: 0 };
  take(reader, /\ufeff?/y);
  if (!skipMisc(reader)) return undefined;
  const root = element(reader, 0);
  if (!root || !skipMisc(reader) || reader.at !== text.length) return undefined;
  return new Map([[root.name, root.value]]);
}

interface Reader {
  readonly text: string;
  at: number;
}

interface Element {
  readonly name: string;
  readonly value: Dynamic;
}

/** Moves past what the sticky expression matches here. */
function take(reader: Reader, sticky: RegExp): RegExpExecArray | null {
  sticky.lastIndex = reader.at;
  const found = sticky.exec(reader.text);
  if (found) reader.at += found[0].length;
  return found;
}

const ignored = /\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->/y;
const documentType = /<!DOCTYPE(?:[^[\]<>"']|"[^"]*"|'[^']*'|\[(?:[^\]"']|"[^"]*"|'[^']*')*\])*>/y;

/** What may stand outside the root element. */
function skipMisc(reader: Reader): boolean {
  while (take(reader, ignored) || take(reader, documentType));
  return reader.at >= reader.text.length || reader.text[reader.at] === "<";
}

const nameText = "[\\p{L}_:][\\p{L}\\p{N}\\p{M}_:.\\-\\u00b7]*";
const openTag = new RegExp(`<(${nameText})`, "uy");
const closeTag = new RegExp(`</(${nameText})\\s*>`, "uy");
const attribute = new RegExp(`\\s+(${nameText})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, "uy");
const skipped = /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/y;

function element(reader: Reader, depth: number): Element | undefined {
  const name = take(reader, openTag)?.[1];
  if (name === undefined || depth > maxDepth) return undefined;
  const slots = new Map<string, Dynamic[]>();
  for (let found = take(reader, attribute); found; found = take(reader, attribute)) {
    const value = unescaped(found[2] ?? found[3] ?? "");
    if (value === undefined || slots.has(`@${found[1]}`)) return undefined;
    slots.set(`@${found[1]}`, [value]);
  }
  const end = take(reader, /\s*(\/?)>/y);
  if (!end) return undefined;
  if (end[1] === "" && !content(reader, name, slots, depth)) return undefined;
  return { name, value: slotsValue(slots) };
}

/** Reads up to the closing tag of `name`, and adds what is there to `slots`. */
function content(reader: Reader, name: string, slots: Map<string, Dynamic[]>, depth: number): boolean {
  for (;;) {
    const text = take(reader, /[^<]+/y)?.[0];
    if (text !== undefined) {
      const value = unescaped(text)?.trim();
      if (value === undefined) return false;
      if (value !== "") addTo(slots, "#text", typed(value));
    }
    const close = take(reader, closeTag);
    if (close) return close[1] === name;
    if (take(reader, skipped)) continue;
    const child = element(reader, depth + 1);
    if (!child) return false;
    addTo(slots, child.name, child.value);
  }
}

function addTo(slots: Map<string, Dynamic[]>, name: string, value: Dynamic): void {
  const values = slots.get(name);
  if (values) values.push(value);
  else slots.set(name, [value]);
}

function slotsValue(slots: ReadonlyMap<string, readonly Dynamic[]>): Dynamic {
  if (slots.size === 0) return null;
  const bag = new Map([...slots].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
  return bag.size === 1 && bag.has("#text") ? bag.get("#text")! : bag;
}

/** A text that is a number in the very digits Kusto would print becomes one. */
function typed(text: string): Dynamic {
  if (!/^-?[0-9]+(?:\.[0-9]+)?$/.test(text)) return text;
  const value = parseDynamic(text);
  return value !== undefined && printDynamic(value) === text ? value : text;
}

const entities: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** The text with its references replaced; undefined where one has no meaning. */
function unescaped(text: string): string | undefined {
  if (!text.includes("&")) return text;
  let valid = true;
  const result = text.replace(/&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(\w{1,8}));|&/g, (_, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? "-1", 16) : Number(decimal);
    if (code > 0 && code <= 0x10ffff && (code < 0xd800 || code >= 0xe000)) return String.fromCodePoint(code);
    const char = entities.get(name);
    valid &&= char !== undefined;
    return char ?? "";
  });
  return valid ? result : undefined;
}
