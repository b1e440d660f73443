import { typeNamed } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/expectations.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type { StatedTable } from "../tables.ts";
import { comparisonOf } from "./comparison.ts";
import type { Expectation } from "./model.ts";
import type { Failure } from "./outcome.ts";
import type { Path } from "./yaml.ts";

export function checkCount(expected: number | string, found: number, path: Path): readonly Failure[] {
  const comparison = comparisonOf(expected);
  if (!comparison || comparison.holds(found)) return [];
  return [{ message: problem.wrongCount(comparison.text, found), details: [], path }];
}

type ExpectedColumns = NonNullable<Expectation["columns"]>;

/** Columns are `Name`, or `Name:type`; a list is all of them, in order. */
export function checkColumns(expected: ExpectedColumns, { schema }: StatedTable, path: Path): readonly Failure[] {
  const { equal, contains = [] } = Array.isArray(expected) ? { equal: expected } : expected;
  const found = new Map<string, string>(schema.map(({ name, type }) => [name, type]));
  const wanted = [...(equal ?? []), ...contains].map(columnOf);
  const details = wanted.flatMap(({ name, type }) => {
    const actual = found.get(name);
    if (actual === undefined) return [problem.missingColumn(withHint(name, found))];
    return type === undefined || typeNamed(type) === actual ? [] : [problem.otherColumnType(name, type, actual)];
  });
  if (equal) {
    const names = equal.map((each) => columnOf(each).name);
    const extra = schema.filter(({ name }) => !names.includes(name));
    details.push(...extra.map(({ name, type }) => problem.extraColumn(`${name}:${type}`)));
    const actual = schema.map(({ name }) => name);
    if (details.length === 0 && actual.some((name, i) => name !== names[i])) {
      details.push(problem.columnOrder(names.join(", "), actual.join(", ")));
    }
  }
  return details.length === 0 ? [] : [{ message: problem.columnsDiffer(), details, path }];
}

/** A name may hold a colon of its own: what stands behind the last one is a type or part of the name. */
function columnOf(text: string): { readonly name: string; readonly type?: string } {
  const cut = text.lastIndexOf(":");
  const type = text.slice(cut + 1).trim();
  return cut > 0 && typeNamed(type) ? { name: text.slice(0, cut).trim(), type } : { name: text };
}

function withHint(name: string, found: ReadonlyMap<string, string>): string {
  const similar = closest(name, found.keys());
  return similar === undefined ? name : problem.perhapsColumn(name, similar);
}
