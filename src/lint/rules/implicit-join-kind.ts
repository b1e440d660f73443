import { implicitJoinKind } from "../../diagnostics/catalogue/lint.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Rule } from "../rule.ts";
import { findings } from "../walk.ts";

export const implicitJoinKindRule: Rule = {
  code: "KQ600",
  name: "implicit-join-kind",
  severity: "hint",
  summary: "A `join` without `kind` is an `innerunique` join.",
  why:
    "It keeps one row of the left side per key, whichever comes first, and drops the others with everything they say. " +
    "Said aloud, readers know that it is meant. Nothing is said where the left side has one row per key anyway.",
  example: { bad: "T | join (U) on Key", good: "T | join kind=inner (U) on Key" },
  docs: "https://learn.microsoft.com/kusto/query/join-innerunique",
  check: ({ tree, text }) =>
    findings(tree, (node) => {
      if (node.kind !== "Pipeline") return [];
      return node.operators.flatMap((operator, i) => {
        if (operator.kind !== "Join" || operator.options.some(({ name }) => name.name === "kind")) return [];
        if (hasUniqueKeys(node.operators.slice(0, i), operator.on)) return [];
        const start = text.indexOf("join", operator.span.start);
        const word = { start, end: start + "join".length };
        return start < 0 ? [] : [implicitJoinKind(word, word)];
      });
    }),
};

/** The rows to the left have been made one per key, or one per part of the key. */
function hasUniqueKeys(before: readonly op.Operator[], on: readonly ast.Expr[]): boolean {
  const keys = new Set(on.map(leftName));
  const grouping = before.findLast(({ kind }) => !rowwise.has(kind));
  const by =
    grouping?.kind === "Summarize" ? grouping.by : grouping?.kind === "Distinct" ? grouping.columns : undefined;
  return by?.every((column) => column.kind === "Name" && keys.has(column.name)) ?? false;
}

const rowwise: ReadonlySet<string> = new Set(["Where", "Extend", "Sort", "Top", "Take", "Serialize", "ProjectReorder"]);

function leftName(condition: ast.Expr): string | undefined {
  if (condition.kind === "Name") return condition.name;
  if (condition.kind !== "Binary") return undefined;
  const sides = [condition.left, condition.right];
  const left = sides.find(
    (side) => side.kind === "Path" && side.object.kind === "Name" && side.object.name === "$left",
  );
  return left?.kind === "Path" && left.name.kind === "Name" ? left.name.name : undefined;
}
