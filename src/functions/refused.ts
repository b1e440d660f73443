import type { ScalarType } from "../data/types.ts";
import { Refusal } from "./refusal.ts";
import { type Overload, type Param, required } from "./signature.ts";

/* Overloads that are there to say why there is none. */

/** An overload that is an error wherever it is called. */
export function refused(params: readonly Param[], returns: ScalarType, message: string, at = 0): Overload {
  const refusal = new Refusal(at, message);
  return {
    params,
    returns,
    refusal,
    eval: () => {
      throw refusal;
    },
  };
}

/** The overload with a dynamic in the place of argument `at`: Kusto reads none as a text there. */
export function refusedDynamic({ params, returns }: Pick<Overload, "params" | "returns">, at: number): Overload {
  const given = params.map((param, i) => (i === at ? { ...param, ...required(param.name, "dynamic") } : param));
  if (typeof returns !== "string" || returns === "common" || returns === "widest") throw new Error("the type is fixed");
  return refused(given, returns, "a dynamic value is no text here: use `tostring`", at);
}
