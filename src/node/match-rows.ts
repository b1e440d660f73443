import { noMismatch } from "../diagnostics/catalogue/expectations.ts";
import { checkRows } from "../testing/spec/check-rows.ts";
import { SpecFault } from "../testing/spec/fault.ts";
import type { Expectation } from "../testing/spec/model.ts";
import type { KqlResult } from "./kql.ts";

export type ExpectedRows = NonNullable<Expectation["rows"]>;

/**
 * A matcher for `expect.extend({ toMatchRows })` of vitest and jest: the rows of a result, as `rows:` of a `*.test.yaml`
 * compares them. Only the columns that an expected row names are compared.
 */
export function toMatchRows(
  received: KqlResult,
  expected: ExpectedRows,
): { readonly pass: boolean; readonly message: () => string } {
  const nowhere = () => ({ start: 0, end: 0 });
  try {
    const places = { valueAt: nowhere, keyAt: nowhere };
    const failures = checkRows(expected, received.table, received.ordered, [], places);
    const lines = failures.flatMap(({ message, details }) => [message, ...details.map((each) => `  ${each}`)]);
    return { pass: failures.length === 0, message: () => (lines.length > 0 ? lines.join("\n") : noMismatch()) };
  } catch (thrown) {
    if (!(thrown instanceof SpecFault)) throw thrown;
    const { message, help } = thrown.diagnostic;
    return { pass: false, message: () => [message, ...(help === undefined ? [] : [help])].join("; ") };
  }
}
