import { foldedEquality } from "../../diagnostics/catalogue/lint.ts";
import { type LintedQuery, type Rule, sourceText, textValue } from "../rule.ts";
import { caseCall, findings } from "../walk.ts";

const better: Readonly<Record<string, string>> = { "==": "=~", "!=": "!~", in: "in~", "!in": "!in~" };

export const foldedEqualityRule: Rule = {
  code: "KQ603",
  name: "folded-equality",
  severity: "hint",
  summary: '`tolower(x) == "text"` is `x =~ "text"`.',
  why: "The operator that compares without case uses the index; the function makes a new text of every row first.",
  example: { bad: 'T | where tolower(Name) == "cmd.exe"', good: 'T | where Name =~ "cmd.exe"' },
  docs: "https://learn.microsoft.com/kusto/query/best-practices",
  check: (query) =>
    findings(query.tree, (node) => {
      if (node.kind !== "Binary" && node.kind !== "In") return [];
      const folded = caseCall(node.kind === "Binary" ? node.left : node.operand);
      const operator = better[node.operator];
      if (!folded || operator === undefined) return [];
      const texts = (node.kind === "Binary" ? [node.right] : node.list).map(textValue);
      if (!texts.every((text) => text !== undefined && isAscii(text) && folded.fold(text) === text)) return [];
      const { call, arg } = folded;
      const compound = arg.kind !== "Name" && arg.kind !== "Call" && arg.kind !== "Path" && arg.kind !== "Element";
      const value = sourceText(query, arg.span);
      const text =
        (compound ? `(${value})` : value) +
        between(query, call.span.end, node.operatorSpan.start) +
        operator +
        between(query, node.operatorSpan.end, node.span.end);
      return [foldedEquality(node.span, call.span, call.name.name, node.operator, operator, text)];
    }),
};

function between({ text }: LintedQuery, start: number, end: number): string {
  return text.slice(start, end);
}

/** Other scripts fold in more than one way. */
function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
