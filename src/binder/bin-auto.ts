import * as problem from "../diagnostics/catalogue/binding.ts";
import { scalarFunction } from "../functions/registry.ts";
import type * as ast from "../parser/ast.ts";
import type { Expr } from "../plan/nodes.ts";
import { brokenExpr, callFunction } from "./coerce.ts";
import { bindExpr, type Place } from "./place.ts";

/** bin_auto(value): `bin_at` with what `set query_bin_auto_size` and `set query_bin_auto_at` say; without the latter, `bin`. */
export function bindBinAuto(call: ast.Call, place: Place): Expr {
  const { context } = place;
  const [value] = call.args;
  if (!value || call.args.length > 1) {
    context.report(problem.wrongArgumentCount(call.name.span, "bin_auto", "1 argument", call.args.length));
    return brokenExpr(call.span);
  }
  const { size, at } = context.bins;
  const fn = scalarFunction(size ? (at ? "bin_at" : "bin") : "bin_auto");
  if (!fn) throw new Error("the function library lacks the functions of bins");
  return callFunction(
    context,
    fn,
    [bindExpr(value, place), ...(size ? [size] : []), ...(size && at ? [at] : [])],
    call.span,
  );
}
