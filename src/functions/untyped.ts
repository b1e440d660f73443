import { columnar } from "./lift.ts";
import { Refusal } from "./refusal.ts";
import type { Overload, Param } from "./signature.ts";

/**
 * The overload that refuses a dynamic as its first argument, where the type of the result is that of the argument: the
 * binder would choose one, and round 4.5 to a long.
 */
export function untyped(params: readonly Param[]): Overload {
  return columnar(params, "dynamic", () => {
    throw new Refusal(0, "a dynamic value tells no type for the result: convert it, for example with `toreal(…)`");
  });
}
