import { foldCase } from "../algorithms/fold-case.ts";
import { compileRegex } from "../algorithms/regex/regex.ts";
import { RegexError } from "../algorithms/regex/syntax.ts";
import { hasTerm } from "../algorithms/terms.ts";
import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { refusedDynamic } from "../refused.ts";
import { type Overload, required, type ScalarFunction } from "../signature.ts";

/* https://learn.microsoft.com/kusto/query/datatypes-string-operators */

const docs = "https://learn.microsoft.com/kusto/query/datatypes-string-operators";
const define = family({ docs });
const sides = [required("text", "string"), required("pattern", "string")] as const;

type Test = (text: string, pattern: string) => boolean;

/** The operator, its case-sensitive form, and the negation of both. */
function forms(name: string, summary: string, test: Test, ...more: readonly Overload[]): readonly ScalarFunction[] {
  const folded = ignoringCase(test);
  return [
    ...withNegation(name, `${summary}, whatever the case.`, folded, more),
    ...withNegation(`${name}_cs`, `${summary}, with regard to case.`, test, more),
  ];
}

function withNegation(name: string, summary: string, test: Test, more: readonly Overload[]): readonly ScalarFunction[] {
  return [
    define({ name, docs }, summary, rowwise(sides, "bool", test), ...more),
    define(
      { name: `!${name}`, docs },
      `Not \`${name}\`.`,
      rowwise(sides, "bool", (a, b) => !test(a, b)),
      ...more,
    ),
  ];
}

/** A dynamic is the text that it holds, but not as a term to look for. */
const noDynamicTerm = refusedDynamic({ params: sides, returns: "bool" }, 1);

/** Folds a pattern once for all the texts that it meets in a row. */
function ignoringCase(test: Test): Test {
  let last = "";
  let folded = "";
  return (text, pattern) => {
    if (pattern !== last) {
      last = pattern;
      folded = foldCase(pattern);
    }
    return test(foldCase(text), folded);
  };
}

function matchesRegex(text: string, pattern: string): boolean {
  try {
    return compileRegex(pattern).test(text);
  } catch (thrown) {
    if (thrown instanceof RegexError) throw new Refusal(1, thrown.message);
    throw thrown;
  }
}

export const stringOperators: readonly ScalarFunction[] = [
  define(
    { name: "=~", docs },
    "True when both are equal, whatever the case.",
    rowwise(
      sides,
      "bool",
      ignoringCase((text, other) => text === other),
    ),
  ),
  define(
    { name: "!~", docs },
    "Not `=~`.",
    rowwise(
      sides,
      "bool",
      ignoringCase((text, other) => text !== other),
    ),
  ),
  ...forms(
    "has",
    "True when the text has the pattern as a whole term",
    (text, term) => hasTerm(text, term, "both"),
    noDynamicTerm,
  ),
  ...forms("hasprefix", "True when a term of the text begins with the pattern", (text, term) =>
    hasTerm(text, term, "start"),
  ),
  ...forms("hassuffix", "True when a term of the text ends with the pattern", (text, term) =>
    hasTerm(text, term, "end"),
  ),
  ...forms("contains", "True when the text has the pattern anywhere", (text, part) => text.includes(part)),
  ...forms("startswith", "True when the text begins with the pattern", (text, part) => text.startsWith(part)),
  ...forms("endswith", "True when the text ends with the pattern", (text, part) => text.endsWith(part)),
  define(
    { name: "matches regex", docs },
    "True when the regular expression (RE2 syntax) matches somewhere in the text.",
    rowwise(sides, "bool", matchesRegex),
  ),
];
