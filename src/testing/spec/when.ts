import { cellAt } from "../../data/cells.ts";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { createDatabase } from "../../engine/database.ts";
import type { SpecCase } from "./cases.ts";
import { SpecFault } from "./fault.ts";
import type { AlertCount, ScalarValue } from "./model.ts";
import type { SpecFile } from "./read.ts";

/** What `alert: {when, else}` comes to with the values of the matrix. Throws `SpecFault`. */
export async function answerOf(
  { when, else: otherwise = false }: { readonly when: string; readonly else?: AlertCount | undefined },
  { matrix, path }: SpecCase,
  { valueAt }: Pick<SpecFile, "valueAt">,
): Promise<AlertCount> {
  const fault = (why: string) =>
    new SpecFault(problem.whenNeedsMatrix(valueAt([...path, "expect", "alert", "when"]), why));
  const lets = [...matrix].map(([name, value]) => `let ${name} = ${literal(value)};\n`).join("");
  try {
    const { results } = await createDatabase().query(`${lets}print answer = (\n${when}\n)`, { now: 0n });
    const column = results[0]?.rows.column(0);
    const answer = column?.type === "bool" ? cellAt(column, 0) : undefined;
    if (typeof answer !== "boolean") throw fault(problem.whenFaults.notBool);
    return answer ? true : otherwise;
  } catch (thrown) {
    if (thrown instanceof KqlError) throw fault(thrown.diagnostics[0].message);
    throw thrown;
  }
}

function literal(value: ScalarValue): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
