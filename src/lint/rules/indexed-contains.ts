import { indexedContains } from "../../diagnostics/catalogue/lint.ts";
import { type Rule, textValue } from "../rule.ts";
import { findings } from "../walk.ts";

export const indexedContainsRule: Rule = {
  code: "KQ609",
  name: "indexed-contains",
  severity: "hint",
  summary: "`contains` where `has` finds the same.",
  why:
    "`has` finds words through the index, `contains` reads every text. They differ inside of words; a text that begins " +
    "and ends with something else than a letter or digit is never inside of one.",
  example: { bad: 'T | where CommandLine contains " -enc "', good: 'T | where CommandLine has " -enc "' },
  docs: "https://learn.microsoft.com/kusto/query/best-practices",
  check: ({ tree }) =>
    findings(tree, (node) => {
      if (node.kind !== "Binary" || !/^!?contains(_cs)?$/.test(node.operator)) return [];
      const text = textValue(node.right);
      // Shorter words are not in the index.
      if (text === undefined || !/^[^\p{L}\p{N}].*[\p{L}\p{N}]{3}.*[^\p{L}\p{N}]$/su.test(text)) return [];
      return [indexedContains(node.operatorSpan, node.operator, node.operator.replace("contains", "has"))];
    }),
};
