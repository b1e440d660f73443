import * as problem from "../../diagnostics/catalogue/binding.ts";
import * as patterns from "../../diagnostics/catalogue/patterns.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as op from "../../parser/ast-operators.ts";
import { bindTabularFunction } from "../functions.ts";
import { seldom } from "../lazily.ts";
import type { Place } from "../place.ts";
import type { Table } from "../scope.ts";

/** T | invoke f(x) is f(T, x). */
export function bindInvoke({ call }: op.Invoke, input: Table, place: Place): Table | undefined {
  const { context, scope } = place;
  const { name, span } = call.name;
  const meaning = scope.get(name);
  if (!meaning && name === "FileProfile") {
    return seldom().bindFileProfile(call, input, place);
  }
  if (meaning?.kind !== "function") {
    context.report(problem.unknownFunction(span, name, closest(name, [...scope.names()])));
    return undefined;
  }
  if (meaning.declaration.parameters[0]?.type.kind !== "tabular") {
    context.report(patterns.tabularFirst(span, name));
    return undefined;
  }
  return bindTabularFunction(call, meaning, { ...place, row: undefined }, input);
}
