import type { OperatorCost } from "../runtime/profile.ts";
import { type Titled, writeFile } from "./output.ts";

/** What the operators of every result cost: a table on the standard error, and a trace where `path` is not empty. */
export async function writeProfile(results: readonly Titled[], path: string): Promise<void> {
  for (const { title, table } of results) {
    if (title !== undefined) console.error(title);
    console.error(costTable(table.costs ?? []));
  }
  if (path !== "") await writeFile(path, trace(results));
}

function costTable(costs: readonly OperatorCost[]): string {
  const rows = costs.map(({ operator, name, depth, milliseconds, rows, batches, bytes }) => [
    `${"  ".repeat(depth)}${labelOf({ operator, name })}`,
    milliseconds.toFixed(1),
    ...[rows, batches, bytes].map(String),
  ]);
  const lines = [["operator", "ms", "rows", "batches", "bytes"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const aligned = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return column === 0 ? text.padEnd(width) : text.padStart(width);
  };
  return lines.map((line) => line.map(aligned).join("  ")).join("\n");
}

function labelOf({ operator, name }: Pick<OperatorCost, "operator" | "name">): string {
  return name === undefined ? operator : `${operator} ${name}`;
}

/** Complete events, in microseconds: the format of chrome://tracing and of Perfetto. */
function* trace(results: readonly Titled[]): Iterable<string> {
  yield '{"traceEvents":[';
  let first = true;
  for (const [pid, { table }] of results.entries()) {
    for (const cost of table.costs ?? []) {
      for (const { start, end } of cost.slices) {
        const event = { name: labelOf(cost), ph: "X", pid, tid: 0, ts: start * 1000, dur: (end - start) * 1000 };
        yield `${first ? "" : ","}\n${JSON.stringify(event)}`;
        first = false;
      }
    }
  }
  yield "\n]}\n";
}
