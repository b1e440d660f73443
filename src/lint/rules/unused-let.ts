import { unusedLet } from "../../diagnostics/catalogue/lint.ts";
import { walk } from "../../parser/walk.ts";
import type { Rule } from "../rule.ts";
import { findings } from "../walk.ts";

export const unusedLetRule: Rule = {
  code: "KQ608",
  name: "unused-let",
  severity: "hint",
  summary: "A `let` that nothing refers to.",
  why: "It is a rest of an earlier version, or the name where it should stand is another one.",
  example: { bad: "let limit = 5; T | where n > 5", good: "let limit = 5; T | where n > limit" },
  docs: "https://learn.microsoft.com/kusto/query/let-statement",
  check: ({ tree, text }) => {
    // A file of functions alone is there for others.
    if (!tree.statements.some(({ kind }) => kind === "ExpressionStatement")) return [];
    const uses = new Map<string, number>();
    walk(tree, (node) => {
      if (node.kind === "Name") uses.set(node.name, (uses.get(node.name) ?? 0) + 1);
    });
    return findings(tree, (node, around) => {
      if (node.kind !== "Let" || around.length > 1 || (uses.get(node.name.name) ?? 0) > 1) return [];
      const semicolon = /^\s*;[ \t]*(\r?\n)?/.exec(text.slice(node.span.end))?.[0].length ?? 0;
      const statement = { start: node.span.start, end: node.span.end + semicolon };
      return [unusedLet(node.name.span, node.name.name, statement)];
    });
  },
};
