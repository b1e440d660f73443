import { type Batch, select } from "../../data/batch.ts";
import { cellAt } from "../../data/cells.ts";
import { concat } from "../../data/concat.ts";
import { kqlLiteral } from "../../data/text.ts";
import { rowsById } from "../../functions/algorithms/rows-by-id.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Partition, Plan } from "../../plan/nodes.ts";
import { givenRun, sharedWith } from "../../runtime/given.ts";
import { keyIndex } from "../../runtime/keys.ts";
import type { Run } from "../../runtime/run.ts";
import { backward, type Links } from "./links.ts";
import type { Part, Step, Traced } from "./step.ts";

/** With more parts than this nobody follows rows through each. */
const mostParts = 2_000;

/** The body of every part is traced by itself; `rows` are those that the node gives. */
export async function tracedPartition(
  plan: Partition,
  input: Batch,
  rows: Batch,
  run: Run,
  traceIn: (run: Run, body: Plan) => Promise<Step>,
): Promise<Traced> {
  const index = keyIndex([plan.key.type]);
  const ids = index.add([evaluate(plan.key, input, run)], input.length);
  if (index.count > mostParts) return { rows, links: [undefined] };
  const { starts, rows: byPart } = rowsById(ids, index.count);
  const own = sharedWith(plan.body, plan.given);
  const parts: Part[] = [];
  const made: Batch[] = [];
  const [from, to]: [number[], number[]] = [[], []];
  let first = 0;
  let known = true;
  for (let id = 0; id < index.count; id++) {
    const members = byPart.slice(starts[id], starts[id + 1]);
    const root = await traceIn(givenRun(run, plan.given, select(input, members), own), plan.body);
    const given = stepsOf(root).filter((step) => step.plan.kind === "Given" && step.plan.id === plan.given);
    parts.push({ members, root, given });
    for (let row = 0; row < root.rows.length; row++) {
      const behind = membersBehind(root, row, new Set(given));
      known &&= behind !== undefined;
      for (const member of behind ?? []) {
        from.push(members[member] ?? 0);
        to.push(first + row);
      }
    }
    first += root.rows.length;
    if (root.rows.length > 0) made.push(root.rows);
  }
  const links: Links = { from: Int32Array.from(from), to: Int32Array.from(to) };
  // A body that draws rows, or counts across parts, may give others when it runs again.
  if (!known || !sameRows(rows, concat(made, plan.schema))) return { rows, links: [undefined] };
  return { rows, links: [links], parts };
}

function stepsOf(root: Step): readonly Step[] {
  const found = new Set<Step>();
  const visit = (step: Step): void => {
    if (found.has(step)) return;
    found.add(step);
    for (const input of step.inputs) visit(input);
  };
  visit(root);
  return [...found];
}

/** The rows that the body was given behind one of its rows; undefined where they cannot be followed. */
function membersBehind(root: Step, row: number, given: ReadonlySet<Step>): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  const visit = (step: Step, rows: ReadonlySet<number>): boolean => {
    if (rows.size === 0) return true;
    if (given.has(step)) for (const one of rows) found.add(one);
    return step.inputs.every((input, i) => {
      const links = step.links[i];
      return links !== undefined && visit(input, backward(links, rows));
    });
  };
  return visit(root, new Set([row])) ? found : undefined;
}

function sameRows(a: Batch, b: Batch): boolean {
  return (
    a.length === b.length &&
    Array.from({ length: a.length }, (_, row) => row).every((row) => text(a, row) === text(b, row))
  );
}

function text(rows: Batch, row: number): string {
  return rows.schema.map(({ type }, index) => kqlLiteral(type, cellAt(rows.column(index), row))).join(",");
}
