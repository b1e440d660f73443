import type { Source } from "../../diagnostics/render.ts";
import { placeOf } from "../lines.ts";
import type { Coverage } from "./coverage.ts";

interface Branch {
  readonly line: number;
  /** Two of each block: true and false, kept and dropped. */
  readonly taken: readonly [number, number];
}

/**
 * One record for tools that read lcov. A line is hit as often as rows came to it; a condition is a branch that is taken
 * true and false, an operator one that keeps and drops. https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1
 */
export function coverageLcov({ conditions, pipes }: Coverage, source: Source): string {
  const lineOf = (span: { readonly start: number; readonly end: number }) => placeOf(span, source).line;
  const branches: readonly Branch[] = [
    ...conditions.map((one): Branch => ({ line: lineOf(one.span), taken: [one.true, one.false + one.null] })),
    ...pipes.map(
      (one): Branch => ({ line: lineOf(one.span), taken: [one.rowsOut, Math.max(0, one.rowsIn - one.rowsOut)] }),
    ),
  ].sort((a, b) => a.line - b.line);
  const hits = new Map<number, number>();
  for (const { line, taken } of branches) hits.set(line, Math.max(hits.get(line) ?? 0, taken[0] + taken[1]));
  const lines = [...hits];
  const taken = branches.flatMap((branch) => branch.taken);
  return [
    "TN:",
    `SF:${source.name}`,
    ...branches.flatMap(({ line, taken }, block) => {
      const reached = taken[0] + taken[1] > 0;
      return taken.map((count, branch) => `BRDA:${line},${block},${branch},${reached ? count : "-"}`);
    }),
    `BRF:${taken.length}`,
    `BRH:${taken.filter((count) => count > 0).length}`,
    ...lines.map(([line, count]) => `DA:${line},${count}`),
    `LF:${lines.length}`,
    `LH:${lines.filter(([, count]) => count > 0).length}`,
    "end_of_record",
    "",
  ].join("\n");
}
