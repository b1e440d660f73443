import { batchOf } from "../../data/batch.ts";
import { columnFromCells } from "../../data/cells.ts";
import type { ScalarType, Schema } from "../../data/types.ts";
import type * as op from "../../parser/ast-operators.ts";
import { knownOptions, wordOption } from "../options.ts";
import { type Place, refused } from "../place.ts";
import type { Table } from "../scope.ts";

const clrNames: Readonly<Record<ScalarType, string>> = {
  bool: "System.SByte",
  int: "System.Int32",
  long: "System.Int64",
  real: "System.Double",
  decimal: "System.Data.SqlTypes.SqlDecimal",
  datetime: "System.DateTime",
  timespan: "System.TimeSpan",
  guid: "System.Guid",
  string: "System.String",
  dynamic: "System.Object",
};

const columns: Schema = [
  { name: "ColumnName", type: "string" },
  { name: "ColumnOrdinal", type: "long" },
  { name: "DataType", type: "string" },
  { name: "ColumnType", type: "string" },
];

/** One row per column of the input, whose rows are not read. */
export function bindGetschema(operator: op.Getschema, input: Table, place: Place): Table {
  const { schema } = input.plan;
  const options = knownOptions("getschema", operator.options, ["kind"], place);
  if (options.has("kind")) {
    wordOption(options, "kind", ["csl"], "csl", place);
    const plan = refused("`getschema kind=csl`", operator.span, [{ name: "Schema", type: "string" }]);
    return { plan, serialized: false };
  }
  const rows = batchOf(
    columns,
    [
      columnFromCells(
        "string",
        schema.map((field) => field.name),
      ),
      columnFromCells(
        "long",
        schema.map((_, index) => BigInt(index)),
      ),
      columnFromCells(
        "string",
        schema.map((field) => clrNames[field.type]),
      ),
      columnFromCells(
        "string",
        schema.map((field) => field.type),
      ),
    ],
    schema.length,
  );
  return { plan: { kind: "Values", rows, schema: columns, origin: operator.span }, serialized: true };
}
