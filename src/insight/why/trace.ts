import { type Batch, select } from "../../data/batch.ts";
import { collect, concat } from "../../data/concat.ts";
import type { Plan } from "../../plan/nodes.ts";
import { movedColumns } from "../../plan/walk.ts";
import { execute } from "../../runtime/execute.ts";
import type { Run } from "../../runtime/run.ts";
import { type Links, linksFrom, sameRows } from "./links.ts";
import { numbered, rowNumbers, valuesOf, withoutColumn } from "./numbered.ts";
import type { Step, Traced } from "./step.ts";
import { tracedAggregate } from "./trace-aggregate.ts";
import { nestedLinks, seriesLinks } from "./trace-groups.ts";
import { tracedPartition } from "./trace-partition.ts";
import { tracedPlugin } from "./trace-plugin.ts";

/**
 * Runs a plan one node after the other, each over all the rows of its inputs. The executor does the work; a column of row
 * numbers travels along wherever a node lets one through. One tracer for all results of a query: what they share is
 * traced once.
 */
export function tracer(run: Run): (plan: Plan) => Promise<Step> {
  const known = new Map<Plan | number, Promise<Step>>();
  const trace = (plan: Plan): Promise<Step> => {
    // Where rows part, nothing happens to them.
    if (plan.kind === "Shared") return remembered(plan.id, () => trace(plan.input));
    return remembered(plan, async () => {
      const inputs: Step[] = [];
      for (const input of followedInputs(plan)) inputs.push(await trace(input));
      return { plan, inputs, ...(await traced(plan, inputs, run)) };
    });
  };
  const remembered = (key: Plan | number, make: () => Promise<Step>): Promise<Step> => {
    const step = known.get(key) ?? make();
    known.set(key, step);
    return step;
  };
  return trace;
}

/** The body of a subquery has no rows of its own. */
function followedInputs(plan: Plan): readonly Plan[] {
  switch (plan.kind) {
    case "Scan":
    case "Values":
    case "Range":
    case "Given":
    case "Refused":
      return [];
    case "Join":
      return [plan.left, plan.right];
    case "Union":
      return plan.inputs;
    case "Evaluate":
      return [plan.input, ...plan.tables];
    case "Graph":
      return [plan.input, ...plan.tables.map((table) => table.plan)];
    default:
      return [plan.input];
  }
}

async function traced(plan: Plan, inputs: readonly Step[], run: Run): Promise<Traced> {
  const [input] = inputs;
  const rowsOf = (node: Plan) => collect(execute(node, run), node.schema);
  if (!input) return { rows: await rowsOf(plan), links: [] };
  switch (plan.kind) {
    case "Filter":
    case "Limit":
    case "Sort":
    case "FirstPerKey": {
      const given = numbered(input.rows);
      const rows = await rowsOf({ ...plan, input: valuesOf(given, plan.origin), schema: given.schema });
      const last = plan.schema.length;
      return { rows: withoutColumn(rows, last, plan.schema), links: [linksFrom(rowNumbers(rows, last))] };
    }
    case "Project":
      return {
        rows: await rowsOf({ ...plan, input: valuesOf(input.rows, plan.origin) }),
        links: [sameRows(input.rows.length)],
      };
    case "Join":
      return tracedJoin(plan, inputs, rowsOf);
    case "Union":
      return tracedUnion(plan, inputs);
    case "Aggregate":
      return tracedAggregate(plan, input.rows, rowsOf);
    case "Unnest": {
      const at = input.plan.schema.length;
      const place = (output: number) => (output < at ? output : output + 1);
      const given = numbered(input.rows);
      const rows = await rowsOf({
        ...plan,
        input: valuesOf(given, plan.origin),
        items: plan.items.map((item) => ({ ...item, output: place(item.output) })),
        itemIndex: plan.itemIndex === undefined ? undefined : place(plan.itemIndex),
        schema: plan.schema.toSpliced(at, 0, ...given.schema.slice(at)),
      });
      return { rows: withoutColumn(rows, at, plan.schema), links: [linksFrom(rowNumbers(rows, at))] };
    }
    case "Extract": {
      const at = input.plan.schema.length;
      const given = numbered(input.rows);
      const rows = await rowsOf({
        ...plan,
        input: valuesOf(given, plan.origin),
        outputs: plan.outputs.map((output) => (output < at ? output : output + 1)),
        schema: plan.schema.toSpliced(at, 0, ...given.schema.slice(at)),
      });
      return { rows: withoutColumn(rows, at, plan.schema), links: [linksFrom(rowNumbers(rows, at))] };
    }
    case "Apply": {
      const at = plan.schema.length;
      const given = numbered(input.rows);
      const index = given.schema.length - 1;
      const rows = await rowsOf({
        ...plan,
        input: valuesOf(given, plan.origin),
        outputs: [...plan.outputs, { from: "input", index }],
        schema: [...plan.schema, ...given.schema.slice(index)],
      });
      return { rows: withoutColumn(rows, at, plan.schema), links: [linksFrom(rowNumbers(rows, at))] };
    }
    case "Evaluate":
      return tracedPlugin(plan, inputs, rowsOf);
    case "Consume":
      return { rows: await rowsOf({ ...plan, input: valuesOf(input.rows, plan.origin) }), links: [noLinks] };
    case "MakeSeries": {
      const rows = await rowsOf({ ...plan, input: valuesOf(input.rows, plan.origin) });
      return { rows, links: [seriesLinks(plan, input.rows)] };
    }
    case "TopNested": {
      const rows = await rowsOf({ ...plan, input: valuesOf(input.rows, plan.origin) });
      return { rows, links: [nestedLinks(plan, input.rows, rows, run)] };
    }
    case "Partition": {
      const rows = await rowsOf({ ...plan, input: valuesOf(input.rows, plan.origin) });
      return tracedPartition(plan, input.rows, rows, run, (inner, body) => tracer(inner)(body));
    }
    case "Sequences":
      return tracedSequences(plan, input, rowsOf);
    case "Graph": {
      const [edges, ...tables] = inputs.map((one) => valuesOf(one.rows, plan.origin));
      const given = plan.tables.map((table, i) => ({ ...table, plan: tables[i] ?? table.plan }));
      // Many edges and nodes may stand behind a row, and which they are is not kept.
      const rows = await rowsOf({ ...plan, input: edges ?? plan.input, tables: given });
      return { rows, links: inputs.map(() => undefined) };
    }
    default:
      throw new Error(`${plan.kind} has no input`);
  }
}

const noLinks: Links = { from: new Int32Array(0), to: new Int32Array(0) };

type RowsOf = (plan: Plan) => Promise<Batch>;

async function tracedJoin(
  plan: Extract<Plan, { kind: "Join" }>,
  [left, right]: readonly Step[],
  rowsOf: RowsOf,
): Promise<Traced> {
  if (!left || !right) throw new Error("a join has two sides");
  const lefts = numbered(left.rows);
  const rights = numbered(right.rows);
  const onlyLeft = plan.type === "leftsemi" || plan.type === "leftanti";
  const onlyRight = plan.type === "rightsemi" || plan.type === "rightanti";
  // The row numbers of the left stand between the columns of the two sides, those of the right behind all.
  const width = left.plan.schema.length;
  const columns = [...(onlyRight ? [] : lefts.schema), ...(onlyLeft ? [] : rights.schema)];
  const rows = await rowsOf({
    ...plan,
    left: valuesOf(lefts, plan.origin),
    right: valuesOf(rights, plan.origin),
    schema: columns,
  });
  const plain = onlyRight ? rows : withoutColumn(rows, width, columns.toSpliced(width, 1));
  return {
    rows: onlyLeft
      ? withoutColumn(rows, width, plan.schema)
      : withoutColumn(plain, plain.schema.length - 1, plan.schema),
    links: [
      onlyRight ? noLinks : linksFrom(rowNumbers(rows, width)),
      onlyLeft ? noLinks : linksFrom(rowNumbers(rows, columns.length - 1)),
    ],
  };
}

/** Rows are numbered behind the columns of the input, and so is the last row of each step. */
async function tracedSequences(
  plan: Extract<Plan, { kind: "Sequences" }>,
  input: Step,
  rowsOf: RowsOf,
): Promise<Traced> {
  const at = input.plan.schema.length;
  const block = at + plan.declared.length;
  const place = (index: number) => {
    if (index < at) return index;
    const [step, column] = [Math.floor((index - at) / block), (index - at) % block];
    return at + 1 + step * (block + 1) + (column < at ? column : column + 1);
  };
  const given = numbered(input.rows);
  const rows = await rowsOf({
    ...plan,
    input: valuesOf(given, plan.origin),
    partition: plan.partition.map((key) => movedColumns(key, place)),
    steps: plan.steps.map((step) => ({
      ...step,
      condition: movedColumns(step.condition, place),
      assignments: step.assignments.map((value) => value && movedColumns(value, place)),
    })),
    schema: plan.schema.toSpliced(at, 0, ...given.schema.slice(at)),
  });
  return { rows: withoutColumn(rows, at, plan.schema), links: [linksFrom(rowNumbers(rows, at))] };
}

function tracedUnion({ schema }: Plan, inputs: readonly Step[]): Traced {
  const parts = inputs.filter(({ rows }) => rows.length > 0).map(({ rows }) => rows);
  const rows = concat(parts, schema);
  let start = 0;
  const links = inputs.map((input) => {
    const { from, to } = sameRows(input.rows.length);
    const first = start;
    start += input.rows.length;
    return { from, to: to.map((row) => row + first) };
  });
  return { rows: parts.length === 1 ? select(rows, sameRows(rows.length).from) : rows, links };
}
