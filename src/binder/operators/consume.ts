import * as patterns from "../../diagnostics/catalogue/patterns.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Plan } from "../../plan/nodes.ts";
import { knownOptions } from "../options.ts";
import type { Place } from "../place.ts";
import type { Table } from "../scope.ts";

/** A table without columns and rows, after everything before it has run. */
export function bindConsume(operator: op.Consume, input: Table, place: Place): Table | undefined {
  const decode = knownOptions("consume", operator.options, ["decodeblocks"], place).get("decodeblocks");
  if (decode && (decode.option.value.kind !== "Literal" || typeof decode.value !== "boolean")) {
    place.context.report(patterns.boolLiteralExpected(decode.option.value.span, "decodeblocks"));
    return undefined;
  }
  const plan: Plan = {
    kind: "Consume",
    input: input.plan,
    decode: decode?.value === true,
    schema: [],
    origin: operator.span,
  };
  return { plan, serialized: false };
}
