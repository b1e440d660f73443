/* The words around the outcome of tests. */

export const pass = "PASS";
export const fail = "FAIL";
export const trace = "trace";
export const knownGaps = "known gaps";
export const skippedTests = "skipped";

export function fileSummary(tests: number, milliseconds: number): string {
  return `${tests} test${tests === 1 ? "" : "s"}, ${Math.round(milliseconds)} ms`;
}

/** Programs look for this line: it does not change. */
export function totals(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

export function gapFails(gap: string): string {
  return `this test shows the known gap ${gap}: perhaps it is closed now`;
}

export function knownGap(gap: string): string {
  return `known gap: ${gap}`;
}

export const heading = "Detection tests";
export const failuresHeading = "Failures";
export const gapsHeading = "Known gaps";

/** What each cause of a failure is, for tools that list rules. */
export const causes = {
  expectation: "The query does not give what the test expects",
  spec: "The test itself cannot be understood",
  query: "The query cannot be read or checked",
  data: "Data of the test is missing or cannot be read",
  run: "The query does not come to an end within its limits",
} as const;
