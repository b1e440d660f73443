import { type Batch, lazyBatch } from "../../data/batch.ts";
import { columnFromCells } from "../../data/cells.ts";
import type { AggregateFunction, AggregateOverload } from "../../functions/signature.ts";
import type { Aggregate, AggregateCallExpr, Expr, Plan } from "../../plan/nodes.ts";
import { linksFrom } from "./links.ts";
import { numbered, rowNumbers, valuesOf } from "./numbered.ts";
import type { Traced, Winner } from "./step.ts";

/** Which group each row goes to, and for arg_max and arg_min whose values the group shows. */
export async function tracedAggregate(
  plan: Aggregate,
  input: Batch,
  rowsOf: (plan: Plan) => Promise<Batch>,
): Promise<Traced> {
  const given = numbered(input);
  const groups: Int32Array[] = [];
  const choosing = plan.aggregates.filter(({ fn, args }) => choosers.has(fn.name) && args.length > 1);
  const row: Expr = { kind: "Column", index: given.schema.length - 1, name: "", type: "long", span: plan.origin };
  const chosen = choosing.map((call) => chosenRow(call, row));
  const added = [watcher(groups), ...chosen];
  const width = plan.schema.length;
  const rows = await rowsOf({
    ...plan,
    input: valuesOf(given, plan.origin),
    aggregates: [...plan.aggregates, ...added],
    schema: [...plan.schema, ...added.flatMap(({ outputs }) => outputs.map((type) => ({ name: "", type })))],
  });
  const groupOf = new Int32Array(input.length);
  let at = 0;
  for (const part of groups) {
    groupOf.set(part, at);
    at += part.length;
  }
  const { from: to, to: from } = linksFrom(groupOf);
  const winners = choosing.map(({ fn }, i): Winner => ({ fn: fn.name, rows: rowNumbers(rows, width + 2 + 2 * i) }));
  return { rows: lazyBatch(plan.schema, rows.length, (index) => rows.column(index)), links: [{ from, to }], winners };
}

const choosers: ReadonlySet<string> = new Set(["arg_max", "arg_min"]);

/** The same choice, of row numbers instead of cells. */
function chosenRow(call: AggregateCallExpr, row: Expr): AggregateCallExpr {
  const [key] = call.args;
  if (!key) throw new Error("arg_max has a key");
  return { ...call, args: [key, row], outputs: [key.type, "long"] };
}

/** Sees the group of each row, in the order of the rows. Its own output is null. */
function watcher(groups: Int32Array[]): AggregateCallExpr {
  const overload: AggregateOverload = {
    params: [],
    returns: "long",
    create: () => ({
      add: (_, ids) => {
        groups.push(ids.slice());
      },
      finish: (count) => [columnFromCells("long", new Array(count).fill(null))],
    }),
  };
  const fn: AggregateFunction = {
    kind: "aggregate",
    name: "group",
    aliases: [],
    summary: "Sees the group of each row.",
    docs: "",
    shape: "one",
    outputName: () => undefined,
    overloads: [overload],
  };
  return { fn, overload, args: [], outputs: ["long"] };
}
