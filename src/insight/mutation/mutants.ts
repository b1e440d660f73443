import type * as ast from "../../parser/ast.ts";
import { parse } from "../../parser/parse.ts";
import { type Node, partsOf } from "../../parser/walk.ts";
import { connectiveEdits, listEdits, negations, operatorEdits } from "./conditions.ts";
import { applied, type Edit, type Mutant } from "./edit.ts";
import { literalEdits } from "./literals.ts";
import { aggregateEdits, armEdits, directionEdit, joinEdits, pipeEdits } from "./operators.ts";

/**
 * The query with one small mistake each, in the order of the text. A test that passes for one of them does not notice
 * the mistake. Not all of them bind, and some mean the same as the query: see `noticeable`.
 */
export function mutantsOf(text: string): readonly Mutant[] {
  const { tree } = parse(text);
  const known = new Set([text]);
  const mutants: Mutant[] = [];
  const edits = editsIn(tree, text);
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const mutant = applied(text, edit);
    if (known.has(mutant.text)) continue;
    known.add(mutant.text);
    mutants.push(mutant);
  }
  return mutants;
}

/** Data that the query spells out, and what says how it is to be read: no logic. */
const inert: ReadonlySet<string> = new Set([
  "Datatable",
  "ExternalData",
  "Option",
  "Set",
  "DeclareParameters",
  "Render",
]);

function editsIn(node: Node, text: string): readonly Edit[] {
  if (inert.has(node.kind)) return [];
  return [...editsAt(node, text), ...partsOf(node).flatMap((part) => editsIn(part, text))];
}

function editsAt(node: Node, text: string): readonly Edit[] {
  switch (node.kind) {
    case "Literal":
      return literalEdits(node);
    case "Binary":
      return [...operatorEdits(node), ...connectiveEdits(node)];
    case "In":
      return [...operatorEdits(node), ...listEdits(node)];
    case "Where":
      return negations(node.predicate, text);
    case "Call":
      return [...armEdits(node, text), ...conditionsOf(node).flatMap((condition) => negations(condition, text))];
    case "Summarize":
      return aggregateEdits(node.aggregates, text);
    case "MakeSeries":
      return aggregateEdits(
        node.aggregates.map(({ column }) => column),
        text,
      );
    case "Join":
    case "Lookup":
      return joinEdits(node, text);
    case "Top":
      return [directionEdit(node.by, text)];
    case "Pipeline":
      return [...pipeEdits(node), ...sortsBeforeTake(node).map((by) => directionEdit(by, text))];
    default:
      return [];
  }
}

/** They aggregate the rows for which their second argument is true. */
const conditionalAggregates: ReadonlySet<string> = new Set(
  "sumif avgif minif maxif dcountif count_distinctif make_list_if make_set_if take_anyif stdevif varianceif".split(" "),
);

/** The arguments of a call that are conditions. */
function conditionsOf({ name: { name }, args }: ast.Call): readonly ast.Expr[] {
  if (name === "iff" || name === "iif") return args.slice(0, 1);
  if (name === "case") return args.slice(0, -1).filter((_, i) => i % 2 === 0);
  if (name === "countif") return args.slice(0, 1);
  return conditionalAggregates.has(name) ? args.slice(1, 2) : [];
}

/** The keys of sorts whose first rows alone stay. */
function sortsBeforeTake({ operators }: ast.Pipeline): readonly ast.OrderedExpr[] {
  return operators.flatMap((operator, i) =>
    operator.kind === "Sort" && operators[i + 1]?.kind === "Take" ? operator.by : [],
  );
}
