import type { Quantity } from "../algorithms/units.ts";
import { family } from "../family.ts";
import { library } from "../library.ts";
import { rowwise } from "../lift.ts";
import { required, type ScalarFunction } from "../signature.ts";

const units = library(() => import("../algorithms/units.ts"));
const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

export const unitFunctions: readonly ScalarFunction[] = [
  converter("angle"),
  converter("energy"),
  converter("force"),
  converter("length"),
  converter("mass"),
  converter("speed"),
  converter("temperature"),
  converter("volume"),
];

function converter(quantity: Quantity): ScalarFunction {
  return define(
    { name: `convert_${quantity}`, library: units },
    `The ${quantity} in another unit; null when one of the units is not known.`,
    rowwise(
      [required("value", "real"), required("from", "string"), required("to", "string")],
      "real",
      (value, from, to) => units.get().convertUnit(quantity, value, from, to),
    ),
  );
}
