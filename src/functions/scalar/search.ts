import { compileRegex } from "../algorithms/regex/regex.ts";
import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { constant, required, type ScalarFunction } from "../signature.ts";

const docs = "https://learn.microsoft.com/kusto/query/search-operator";
const define = family({ docs });

export const searchTermFunctions: readonly ScalarFunction[] = [
  define(
    { name: "search()", docs },
    "True when the regular expression of a search term such as `Lab*PC` matches.",
    rowwise([required("text", "string"), constant(required("pattern", "string"))], "bool", matches),
  ),
];

/** Whether such a term minds the case is not documented: no answer where it matters. */
function matches(text: string, pattern: string): boolean {
  const strict = compileRegex(pattern).test(text);
  if (strict === compileRegex(pattern, "i").test(text)) return strict;
  throw new Refusal(
    1,
    "a term with `*` inside meets a text that differs in case, and whether that counts is not documented: say `kind=case_sensitive`, or write `matches regex`",
  );
}
