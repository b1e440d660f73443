import { batchOf } from "../../data/batch.ts";
import { columnFromCells } from "../../data/cells.ts";
import { type Bag, type Dynamic, isArray, isBag } from "../../data/dynamic.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginDefinition, PluginRun } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { argumentOf } from "./arguments.ts";

const modes = ["any", "last", "all"] as const;
type Mode = (typeof modes)[number];

const known = ["StorageContainers", "DataFormat", "FileExtension", "FileNamePrefix", "Mode", "InferenceOptions"];
const delimited: ReadonlySet<string> = new Set(["csv", "tsv", "psv", "scsv", "sohsv"]);

export const inferStorageSchema: PluginDefinition = {
  kind: "plugin",
  name: "infer_storage_schema",
  aliases: [],
  summary:
    "The columns of files behind addresses, as text: with the types that Parquet states, or that all values of JSON and delimited text look like to kqlite. The files are found as those of `externaldata` are.",
  docs: "https://learn.microsoft.com/kusto/query/infer-storage-schema-plugin",
  params: [{ name: "Options", kind: "constant", type: "dynamic", presence: "required" }],
  reads: (call) => {
    const { mode, ...files } = optionsOf(call);
    return { ...files, first: mode === "any" };
  },
  schema: {
    from: "arguments",
    of: (call) => {
      optionsOf(call);
      return [{ name: "CslSchema", type: "string" }];
    },
  },
  async *run(run) {
    const found = [...filesOf(run)];
    const [first] = found;
    if (!first) throw new Refusal("Options", "no file there has a name that fits `FileNamePrefix` and `FileExtension`");
    const text = optionsOf(run).mode === "all" ? merged(found) : last(found);
    yield batchOf(run.schema, [columnFromCells("string", [text])], 1);
  },
};

interface Options {
  readonly uris: readonly string[];
  readonly format: string;
  readonly prefix: string;
  readonly ending: string;
  readonly mode: Mode;
}

function optionsOf(call: PluginCall): Options {
  const { value } = argumentOf(call, "Options", "constant");
  const bag = value as Dynamic; // the parameter is dynamic
  if (!isBag(bag)) throw new Refusal("Options", "`Options` is a property bag");
  checkNames(bag, known);
  const format = textOf(bag, "DataFormat");
  if (!format) throw new Refusal("Options", "`DataFormat` is missing: `csv`, `json`, `parquet`…");
  checkHeader(format.toLowerCase(), bag.get("InferenceOptions"));
  const mode = textOf(bag, "Mode") ?? "last";
  const named = modes.find((one) => one === mode);
  if (!named) throw new Refusal("Options", "`Mode` is `any`, `last` or `all`");
  const [prefix = "", ending = ""] = [textOf(bag, "FileNamePrefix"), textOf(bag, "FileExtension")];
  return { uris: addressesOf(bag), format, prefix, ending, mode: named };
}

function addressesOf(bag: Bag): readonly string[] {
  const containers = bag.get("StorageContainers") ?? null;
  if (!isArray(containers) || containers.length === 0)
    throw new Refusal("Options", "`StorageContainers` is an array of addresses, one for each file");
  return containers.map((one) => {
    if (typeof one === "string" && one !== "") return one;
    throw new Refusal("Options", "`StorageContainers` is an array of strings");
  });
}

/** Delimited text without a header has columns whose names the documentation does not say. */
function checkHeader(format: string, given: Dynamic | undefined): void {
  if (format === "txt" || format === "raw")
    throw new Refusal("Options", `data in the format \`${format}\` has no columns to be inferred`);
  if (given !== undefined && !isBag(given)) throw new Refusal("Options", "`InferenceOptions` is a property bag");
  if (given) checkNames(given, ["UseFirstRowAsHeader"]);
  const header = given?.get("UseFirstRowAsHeader");
  if (header !== undefined && typeof header !== "boolean")
    throw new Refusal("Options", "`UseFirstRowAsHeader` is `true` or `false`");
  if (delimited.has(format)) {
    if (header === true) return;
    const help = "say `'InferenceOptions': {'UseFirstRowAsHeader': true}` where the first row has them";
    throw new Refusal("Options", `how Kusto names columns without a header is not documented: ${help}`);
  }
  if (header === true) throw new Refusal("Options", "`UseFirstRowAsHeader` is for delimited text");
}

function checkNames(bag: Bag, names: readonly string[]): void {
  const other = [...bag.keys()].find((name) => !names.includes(name));
  if (other === undefined) return;
  throw new Refusal("Options", `it has no option \`${other}\`: ${names.map((name) => `\`${name}\``).join(", ")}`);
}

function textOf(bag: Bag, name: string): string | undefined {
  const value = bag.get(name);
  if (value === undefined || typeof value === "string") return value;
  throw new Refusal("Options", `\`${name}\` is a string`);
}

interface DescribedFile {
  readonly name: string;
  /** By name, in order: the type. */
  readonly columns: ReadonlyMap<string, string>;
}

function filesOf({ tables: [rows] }: PluginRun): Iterable<DescribedFile> {
  if (!rows) throw new Error("the binder has let a plugin pass without what it reads");
  const [file, column, type] = [0, 1, 2].map((index) => cellReader(rows.column(index)));
  const files = new Map<string, { readonly name: string; readonly columns: Map<string, string> }>();
  for (let row = 0; row < rows.length; row++) {
    const name = String(file?.(row));
    const known = files.get(name) ?? { name, columns: new Map<string, string>() };
    files.set(name, known);
    known.columns.set(String(column?.(row)), String(type?.(row)));
  }
  return files.values();
}

const textOfColumns = (columns: ReadonlyMap<string, string>) =>
  [...columns].map(([name, type]) => `${name}:${type}`).join(", ");

/** Which file was written last is not known here; where all have the same columns it does not matter. */
function last(files: readonly DescribedFile[]): string {
  const texts = new Set(files.map(({ columns }) => textOfColumns(columns)));
  const [text, other] = texts;
  if (text !== undefined && other === undefined) return text;
  const help = "`'Mode': 'all'` merges them, `'any'` takes the first";
  throw new Refusal("Options", `the files differ in their columns, and which was written last is not known: ${help}`);
}

/** All columns, in the order in which they turn up. How Kusto merges two types of one column is not documented. */
function merged(files: readonly DescribedFile[]): string {
  const all = new Map<string, { readonly type: string; readonly file: string }>();
  for (const { name: file, columns } of files) {
    for (const [name, type] of columns) {
      const before = all.get(name);
      if (before && before.type !== type) {
        const types = `${before.type} in \`${before.file}\`, ${type} in \`${file}\``;
        throw new Refusal("Options", `the column \`${name}\` is ${types}: how Kusto merges them is not documented`);
      }
      all.set(name, before ?? { type, file });
    }
  }
  return textOfColumns(new Map([...all].map(([name, { type }]) => [name, type])));
}
