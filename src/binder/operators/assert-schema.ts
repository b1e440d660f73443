import * as patterns from "../../diagnostics/catalogue/patterns.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Place } from "../place.ts";
import type { Table } from "../scope.ts";
import { declaredSchema } from "../sources.ts";

/** The input as it is; an error unless its columns are the stated ones, in that order. */
export function bindAssertSchema(operator: op.AssertSchema, input: Table, place: Place): Table | undefined {
  const stated = declaredSchema(operator.columns, place)?.map(({ name, type }) => `${name}:${type}`);
  if (!stated) return undefined;
  const found = input.plan.schema.map(({ name, type }) => `${name}:${type}`);
  if (stated.length === found.length && stated.every((column, i) => column === found[i])) return input;
  place.context.report(patterns.schemaDiffers(operator.span, stated, found));
  return undefined;
}
