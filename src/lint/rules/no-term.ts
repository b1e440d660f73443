import { noTerm } from "../../diagnostics/catalogue/lint.ts";
import { type Rule, textValue } from "../rule.ts";
import { findings } from "../walk.ts";

export const noTermRule: Rule = {
  code: "KQ602",
  name: "no-term",
  severity: "warning",
  summary: "`has` looks for words, and the text holds none.",
  why: "A word is a run of letters and digits. For a text without any, `contains` says what is meant.",
  example: { bad: 'T | where Path has "%"', good: 'T | where Path contains "%"' },
  docs: "https://learn.microsoft.com/kusto/query/datatypes-string-operators#what-is-a-term",
  check: ({ tree }) =>
    findings(tree, (node) => {
      if (node.kind === "Binary" && /^!?has(_cs)?$/.test(node.operator)) {
        const text = textValue(node.right);
        return text === undefined || holdsWord(text) ? [] : [noTerm(node.right.span, node.operator, text)];
      }
      if (node.kind !== "In" || !/^has_/.test(node.operator)) return [];
      return node.list.flatMap((item) => {
        const text = textValue(item);
        return text === undefined || holdsWord(text) ? [] : [noTerm(item.span, node.operator, text)];
      });
    }),
};

function holdsWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
