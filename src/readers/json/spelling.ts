import { parseDynamic, printDynamic } from "../../data/json.ts";
import type { Spelling } from "../text-column.ts";
import { ascii } from "./tokens.ts";

/** The value was a string: a quote stands before it. */
export function quoted(bytes: Uint8Array, start: number): boolean {
  return bytes[start - 1] === ascii.quote;
}

/**
 * The rules of ingestion: a string is a string. In a file that stands for a table a string in a dynamic column may also
 * be the text of a bag or an array, since that is how such columns are exported: see `localJsonSpelling`.
 */
export const jsonSpelling: Spelling = {
  // The scanner has checked the escapes.
  unescape: (text) => JSON.parse(`"${text}"`) as string,
  string(text, fields, start) {
    if (quoted(fields.bytes, start) || (text[0] !== "{" && text[0] !== "[")) return text;
    const value = parseDynamic(text);
    return value === undefined ? undefined : printDynamic(value);
  },
  cell(text, fields, start, type, parse) {
    const isString = quoted(fields.bytes, start);
    switch (type) {
      case "dynamic":
        return isString ? text : parseDynamic(text);
      case "datetime":
      case "timespan":
        // A number says neither which unit nor which epoch it counts from.
        return isString ? parse(text) : undefined;
      case "int":
      case "long":
        return parse(text) ?? (isString ? undefined : parse(integral(text)));
      default:
        return parse(text);
    }
  },
  same: (bytes, a, b) => quoted(bytes, a) === quoted(bytes, b),
};

export const localJsonSpelling: Spelling = {
  ...jsonSpelling,
  cell(text, fields, start, type, parse) {
    const packed = type === "dynamic" && (text[0] === "{" || text[0] === "[") && quoted(fields.bytes, start);
    const value = packed ? parseDynamic(text) : undefined;
    return value ?? jsonSpelling.cell?.(text, fields, start, type, parse);
  },
};

/** JSON has one kind of number: `1.0` and `1e3` are whole. The text as it was when it is not, or may be rounded. */
function integral(text: string): string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? String(value) : text;
}
