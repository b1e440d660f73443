import { type Batch, batchOf } from "../../data/batch.ts";
import { columnBuilder } from "../../data/cells.ts";
import type { Cell } from "../../data/column.ts";
import { dynamicKey } from "../../data/compare.ts";
import { collect } from "../../data/concat.ts";
import { Decimal } from "../../data/decimal.ts";
import { gatherColumn } from "../../data/gather.ts";
import { cellText, toDynamic } from "../../data/text.ts";
import type { ScalarType, Schema } from "../../data/types.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginDefinition } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { argumentsOf, freeName } from "./arguments.ts";

/*
 * Rotates rows into columns. The binder has aggregated already: the input is one row per combination of the grouping
 * columns and the pivoted column, and its columns are the grouping ones, then the pivoted one, then the aggregate.
 */
export const pivot: PluginDefinition = {
  kind: "plugin",
  name: "pivot",
  aliases: [],
  summary: "A column for every value of the pivoted column, holding the aggregate of the rows with that value.",
  docs: "https://learn.microsoft.com/kusto/query/pivot-plugin",
  params: [
    { name: "pivotColumn", kind: "column", presence: "required" },
    { name: "aggregationFunction", kind: "aggregate", presence: "optional" },
    { name: "column", kind: "column", presence: "repeated" },
  ],
  schema: { from: "rows", of: (call, rows) => pivotedSchema(call, namesOf(call, rows)) },
  async *run(call) {
    const input = await collect(call.rows, call.input);
    const layout = rotate(call, input);
    if (layout.firsts.length === 0) return;
    const firsts = Int32Array.from(layout.firsts);
    const value = call.input.length - 1;
    const read = cellReader(input.column(value));
    const rest = emptyOf(call, call.input[value]!.type);
    const groups = call.input.length - 2;
    const columns = call.schema.map(({ name, type }) => {
      const group = call.input.findIndex((field, index) => index < groups && field.name === name);
      if (group >= 0) return gatherColumn(input.column(group), firsts);
      const rows = layout.rowsOf.get(name);
      if (type !== call.input[value]!.type)
        throw new Refusal("pivotColumn", `the column \`${name}\` is not of type ${type}`);
      const builder = columnBuilder(type, firsts.length);
      for (let g = 0; g < firsts.length; g++) {
        const row = rows?.get(g);
        builder.push(row === undefined ? rest : read(row));
      }
      return builder.finish();
    });
    yield batchOf(call.schema, columns, firsts.length);
  },
};

function pivotedSchema({ input }: PluginCall, names: readonly string[]): Schema {
  const { type } = input[input.length - 1]!;
  return [...input.slice(0, -2), ...names.map((name) => ({ name, type }))];
}

/** The names of the new columns, in the order in which the values of the pivoted column come. */
function namesOf(call: PluginCall, rows: Batch): readonly string[] {
  return [...rotate(call, rows).rowsOf.keys()];
}

interface Layout {
  /** The first input row of every output row. */
  readonly firsts: readonly number[];
  /** For every new column, the input row that fills it in an output row. */
  readonly rowsOf: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

function rotate({ input }: PluginCall, rows: Batch): Layout {
  const groups = input.length - 2;
  const taken = new Set(input.slice(0, groups).map((field) => field.name));
  const readers = input.slice(0, groups + 1).map((field, index) => {
    const read = cellReader(rows.column(index));
    return (row: number) => ({ type: field.type, cell: read(row) });
  });
  const pivoted = readers[groups]!;
  const firsts: number[] = [];
  const groupOf = new Map<string, number>();
  const nameOf = new Map<string, string>();
  const rowsOf = new Map<string, Map<number, number>>();
  for (let row = 0; row < rows.length; row++) {
    const key = JSON.stringify(readers.slice(0, groups).map((read) => keyOf(read(row))));
    let group = groupOf.get(key);
    if (group === undefined) {
      group = firsts.length;
      groupOf.set(key, group);
      firsts.push(row);
    }
    const { type, cell } = pivoted(row);
    const text = cellText(type, cell);
    if (text === "") throw new Refusal("pivotColumn", "an empty value of the pivoted column cannot name a column");
    let name = nameOf.get(text);
    if (name === undefined) {
      name = freeName(text, taken);
      taken.add(name);
      nameOf.set(text, name);
      rowsOf.set(name, new Map());
    }
    rowsOf.get(name)!.set(group, row);
  }
  return { firsts, rowsOf };
}

function keyOf({ type, cell }: { readonly type: ScalarType; readonly cell: Cell }): string {
  return dynamicKey(toDynamic(type, cell));
}

/** What the aggregate gives for no rows at all. */
function emptyOf(call: PluginCall, type: ScalarType): Cell {
  const name = argumentsOf(call, "aggregationFunction", "aggregate")[0]?.name ?? "count";
  if (/^(count|countif|dcount|dcountif|sum|sumif)$/.test(name)) return zeroOf(type);
  if (/^make_?(list|set)(if)?$/.test(name)) return [];
  if (/^make_(bag|dictionary)(_?if)?$/.test(name)) return new Map();
  return null;
}

function zeroOf(type: ScalarType): Cell {
  switch (type) {
    case "int":
    case "real":
      return 0;
    case "decimal":
      return new Decimal(0);
    default:
      return 0n;
  }
}
