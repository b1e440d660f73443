import { batchOf } from "../../data/batch.ts";
import { columnFromCells } from "../../data/cells.ts";
import { collect } from "../../data/concat.ts";
import type { Field } from "../../data/types.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginDefinition, PluginRun } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { constantOf } from "./arguments.ts";

/** The columns of getschema's result. */
const columns: readonly Field[] = [
  { name: "ColumnName", type: "string" },
  { name: "ColumnOrdinal", type: "long" },
  { name: "DataType", type: "string" },
  { name: "ColumnType", type: "string" },
];

export const schemaMerge: PluginDefinition = {
  kind: "plugin",
  name: "schema_merge",
  aliases: [],
  summary: "One schema out of several, each as `getschema` gives it.",
  docs: "https://learn.microsoft.com/kusto/query/schema-merge-plugin",
  params: [{ name: "PreserveOrder", kind: "constant", type: "bool", presence: "optional" }],
  schema: {
    from: "arguments",
    of: (call) => {
      positionsOf(call);
      return columns;
    },
  },
  async *run(run) {
    const merged = await mergedColumns(run, constantOf(run, "PreserveOrder") !== false);
    if (merged.length === 0) return;
    const cells = [
      merged.map(({ name }) => name),
      merged.map(({ ordinal }) => BigInt(ordinal)),
      merged.map(({ dataType }) => dataType),
      merged.map(({ columnType }) => columnType),
    ];
    yield batchOf(
      columns,
      columns.map(({ type }, i) => columnFromCells(type, cells[i]!)),
      merged.length,
    );
  },
};

function positionsOf({ input }: PluginCall): readonly number[] {
  return columns.map(({ name, type }) => {
    const index = input.findIndex((field) => field.name === name && field.type === type);
    if (index < 0)
      throw new Refusal("input", `the input has no column \`${name}\` of type ${type}, as getschema gives it`);
    return index;
  });
}

interface MergedColumn {
  readonly name: string;
  readonly ordinal: number;
  readonly dataType: string;
  readonly columnType: string;
}

/** A column as the schemas so far have it. */
interface Seen extends MergedColumn {
  /** The first and the greatest ordinal: it moves only to the right. */
  readonly first: number;
}

async function mergedColumns(run: PluginRun, preserveOrder: boolean): Promise<readonly MergedColumn[]> {
  const rows = await collect(run.rows, run.input);
  const [readName, readOrdinal, readData, readType] = positionsOf(run).map((index) => cellReader(rows.column(index)));
  const seen = new Map<string, Seen>();
  for (let row = 0; row < rows.length; row++) {
    const name = String(readName!(row));
    const ordinal = Number(readOrdinal!(row) ?? -1);
    const columnType = String(readType!(row));
    const before = seen.get(name);
    const first = before?.first ?? ordinal;
    seen.set(name, { name, first, ordinal, dataType: String(readData!(row)), columnType });
    // Which types Kusto brings together, and in what, its documentation does not say.
    if (before && before.columnType !== columnType)
      throw new Refusal("input", `\`${name}\` is ${before.columnType} in one schema and ${columnType} in another`);
    if (ordinal < (before?.ordinal ?? 0))
      throw new Refusal("input", `\`${name}\` stands further left in a later schema`);
  }
  const ordered = [...seen.values()].sort((a, b) => a.ordinal - b.ordinal);
  const tie = ordered.findIndex((column, i) => column.ordinal === ordered[i + 1]?.ordinal);
  if (tie >= 0)
    throw new Refusal("input", `\`${ordered[tie]!.name}\` and \`${ordered[tie + 1]!.name}\` stand at the same place`);
  return ordered.map((column) => (preserveOrder && column.first !== column.ordinal ? outOfOrder(column.name) : column));
}

/** Kusto says it in these words. */
function outOfOrder(name: string): MergedColumn {
  const columnType = "ERROR(columns are out of order)";
  return { name, ordinal: -1, dataType: `ERROR(unknown CSL type:${columnType})`, columnType };
}
