import * as problem from "../../diagnostics/catalogue/expectations.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Expectation } from "./model.ts";
import type { Failure } from "./outcome.ts";
import type { Path } from "./yaml.ts";

/** Compares the first error of a query with the code, and the text or `/pattern/`, that a case expects. */
export function checkError(
  expected: NonNullable<Expectation["error"]>,
  { code, message, labels, help }: Diagnostic,
  path: Path,
): readonly Failure[] {
  const wanted = typeof expected === "string" ? { code: expected, message: undefined } : expected;
  const said = [message, ...labels.map((label) => label.text), help ?? ""].join(" ");
  const details = [`${code}: ${message}`];
  if (wanted.code !== undefined && wanted.code !== code) {
    return [{ message: problem.otherCode(wanted.code, code), details, path }];
  }
  if (wanted.message === undefined) return [];
  const [, pattern, flags] = /^\/(.*)\/([a-z]*)$/s.exec(wanted.message) ?? [];
  if (pattern === undefined) {
    return said.includes(wanted.message) ? [] : [{ message: problem.otherMessage(wanted.message), details, path }];
  }
  try {
    if (new RegExp(pattern, flags).test(said)) return [];
    return [{ message: problem.otherMessage(wanted.message), details, path }];
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return [{ message: problem.badPattern(wanted.message, why), details: [], path }];
  }
}
