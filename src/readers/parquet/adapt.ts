import type { Cell } from "../../data/column.ts";
import { Decimal } from "../../data/decimal.ts";
import { cellText, toDynamic } from "../../data/text.ts";
import type { ScalarType } from "../../data/types.ts";
import { cellParser } from "../parse-cell.ts";

/** A stored cell, which is not null, as the schema wants it; undefined when that would lose something. */
export type Adapter = (cell: Cell) => Cell | undefined;

/**
 * How cells of type `from` become cells of type `to`; undefined for types of different kinds. Programs that write
 * Parquet have no type for guids or JSON that all of them use: text may stand for everything.
 */
export function adapter(from: ScalarType, to: ScalarType): Adapter | undefined {
  if (from === to) return (cell) => cell;
  if (to === "dynamic" && from !== "string") return (cell) => toDynamic(from, cell);
  if (to === "string") return (cell) => cellText(from, cell);
  switch (from) {
    case "string": {
      const parse = cellParser(to);
      return (cell) => (cell === "" ? null : parse(cell as string)); // the type is string
    }
    case "int":
    case "long":
      return whole(to);
    default:
      return undefined;
  }
}

/** From an int or a long, which are a number or a bigint. */
function whole(to: ScalarType): Adapter | undefined {
  switch (to) {
    case "int":
      return (cell) => (BigInt.asIntN(32, cell as bigint) === cell ? Number(cell) : undefined);
    case "long":
      return (cell) => BigInt(cell as number);
    case "real":
      return (cell) => (Number.isSafeInteger(Number(cell)) ? Number(cell) : undefined);
    case "decimal":
      return (cell) => new Decimal(String(cell));
    default:
      return undefined;
  }
}
