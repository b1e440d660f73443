import { neverEqual } from "../../diagnostics/catalogue/lint.ts";
import { type Rule, sourceText, textValue } from "../rule.ts";
import { caseCall, findings } from "../walk.ts";

const caseSensitive = /^!?(==|=|in|has_cs|hasprefix_cs|hassuffix_cs|contains_cs|startswith_cs|endswith_cs)$/;

export const neverEqualRule: Rule = {
  code: "KQ604",
  name: "never-equal",
  severity: "warning",
  summary: "What `tolower` gives is compared with a text that has upper-case letters.",
  why: "The two are never equal, so the condition finds nothing, or lets everything through.",
  example: { bad: 'T | where tolower(Name) == "Cmd.exe"', good: 'T | where Name =~ "Cmd.exe"' },
  docs: "https://learn.microsoft.com/kusto/query/tolower-function",
  check: (query) =>
    findings(query.tree, (node) => {
      if (node.kind !== "Binary" && node.kind !== "In") return [];
      const folded = caseCall(node.kind === "Binary" ? node.left : node.operand);
      if (!folded || !caseSensitive.test(node.operator)) return [];
      const wrong = folded.call.name.name === "tolower" ? /[A-Z]/ : /[a-z]/;
      return (node.kind === "Binary" ? [node.right] : node.list).flatMap((item) => {
        const text = textValue(item);
        if (text === undefined || !wrong.test(text)) return [];
        return [neverEqual(item.span, folded.call.name.name, node.operator, sourceText(query, item.span))];
      });
    }),
};
