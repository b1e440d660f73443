import { compareStrings } from "../../data/compare.ts";
import { type Dynamic, isArray } from "../../data/dynamic.ts";
import { tostringText } from "../../data/text.ts";
import { codePointLength, unitOffset } from "../algorithms/code-points.ts";
import { lowerCase, upperCase } from "../algorithms/letter-case.ts";
import { replaceEach } from "../algorithms/replace-each.ts";
import { utf8Length } from "../algorithms/utf8.ts";
import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { refusedDynamic } from "../refused.ts";
import { optional, repeated, required, type ScalarFunction } from "../signature.ts";
import { overTexts } from "../text-kernels.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const text = required("text", "string");
const anyText = required("text", "scalar");
const value = required("value", "string");
const anyValue = required("value", "scalar");

/** What a repetition may grow to. */
const maxRepeats = 1024;

export const stringFunctions: readonly ScalarFunction[] = [
  define(
    { name: "strlen", resultName: { prefix: "strlen" } },
    "The number of Unicode code points in the text.",
    rowwise([text], "long", (s) => BigInt(codePointLength(s))),
  ),

  define(
    { name: "string_size", resultName: { prefix: "string_size" } },
    "The number of bytes that the text takes in UTF-8.",
    rowwise([text], "long", (s) => BigInt(utf8Length(s))),
  ),

  define(
    "substring",
    "The part of the text that begins at `start` (from zero; counted from the end when negative), at most `length` long.",
    overTexts(
      [anyText, required("start", "long"), optional("length", "long")],
      rowwise([text, required("start", "long"), optional("length", "long")], "string", substring),
    ),
  ),

  define(
    { name: "strcat", most: 64 },
    "All the values one after another, as texts.",
    overTexts(
      [required("value", "scalar"), repeated("value", "scalar")],
      rowwise([required("value", "string"), repeated("value", "string")], "string", (...parts) => parts.join("")),
    ),
  ),

  define(
    { name: "strcat_delim", most: 65 },
    "All the values one after another, as texts, with the delimiter between them.",
    overTexts(
      [required("delimiter", "scalar"), anyValue, anyValue, repeated("value", "scalar")],
      rowwise([required("delimiter", "string"), value, value, repeated("value", "string")], "string", joined),
    ),
  ),

  define(
    { name: "strcat_array", aliases: ["array_strcat"] },
    "The elements of the array one after another, as texts, with the delimiter between them.",
    overTexts(
      [required("array", "dynamic"), required("delimiter", "scalar")],
      rowwise([required("array", "dynamic"), required("delimiter", "string")], "string", (items, delimiter) =>
        isArray(items) ? joined(delimiter, ...items.map(textOf)) : textOf(items),
      ),
    ),
  ),

  define(
    "strrep",
    `The text repeated up to ${maxRepeats} times, with the delimiter between the copies.`,
    overTexts(
      [required("value", "scalar"), required("multiplier", "long"), optional("delimiter", "scalar")],
      rowwise(
        [required("value", "string"), required("multiplier", "long"), optional("delimiter", "string")],
        "string",
        (value, count, delimiter = "") =>
          new Array<string>(Math.max(0, Math.min(Number(count), maxRepeats))).fill(value).join(delimiter),
      ),
    ),
  ),

  define("toupper", "The text in upper case.", overTexts([anyText], rowwise([text], "string", upperCase))),

  define("tolower", "The text in lower case.", overTexts([anyText], rowwise([text], "string", lowerCase))),

  define(
    "reverse",
    "The text backwards.",
    overTexts(
      [anyText],
      rowwise([text], "string", (s) => [...s].reverse().join("")),
    ),
  ),

  define(
    { name: "split", resultName: "firstArgument" },
    "An array of the parts between the delimiters, or of the one part at the index; null behind the last part.",
    overTexts(
      [required("source", "scalar"), required("delimiter", "string"), optional("requestedIndex", "long")],
      rowwise(
        [required("source", "string"), required("delimiter", "string"), optional("requestedIndex", "long")],
        "dynamic",
        (source, delimiter, index) => {
          const parts = delimiter === "" ? [source] : source.split(delimiter);
          if (index === undefined) return parts;
          const at = Number(index);
          return at < parts.length ? parts.slice(Math.max(at, 0), at + 1) : null;
        },
      ),
    ),
  ),

  define(
    "replace_string",
    "The text with every occurrence of `lookup` replaced.",
    rowwise([text, required("lookup", "string"), required("rewrite", "string")], "string", (s, lookup, rewrite) =>
      lookup === "" ? s : s.replaceAll(lookup, () => rewrite),
    ),
    refusedDynamic(
      { params: [text, required("lookup", "string"), required("rewrite", "string")], returns: "string" },
      0,
    ),
  ),

  define(
    "replace_strings",
    "The text with every occurrence of a lookup replaced by its rewrite; an earlier lookup has its pick before a later one.",
    rowwise(
      [text, required("lookups", "dynamic"), required("rewrites", "dynamic")],
      "string",
      (s, lookups, rewrites) => {
        if (!isArray(lookups)) throw new Refusal(1, "the lookups are no array");
        if (!isArray(rewrites)) throw new Refusal(2, "the rewrites are no array");
        if (lookups.length !== rewrites.length) {
          throw new Refusal(2, `there are ${lookups.length} lookups, but ${rewrites.length} rewrites`);
        }
        return replaceEach(s, lookups.map(stringOf), rewrites.map(stringOf));
      },
    ),
  ),

  define(
    "translate",
    "The text with every character of `searchList` replaced by the one at its place in `replacementList`.",
    rowwise(
      [required("searchList", "string"), required("replacementList", "string"), required("source", "string")],
      "string",
      translate,
    ),
  ),

  define(
    "strcmp",
    "-1, 0 or 1 as the first text comes before the second, equals it, or comes after it, character by character.",
    overTexts(
      [required("string1", "scalar"), required("string2", "scalar")],
      rowwise([required("string1", "string"), required("string2", "string")], "long", (a, b) =>
        BigInt(compareStrings(a, b)),
      ),
    ),
  ),

  define(
    { name: "isascii", docs: "https://learn.microsoft.com/kusto/query/isascii" },
    "True when the text holds nothing beyond ASCII.",
    overTexts(
      [anyText],
      rowwise([text], "bool", (s) => utf8Length(s) === s.length),
    ),
  ),

  define(
    "isutf8",
    "True when the text can be written as UTF-8.",
    overTexts(
      [anyText],
      rowwise([text], "bool", (s) => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(s)),
    ),
  ),
];

function joined(delimiter: string, ...parts: readonly string[]): string {
  return parts.join(delimiter);
}

function textOf(item: Dynamic): string {
  return tostringText("dynamic", item);
}

function stringOf(item: Dynamic): string | undefined {
  return typeof item === "string" ? item : undefined;
}

/** A negative start that reaches back beyond the first character leaves nothing. */
function substring(source: string, start: bigint, length: bigint | undefined): string {
  const size = codePointLength(source);
  const from = start < 0n ? size + Number(start) : Math.min(Number(start), size);
  if (from < 0) return "";
  const to = length === undefined ? size : Math.min(size, from + Math.max(0, Number(length)));
  return source.slice(unitOffset(source, from), unitOffset(source, to));
}

/** A shorter list of replacements is filled up with its last character; an empty one takes the characters out. */
function translate(search: string, replacement: string, source: string): string {
  const [from, to] = [[...search], [...replacement]];
  const table = new Map<string, string>();
  for (const [i, char] of from.entries()) {
    if (!table.has(char)) table.set(char, to[i] ?? to.at(-1) ?? "");
  }
  return [...source].map((char) => table.get(char) ?? char).join("");
}
