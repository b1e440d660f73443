import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import { type Edit, textAt } from "./edit.ts";

/** What each kind of join is mistaken for. */
const joinKinds: Readonly<Record<string, readonly string[]>> = {
  innerunique: ["inner", "leftouter", "leftanti"],
  inner: ["innerunique", "leftouter", "leftanti"],
  leftouter: ["inner", "innerunique"],
  rightouter: ["inner", "fullouter"],
  fullouter: ["inner", "leftouter"],
  leftsemi: ["leftanti"],
  leftanti: ["leftsemi"],
  anti: ["leftsemi"],
  leftantisemi: ["leftsemi"],
  rightsemi: ["rightanti"],
  rightanti: ["rightsemi"],
  rightantisemi: ["rightsemi"],
};

export function joinEdits(join: op.Join | op.Lookup, text: string): readonly Edit[] {
  const stated = join.options.find((option) => option.name.name === "kind")?.value;
  const kind = stated ? textAt(text, stated.span) : join.kind === "Join" ? "innerunique" : "leftouter";
  const others = join.kind === "Join" ? (joinKinds[kind] ?? []) : kind === "inner" ? ["leftouter"] : ["inner"];
  const keywordEnd = join.span.start + join.kind.length;
  const span = stated?.span ?? { start: keywordEnd, end: keywordEnd };
  return others.map((other) => ({ span, replacement: stated ? other : ` kind=${other}`, operator: "join kind" }));
}

const otherAggregates: Readonly<Record<string, string>> = {
  min: "max",
  max: "min",
  minif: "maxif",
  maxif: "minif",
  arg_max: "arg_min",
  arg_min: "arg_max",
  make_set: "make_list",
  make_list: "make_set",
};
/** Aggregates of distinct values, which count instead. */
const distinctCounts: ReadonlySet<string> = new Set(["dcount", "count_distinct"]);
/** Aggregates whose last argument is a condition, and those without. */
const withoutCondition: Readonly<Record<string, string>> = {
  sumif: "sum",
  avgif: "avg",
  minif: "min",
  maxif: "max",
  dcountif: "dcount",
  count_distinctif: "count_distinct",
  make_list_if: "make_list",
  make_set_if: "make_set",
};

/** The aggregates of a `summarize` or `make-series`. An output without a name keeps the one that it has. */
export function aggregateEdits(columns: readonly ast.Expr[], text: string): readonly Edit[] {
  return columns.flatMap((column) => {
    const call = column.kind === "Named" ? column.value : column;
    if (call.kind !== "Call") return [];
    const fn = call.name.name;
    const named = column.kind === "Named" || fn.startsWith("arg_") ? "" : nameOf(call);
    if (named === undefined) return [];
    const { span } = call;
    const args = call.args.map((arg) => textAt(text, arg.span));
    const whole = (replacement: string): Edit => ({ span, replacement: named + replacement, operator: "aggregate" });
    const edits: Edit[] = [];
    const other = otherAggregates[fn];
    if (other !== undefined) edits.push(whole(`${other}(${args.join(", ")})`));
    if (distinctCounts.has(fn) || fn === "countif") edits.push(whole("count()"));
    const plain = withoutCondition[fn];
    if (plain !== undefined && args.length > 1)
      edits.push(whole(`${plain}(${[args[0], ...args.slice(2)].join(", ")})`));
    return edits;
  });
}

const namePrefixes: Readonly<Record<string, string>> = {
  make_set: "set",
  make_list: "list",
  make_set_if: "set",
  make_list_if: "list",
};

/** `min_x = ` for `min(x)`; undefined where the name hangs on more than one column. */
function nameOf({ name: { name: fn }, args: [first] }: ast.Call): string | undefined {
  if (fn === "countif") return "countif_ = ";
  return first?.kind === "Name" ? `${namePrefixes[fn] ?? fn}_${first.name} = ` : undefined;
}

/** The other end of the order: it matters where only the first rows stay. */
export function directionEdit({ expression, order, span, nulls }: ast.OrderedExpr, text: string): Edit {
  const rest = nulls === undefined ? "" : ` nulls ${nulls}`;
  const replacement = `${textAt(text, expression.span)} ${order === "asc" ? "desc" : "asc"}${rest}`;
  return { span, replacement, operator: "sort direction" };
}

/** iff(c, a, b) as iff(c, b, a). */
export function armEdits({ name, args: [, yes, no] }: ast.Call, text: string): readonly Edit[] {
  if ((name.name !== "iff" && name.name !== "iif") || !yes || !no) return [];
  const replacement = `${textAt(text, no.span)}, ${textAt(text, yes.span)}`;
  return [{ span: { start: yes.span.start, end: no.span.end }, replacement, operator: "swap arms" }];
}

const droppable: ReadonlySet<op.Operator["kind"]> = new Set([
  "Where",
  "Distinct",
  "Summarize",
  "Take",
  "Top",
  "Sample",
  "Join",
  "MvExpand",
  "Parse",
  "Search",
  "Sort",
  "Extend",
]);

/** A pipeline without each of its operators: whether the columns stay the same is for the binder to say. */
export function pipeEdits({ source, operators }: ast.Pipeline): readonly Edit[] {
  return operators.flatMap((operator, i): readonly Edit[] => {
    if (!droppable.has(operator.kind) || !matters(operator, operators[i + 1])) return [];
    const start = (operators[i - 1] ?? source).span.end;
    return [{ span: { start, end: operator.span.end }, replacement: "", operator: "drop operator" }];
  });
}

/** The order of rows matters where the next operator looks at it. */
function matters(operator: op.Operator, next: op.Operator | undefined): boolean {
  return operator.kind !== "Sort" || (next !== undefined && next.kind !== "Project" && next.kind !== "Where");
}
