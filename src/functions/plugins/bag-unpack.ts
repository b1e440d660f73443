import { type Batch, type Batches, lazyBatch } from "../../data/batch.ts";
import { columnBuilder } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { compareStrings } from "../../data/compare.ts";
import { collect } from "../../data/concat.ts";
import { type Bag, type Dynamic, isArray, isBag, isTyped } from "../../data/dynamic.ts";
import { fromDynamic } from "../../data/text.ts";
import type { Field, ScalarType, Schema } from "../../data/types.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginDefinition, PluginRun } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { argumentOf, constantOf } from "./arguments.ts";

export const bagUnpack: PluginDefinition = {
  kind: "plugin",
  name: "bag_unpack",
  aliases: [],
  summary: "The slots of a column of property bags as columns of their own, in place of the bag.",
  docs: "https://learn.microsoft.com/kusto/query/bag-unpack-plugin",
  params: [
    { name: "Column", kind: "column", type: "dynamic", presence: "required" },
    { name: "OutputColumnPrefix", kind: "constant", type: "string", presence: "optional" },
    { name: "columnsConflict", kind: "constant", type: "string", presence: "optional" },
    { name: "ignoredProperties", kind: "constant", type: "dynamic", presence: "optional" },
  ],
  schema: { from: "rows", of: unpackedSchema },
  run: unpack,
};

type Conflict = "error" | "replace_source" | "keep_source";

interface Settings {
  readonly column: number;
  readonly prefix: string;
  readonly conflict: Conflict;
  readonly ignored: ReadonlySet<Dynamic>;
}

function settingsOf(call: PluginCall): Settings {
  const conflict = constantOf(call, "columnsConflict") ?? "error";
  if (conflict !== "error" && conflict !== "replace_source" && conflict !== "keep_source")
    throw new Refusal("columnsConflict", "`columnsConflict` is one of `error`, `replace_source` and `keep_source`");
  const ignored = (constantOf(call, "ignoredProperties") ?? []) as Dynamic; // its parameter is dynamic
  if (!isArray(ignored)) throw new Refusal("ignoredProperties", "`ignoredProperties` is an array of names");
  return {
    column: argumentOf(call, "Column", "column").index,
    prefix: String(constantOf(call, "OutputColumnPrefix") ?? ""),
    conflict,
    ignored: new Set(ignored),
  };
}

/** The input without the bag, then the slots in the order of their names; a slot that replaces a column takes its place. */
function unpackedSchema(call: PluginCall, rows: Batch): Schema {
  const settings = settingsOf(call);
  const slots = slotsOf(rows.column(settings.column), rows.length, settings);
  const clashing = call.input.find((field, index) => index !== settings.column && slots.has(field.name));
  if (clashing && settings.conflict === "error")
    throw new Refusal("Column", `\`${clashing.name}\` is both a slot of the bag and a column of the input`);
  const kept = call.input.flatMap((field, index): Field[] => {
    const type = slots.get(field.name);
    if (index === settings.column) return type === undefined ? [] : [{ name: field.name, type }];
    return type !== undefined && settings.conflict === "replace_source" ? [{ name: field.name, type }] : [field];
  });
  const taken = new Set(kept.map((field) => field.name));
  const added: Field[] = [];
  for (const [name, type] of [...slots].sort(([a], [b]) => compareStrings(a, b)))
    if (!taken.has(name)) added.push({ name, type });
  return [...kept, ...added];
}

/** The output name of every slot with its type: that of its values if they agree, dynamic otherwise. Null agrees with all. */
function slotsOf(column: Column, length: number, { prefix, ignored }: Settings): ReadonlyMap<string, ScalarType> {
  const types = new Map<string, ScalarType | undefined>();
  const read = cellReader(column);
  for (let row = 0; row < length; row++) {
    const bag = read(row) as Dynamic; // the column is dynamic
    if (!isBag(bag)) continue;
    for (const [key, value] of bag) {
      if (ignored.has(key)) continue;
      const name = prefix + key;
      const before = types.get(name);
      const type = value === null ? before : typeOf(value);
      types.set(name, before === undefined || before === type ? type : "dynamic");
    }
  }
  return new Map([...types].map(([name, type]) => [name, type ?? "dynamic"]));
}

function typeOf(value: NonNullable<Dynamic>): ScalarType {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "long";
  if (typeof value === "number") return Number.isInteger(value) ? "long" : "real";
  return isTyped(value) ? value.typed : "dynamic";
}

async function* unpack(run: PluginRun): Batches {
  const settings = settingsOf(run);
  const sourceOf = new Map(run.input.map((field, index) => [field.name, index]));
  sourceOf.delete(run.input[settings.column]!.name);
  let rows = run.rows;
  if (settings.conflict === "replace_source") {
    // Which source columns give way is known only when every bag has been seen.
    const all = await collect(run.rows, run.input);
    for (const name of slotsOf(all.column(settings.column), all.length, settings).keys()) sourceOf.delete(name);
    rows = one(all);
  }
  for await (const batch of rows) {
    const bags = bagsOf(batch.column(settings.column), batch.length);
    yield lazyBatch(run.schema, batch.length, (index) => {
      const { name, type } = run.schema[index]!;
      const source = sourceOf.get(name);
      if (source === undefined) return slotColumn(bags, name, type, settings);
      if (run.input[source]!.type === type) return batch.column(source);
      throw new Refusal("Column", `the column \`${name}\` of the input is not of type ${type}`);
    });
  }
}

async function* one(batch: Batch): Batches {
  if (batch.length > 0) yield batch;
}

function bagsOf(column: Column, length: number): readonly (Bag | undefined)[] {
  const read = cellReader(column);
  return Array.from({ length }, (_, row) => {
    const value = read(row) as Dynamic; // the column is dynamic
    return isBag(value) ? value : undefined;
  });
}

function slotColumn(
  bags: readonly (Bag | undefined)[],
  name: string,
  type: ScalarType,
  { prefix, ignored }: Settings,
): Column {
  const builder = columnBuilder(type, bags.length);
  const key = name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
  const absent = key === undefined || ignored.has(key);
  for (const bag of bags) builder.push(absent ? null : fromDynamic(bag?.get(key) ?? null, type));
  return builder.finish();
}
