import { type Dynamic, isArray } from "../../data/dynamic.ts";
import * as patterns from "../../diagnostics/catalogue/patterns.ts";
import type * as op from "../../parser/ast-operators.ts";
import { bindConstant, type Place } from "../place.ts";
import type { Table } from "../scope.ts";
import { columnRef, projection, wildcard } from "./project.ts";

/** The named columns, in the order of the names; names that no column has are passed over. */
export function bindProjectByNames(operator: op.ProjectByNames, input: Table, place: Place): Table | undefined {
  const { schema } = input.plan;
  const picked = new Set<number>();
  for (const argument of operator.names) {
    const value = bindConstant(argument, place, "a column name of `project-by-names`");
    if (!value) return undefined;
    const names = namesIn(value.type === "string" || value.type === "dynamic" ? (value.value as Dynamic) : null);
    if (!names) {
      place.context.report(patterns.columnNameTextExpected(argument.span));
      return undefined;
    }
    for (const name of names) {
      const matches = wildcard(name);
      for (const [index, field] of schema.entries()) {
        if (name.includes("*") ? matches(field.name) : field.name === name) picked.add(index);
      }
    }
  }
  const outputs = [...picked].map((index) => columnRef(schema, index, operator.span));
  return projection(
    input,
    outputs,
    outputs.map(({ name, type }) => ({ name, type })),
    operator.span,
  );
}

function namesIn(value: Dynamic): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  if (!isArray(value)) return undefined;
  const names = value.filter((item) => typeof item === "string");
  return names.length === value.length ? names : undefined;
}
