import { type RealDigits, realDigits } from "./real-digits.ts";

const readable = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const words: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["+inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
  ["+infinity", Number.POSITIVE_INFINITY],
  ["-infinity", Number.NEGATIVE_INFINITY],
]);

/** A real from its text; null for text that is none. The engine knows `inf` and `Inf`, yet not `INF`. */
export function parseReal(text: string): number | null {
  if (readable.test(text)) return Number(text);
  const word = text.trim();
  return word.endsWith("INF") ? null : (words.get(word.toLowerCase()) ?? null);
}

/** A real as results and literals show it: the fewest digits that give it back. */
export function printReal(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return written(value, fewestDigits);
}

/** A real as the engine makes it a string, by itself and within the JSON of a dynamic. */
export function realText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return written(value, realDigits);
}

/** A point and a digit behind it even when it is integral; an exponent from 1e21 on and below 0.000001. */
function written(value: number, digitsOf: (value: number) => RealDigits): string {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const sign = value < 0 ? "-" : "";
  const { digits, power } = digitsOf(Math.abs(value));
  /** How many digits stand before the point. */
  const point = digits.length + power;
  if (point > 21 || point <= -6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
    return `${sign}${digits.charAt(0)}${fraction}e${point - 1}`;
  }
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.slice(0, point).padEnd(point, "0")}.${digits.slice(point) || "0"}`;
}

function fewestDigits(value: number): RealDigits {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  return { digits, power: Number(exponent) + 1 - digits.length };
}
