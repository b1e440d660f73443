import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { constant, optional, required, type ScalarFunction } from "../signature.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const units: readonly string[] = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

/** As many as a double holds. */
const mostDigits = 15;

export const formatBytesFunctions: readonly ScalarFunction[] = [
  define(
    { name: "format_bytes", resultName: "firstArgument" },
    "The number as a size of data: in the largest unit that it fills, or in the given one, rounded to `precision` digits.",
    rowwise(
      [required("size", "number"), constant(optional("precision", "number")), constant(optional("units", "string"))],
      "string",
      (given, digits = 0, unit = "") => {
        const [size, precision] = [Number(given), Number(digits)];
        if (!Number.isInteger(precision) || precision < 0 || precision > mostDigits) {
          throw new Refusal(1, `the precision is a whole number from 0 to ${mostDigits}`);
        }
        const power = unit === "" ? powerOf(size) : units.indexOf(unit);
        if (power < 0) throw new Refusal(2, `the unit is ${units.map((one) => `\`${one}\``).join(", ")} or empty`);
        return Number.isFinite(size) ? `${rounded(size / 1024 ** power, precision)} ${units[power]}` : null;
      },
    ),
  ),
];

function powerOf(size: number): number {
  let power = 0;
  while (power < units.length - 1 && Math.abs(size) >= 1024 ** (power + 1)) power++;
  return power;
}

/** No zeros at the end of a fraction, and no exponent. */
function rounded(value: number, digits: number): string {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString();
  const text = value.toFixed(digits);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}
