import type { Cell } from "../data/column.ts";
import { parseDatetime } from "../data/datetime.ts";
import { parseGuid } from "../data/guid.ts";
import { parseInt32, parseLong } from "../data/integers.ts";
import { parseDynamic } from "../data/json.ts";
import { parseReal } from "../data/real.ts";
import { parseDecimal } from "../data/text.ts";
import { parseTimespan } from "../data/timespan.ts";
import type { ScalarType } from "../data/types.ts";

/** The cell that a text which is not empty spells; undefined when it spells none. */
export type CellParser = (text: string) => Cell | undefined;

const parsers: { readonly [T in ScalarType]: CellParser } = {
  bool: (text) => {
    switch (text.toLowerCase()) {
      case "true":
      case "1":
        return true;
      case "false":
      case "0":
        return false;
      default:
        return undefined;
    }
  },
  int: (text) => parseInt32(text) ?? undefined,
  long: (text) => parseLong(text) ?? undefined,
  real: (text) => parseReal(text) ?? undefined,
  decimal: (text) => parseDecimal(text) ?? undefined,
  datetime: (text) => parseDatetime(text) ?? undefined,
  timespan: (text) => parseTimespan(text) ?? undefined,
  guid: (text) => parseGuid(text) ?? undefined,
  string: (text) => text,
  // As parse_json() does: what is no JSON is a string. Text that sets out to be a bag or array is malformed.
  dynamic: (text) => parseDynamic(text) ?? (/^\s*[[{]/.test(text) ? undefined : text),
};

export function cellParser(type: ScalarType): CellParser {
  return parsers[type];
}
