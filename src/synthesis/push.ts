import type { Apply, Expr, Extract, Plan, Project, Union, Unnest } from "../plan/nodes.ts";
import { isRowLocal } from "../plan/walk.ts";
import { callOf, type Group, literal, type Want } from "./condition.ts";
import {
  attempt,
  Contradiction,
  carried,
  columnOf,
  conjuncts,
  type Demands,
  demandGiven,
  demandRows,
  giveUp,
} from "./demand.ts";
import { extractionOf } from "./extraction.ts";
import { pushAggregate } from "./push-aggregate.ts";
import { pushJoin } from "./push-join.ts";
import { isLookup, pushLookup } from "./push-lookup.ts";
import { atomKey } from "./spans.ts";

/** Makes rows of the tables below `plan` so that it gives a row for each of the wants. Throws `Contradiction`. */
export function push(plan: Plan, wants: readonly Want[], demands: Demands): void {
  switch (plan.kind) {
    case "Scan":
      demandRows(plan.source, plan.schema, wants, demands);
      return;
    case "Values":
      for (const want of wants) demandGiven(plan.rows, plan.schema, want, demands);
      return;
    case "Given": {
      const input = demands.inputs.get(plan.id);
      if (!input) throw new Contradiction();
      input(wants);
      return;
    }
    case "Filter": {
      const own = conjuncts(plan.predicate, demands);
      push(
        plan.input,
        wants.map((want) => [...want, ...own]),
        demands,
      );
      return;
    }
    case "Project":
      push(
        plan.input,
        wants.map((want) => carried(want, (index) => outputOf(plan, index), demands)),
        demands,
      );
      return;
    case "Aggregate":
      pushAggregate(plan, wants, demands, push);
      return;
    case "Join":
      pushJoin(plan, wants, demands, push);
      return;
    case "Union":
      pushUnion(plan, wants, demands);
      return;
    case "Unnest":
      push(
        plan.input,
        wants.map((want) => carried(want, (index) => expanded(plan, index), demands)),
        demands,
      );
      return;
    case "Apply":
      pushApply(plan, wants, demands);
      return;
    case "Extract":
      // parse-where drops rows whose text is not of the form: its first column shows that it is.
      if (plan.matchedOnly && plan.outputs[0] !== undefined) {
        const expr = columnOf(plan, plan.outputs[0], plan.origin);
        const matched = { kind: "same", expr, group: { type: expr.type }, present: true } as const;
        wants = wants.map((want) => [...want, matched]);
      }
      push(
        plan.input,
        wants.map((want) => carried(want, (index) => extracted(plan, index, demands), demands)),
        demands,
      );
      return;
    case "Partition": {
      const group: Group = { type: plan.key.type };
      const same = { kind: "same", expr: plan.key, group, present: true } as const;
      demands.inputs.set(plan.given, (inner) =>
        push(
          plan.input,
          inner.map((want) => [...want, same]),
          demands,
        ),
      );
      push(plan.body, wants, demands);
      return;
    }
    case "FirstPerKey":
      // Rows of one key become one.
      push(plan.input, wants.slice(0, 1), demands);
      return;
    case "Sort":
    case "Limit":
    case "Consume":
    case "Shared":
      push(plan.input, wants, demands);
      return;
    case "Evaluate":
      if (isLookup(plan)) pushLookup(plan, wants, demands, push);
      else pushUnknown(plan, wants, demands);
      return;
    case "MakeSeries":
    case "TopNested":
    case "Sequences":
    case "Graph":
      pushUnknown(plan, wants, demands);
      return;
    case "Range":
      for (const want of wants) carried(want, () => undefined, demands);
      return;
  }
}

/** What becomes of the rows is not known: some row has to come in, and its columns are followed where they can be. */
function pushUnknown(plan: Plan & { readonly input: Plan }, wants: readonly Want[], demands: Demands): void {
  giveUp(demands, plan.origin, "operator");
  const { input } = plan;
  push(
    input,
    wants.map((want) => carried(want, (index) => sameColumn(input, plan, index), demands)),
    demands,
  );
}

function outputOf({ outputs }: Project, index: number): Expr | undefined {
  const output = outputs[index];
  return output && isRowLocal(output) ? output : undefined;
}

/** The column of the input that has the name and type of one of the output. */
function sameColumn(input: Plan, output: Plan, index: number): Expr | undefined {
  const field = output.schema[index];
  const found = input.schema.findIndex(({ name, type }) => name === field?.name && type === field.type);
  return found < 0 ? undefined : columnOf(input, found, output.origin);
}

function pushUnion({ inputs }: Union, wants: readonly Want[], demands: Demands): void {
  const start = demands.strategy.branch % inputs.length;
  const order = [...inputs.slice(start), ...inputs.slice(0, start)];
  const before = demands.unsolved.size;
  let second: Plan | undefined;
  for (const input of order) {
    let clean = false;
    const done = attempt(demands, () => {
      push(input, wants, demands);
      clean = demands.unsolved.size === before;
      // A later branch may do without guessing.
      if (!clean) throw new Contradiction();
    });
    if (done) return;
    second ??= input;
  }
  if (!second) throw new Contradiction();
  push(second, wants, demands);
}

/** Columns of mv-expand: the first item of the array, or the column itself. */
function expanded({ items, itemIndex, input, schema, origin }: Unnest, index: number): Expr | undefined {
  if (index === itemIndex) return literal("long", 0n, origin);
  const item = items.find(({ output }) => output === index);
  if (!item) return columnOf(input, index, origin);
  return itemOf(item.expr, 0, schema[index]?.type ?? "dynamic");
}

const casts = {
  bool: "tobool",
  int: "toint",
  long: "tolong",
  real: "toreal",
  decimal: "todecimal",
  datetime: "todatetime",
  timespan: "totimespan",
  guid: "toguid",
  string: "tostring",
} as const;

function itemOf(array: Expr, at: number, type: Expr["type"]): Expr {
  const item = callOf("[index]", [array, literal("long", BigInt(at), array.span)], "dynamic", array.span);
  return type === "dynamic" ? item : callOf(casts[type], [item], type, array.span);
}

/** mv-apply: rows of the body are items of the arrays of one row. */
function pushApply(plan: Apply, wants: readonly Want[], demands: Demands): void {
  const { input, body, kept, items, given, outputs, origin } = plan;
  for (const want of wants) {
    const inside: Want[number][] = [];
    const outside: Want[number][] = [];
    for (const condition of want) {
      const fromBody = carriedAll(condition, (index) => {
        const output = outputs[index];
        return output?.from === "body" ? columnOf(body, output.index, origin) : undefined;
      });
      if (fromBody) inside.push(fromBody);
      else outside.push(...carried([condition], (index) => inputColumn(index), demands));
    }
    demands.inputs.set(given, (rows) => {
      const all = rows.flatMap((row, at) =>
        carried(
          row,
          (index) => {
            const column = kept[index];
            if (column !== undefined) return columnOf(input, column, origin);
            const item = items[index - kept.length];
            return item ? itemOf(item.expr, at, item.type) : literal("long", BigInt(at), origin);
          },
          demands,
        ),
      );
      push(input, [[...outside, ...all]], demands);
    });
    push(body, [inside], demands);
  }

  function inputColumn(index: number): Expr | undefined {
    const output = outputs[index];
    return output?.from === "input" ? columnOf(input, output.index, origin) : undefined;
  }
}

function carriedAll(condition: Want[number], place: (index: number) => Expr | undefined): Want[number] | undefined {
  let open = false;
  const expr = replaced(condition.expr);
  return open ? undefined : { ...condition, expr };

  function replaced(each: Expr): Expr {
    if (each.kind === "Call") return { ...each, args: each.args.map(replaced) };
    if (each.kind === "Literal") return each;
    const found = place(each.index);
    if (!found) open = true;
    return found ?? each;
  }
}

function extracted(plan: Extract, index: number, { patterns }: Demands): Expr | undefined {
  const output = plan.outputs.indexOf(index);
  if (output < 0) return columnOf(plan.input, index, plan.origin);
  return extractionOf(plan, output, patterns.get(atomKey(plan.origin)));
}
