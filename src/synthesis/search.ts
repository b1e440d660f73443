import type { Cell } from "../data/column.ts";
import { isNumeric } from "../data/types.ts";
import type { Hints } from "./candidates.ts";
import { converted } from "./invert.ts";
import type { MadeRows, Schemas } from "./tables.ts";

/** How often the query may be run. */
const mostRuns = 200;

/**
 * Rows over which the query fires, found by trying: in each column that matters, one after the other, the literals of the
 * query. Undefined when none does.
 */
export async function searched(
  rows: MadeRows,
  schemas: Schemas,
  hints: Hints,
  fires: (rows: MadeRows) => Promise<boolean>,
): Promise<MadeRows | undefined> {
  let runs = 0;
  for (const [table, list] of rows) {
    const schema = schemas.get(table) ?? [];
    const columns = new Set(list.flatMap((row) => [...row.keys()]));
    for (const column of columns) {
      const type = schema[column]?.type ?? "string";
      for (const literal of hints.literals) {
        if (literal.type !== type && !(isNumeric(literal.type) && isNumeric(type))) continue;
        if (runs++ >= mostRuns) return undefined;
        const value: Cell = converted(literal.value, literal.type, type);
        const changed = new Map([...rows, [table, list.map((row) => new Map([...row, [column, value]]))] as const]);
        if (await fires(changed)) return changed;
      }
    }
  }
  return undefined;
}
