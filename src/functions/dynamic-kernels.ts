import { columnBuilder, constantColumn } from "../data/cells.ts";
import type { Cell, Column } from "../data/column.ts";
import type { Dynamic } from "../data/dynamic.ts";
import { toDynamic } from "../data/text.ts";
import { cellReader, columnar } from "./lift.ts";
import type { Overload, Param, Returns } from "./signature.ts";

/** Reads the cells of any column as they would stand in an array or a bag. */
export function dynamicReader(column: Column): (row: number) => Dynamic {
  const read = cellReader(column);
  if (column.type === "dynamic") return read as (row: number) => Dynamic;
  const { type } = column;
  return (row) => toDynamic(type, read(row));
}

/**
 * An overload whose kernel meets every argument as a dynamic value, whatever its type, nulls included: what takes
 * `scalar` arguments cannot tell a timespan from a long by the cell alone. The array of arguments is reused: copy it.
 */
export function overDynamics(
  params: readonly Param[],
  returns: Returns,
  kernel: (args: readonly Dynamic[]) => Cell,
): Overload {
  return columnar(params, returns, (args, call) => {
    const readers = args.map(dynamicReader);
    const scratch = new Array<Dynamic>(readers.length);
    const at = (row: number): Cell => {
      for (let i = 0; i < readers.length; i++) scratch[i] = readers[i]!(row);
      return kernel(scratch);
    };
    if (args.every((arg) => arg.constant)) return constantColumn(call.returns, at(0));
    const builder = columnBuilder(call.returns, call.rows);
    for (let row = 0; row < call.rows; row++) builder.push(at(row));
    return builder.finish();
  });
}
