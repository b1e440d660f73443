import type { Dynamic } from "../../data/dynamic.ts";
import { isArray } from "../../data/dynamic.ts";
import { cellText } from "../../data/text.ts";
import { codePointIndex, codePointLength, unitOffset } from "../algorithms/code-points.ts";
import { foldCase } from "../algorithms/fold-case.ts";
import { regexArgument } from "../algorithms/regex/compile.ts";
import { allMatches, type Regex, type RegexMatch } from "../algorithms/regex/regex.ts";
import { hasTerm } from "../algorithms/terms.ts";
import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { refusedDynamic } from "../refused.ts";
import { constant, optional, required, type ScalarFunction } from "../signature.ts";
import { overTexts } from "../text-kernels.ts";

/* Functions that search in texts. Regular expressions are RE2's. https://learn.microsoft.com/kusto/query/regex */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const source = required("source", "string");
const regex = required("regex", "string");
const place = [optional("start", "long"), optional("length", "long"), optional("occurrence", "long")] as const;

const counted = [source, constant(required("search", "string")), constant(optional("kind", "string"))] as const;

export const searchFunctions: readonly ScalarFunction[] = [
  define(
    "extract",
    "The text of a capture group of the first match, 0 being the whole match; empty when there is no match.",
    rowwise([constant(regex), required("captureGroup", "long"), source], "string", (pattern, group, text) => {
      const match = regexArgument(pattern, 0).exec(text);
      return match?.groups[Number(group)] ?? "";
    }),
    refusedDynamic({ params: [constant(regex), required("captureGroup", "long"), source], returns: "string" }, 2),
  ),

  define(
    { name: "extract_all", aliases: ["extractall"] },
    "The capture groups of every match: an array of texts when there is one group, else of arrays; null without a match.",
    rowwise([constant(regex), source], "dynamic", (pattern, text) => {
      const compiled = withGroups(pattern);
      return captured(compiled, everyGroup(compiled), text);
    }),
    rowwise([constant(regex), required("captureGroups", "dynamic"), source], "dynamic", (pattern, wanted, text) => {
      const compiled = withGroups(pattern);
      if (!isArray(wanted)) throw new Refusal(1, "the capture groups are no array");
      // Numbers of groups that the pattern does not have are left out; when none is left, all groups count.
      const groups = wanted.map((group) => groupNumber(compiled, group)).filter((group) => group !== undefined);
      return captured(compiled, groups.length > 0 ? groups : everyGroup(compiled), text);
    }),
  ),

  define(
    "replace_regex",
    "The text with every match replaced; in the rewrite, `\\0` is the match and `\\1` its first group.",
    rowwise(
      [source, constant(required("lookup_regex", "string")), constant(required("rewrite_pattern", "string"))],
      "string",
      (text, pattern, rewrite) => replaced(regexArgument(pattern, 1), rewrite, text),
    ),
  ),

  define(
    { name: "replace", docs: "https://learn.microsoft.com/kusto/query/replace-regex-function" },
    "The older form of `replace_regex`, with the text behind the patterns.",
    rowwise([constant(regex), constant(required("rewrite", "string")), source], "string", (pattern, rewrite, text) =>
      replaced(regexArgument(pattern, 0), rewrite, text),
    ),
  ),

  define(
    "trim",
    "The text without the matches at its start and end.",
    rowwise([constant(regex), source], "string", (pattern, text) => trimmedEnd(pattern, trimmedStart(pattern, text))),
    refusedDynamic({ params: [constant(regex), source], returns: "string" }, 1),
  ),
  define(
    "trim_start",
    "The text without the match at its start.",
    rowwise([constant(regex), source], "string", trimmedStart),
  ),
  define(
    "trim_end",
    "The text without the match at its end.",
    rowwise([constant(regex), source], "string", trimmedEnd),
  ),

  define(
    "regex_quote",
    "The text as a pattern that matches it and nothing else.",
    overTexts(
      [required("string", "scalar")],
      rowwise([required("string", "string")], "string", (text) => text.replace(/[\\.+*?()|[\]{}^$#&\-~]/g, "\\$&")),
    ),
  ),

  define(
    "countof",
    "How often the text occurs, overlapping ones included; with `regex`, how often the pattern matches one after another.",
    refusedDynamic({ params: counted, returns: "long" }, 0),
    rowwise(counted, "long", (text, search, kind = "normal") => {
      if (kind === "regex") return BigInt(allMatches(regexArgument(search, 1), text).length);
      if (kind !== "normal") throw new Refusal(2, "the kind is `normal` or `regex`");
      if (search === "") return 0n;
      let count = 0n;
      for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) count++;
      return count;
    }),
  ),

  define(
    "indexof",
    "Where the text occurs first, or for the n-th time, from zero; -1 when it does not; null for a place that cannot be and for an empty text.",
    overTexts(
      [required("string", "scalar"), required("match", "scalar"), ...place],
      rowwise([required("string", "string"), required("match", "string"), ...place], "long", (text, match, ...where) =>
        match === "" ? null : nthIndex(text, where, everyStart(match)),
      ),
    ),
  ),

  define(
    "indexof_regex",
    "Where the pattern matches first, or for the n-th time, from zero; -1 when it does not; null for a place that cannot be.",
    overTexts(
      [required("string", "scalar"), required("match", "scalar"), ...place],
      rowwise(
        [required("string", "string"), required("match", "string"), ...place],
        "long",
        (text, match, ...where) => {
          const [start = 0n] = where;
          if (start < 0n) return null;
          return nthIndex(text, where, everyMatch(regexArgument(match, 1)));
        },
      ),
    ),
  ),

  define(
    "has_any_index",
    "The position in the array of the first item that the text has as a whole term; -1 when it has none.",
    rowwise([source, required("values", "dynamic")], "long", (text, values) => {
      if (!isArray(values)) return null;
      const folded = foldCase(text);
      return BigInt(values.findIndex((value) => hasTerm(folded, foldCase(cellText("dynamic", value)), "both")));
    }),
  ),
];

/** The most capture groups that `extract_all` takes. */
const maxGroups = 16;

function withGroups(pattern: string): Regex {
  const compiled = regexArgument(pattern, 0);
  const groups = compiled.names.length - 1;
  if (groups === 0) throw new Refusal(0, "the pattern has no capture group");
  if (groups > maxGroups)
    throw new Refusal(0, `the pattern has ${groups} capture groups, at most ${maxGroups} can be extracted`);
  return compiled;
}

function everyGroup(compiled: Regex): readonly number[] {
  return [...compiled.names.keys()].slice(1);
}

function groupNumber(compiled: Regex, group: Dynamic): number | undefined {
  if (typeof group === "number") return group >= 1 && group < compiled.names.length ? group : undefined;
  const index = typeof group === "string" ? compiled.names.indexOf(group, 1) : -1;
  if (index > 0) return index;
  throw new Refusal(1, `the pattern has no capture group \`${cellText("dynamic", group)}\``);
}

function captured(compiled: Regex, groups: readonly number[], text: string): Dynamic {
  const matches = allMatches(compiled, text);
  if (matches.length === 0) return null;
  const of = (match: RegexMatch, group: number) => match.groups[group] ?? "";
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) return matches.map((match) => of(match, only));
  return matches.map((match) => groups.map((group) => of(match, group)));
}

function replaced(compiled: Regex, rewrite: string, text: string): string {
  let result = "";
  let at = 0;
  for (const match of allMatches(compiled, text)) {
    result += text.slice(at, match.start);
    result += rewrite.replace(/\\([0-9]|\\)/g, (_, group: string) =>
      group === "\\" ? "\\" : (match.groups[Number(group)] ?? ""),
    );
    at = match.end;
  }
  return result + text.slice(at);
}

function trimmedStart(pattern: string, text: string): string {
  const match = regexArgument(`^(?:${pattern})`, 0).exec(text);
  return match ? text.slice(match.end) : text;
}

function trimmedEnd(pattern: string, text: string): string {
  const match = regexArgument(`(?:${pattern})$`, 0).exec(text);
  return match ? text.slice(0, match.start) : text;
}

/** Where something occurs from a place on, before another, in code units. */
type Occurrences = (text: string, from: number, to: number) => Iterable<number>;

/** As on the Kusto emulator, an occurrence counts by its start: it may reach over the end. */
function everyStart(match: string): Occurrences {
  return function* (text, from, to) {
    for (let at = text.indexOf(match, from); at >= 0 && at < to; at = text.indexOf(match, at + 1)) yield at;
  };
}

/** A match must lie within. */
function everyMatch(compiled: Regex): Occurrences {
  return function* (text, from, to) {
    const within = text.slice(0, to);
    let found = compiled.exec(within, from);
    while (found) {
      yield found.start;
      const next = found.end > found.start ? found.end : found.end + 1;
      found = next > within.length ? null : compiled.exec(within, next);
    }
  };
}

/** Start and length bound the search, counted in code points. Null for what cannot be. */
function nthIndex(
  text: string,
  [start = 0n, length = -1n, occurrence = 1n]: readonly (bigint | undefined)[],
  find: Occurrences,
): bigint | null {
  if (length < -1n || occurrence < 1n) return null;
  const size = codePointLength(text);
  const first = start < 0n ? size + Number(start) : Number(start);
  if (first < 0) return null;
  if (first > size) return -1n;
  const end = length === -1n ? text.length : unitOffset(text, first + Number(length));
  let n = 0n;
  for (const at of find(text, unitOffset(text, first), end)) {
    n++;
    if (n === occurrence) return BigInt(codePointIndex(text, at));
  }
  return -1n;
}
