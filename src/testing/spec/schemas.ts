import type { ScalarType, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { type ColumnWords, namesIn } from "../../readers/catalogue/columns.ts";
import { defenderTables } from "../../readers/catalogue/defender.ts";
import { sentinelTables } from "../../readers/catalogue/sentinel.ts";
import { parseSchemaFile } from "../../readers/schema-file.ts";
import { SpecFault } from "./fault.ts";
import type { Spec } from "./model.ts";
import type { SpecFile } from "./read.ts";
import type { Path } from "./yaml.ts";

/** The columns of the tables that a spec knows. */
export interface Schemas {
  readonly columnsOf: (table: string) => KnownColumns | undefined;
  /** Tables that are there even when no test gives them rows: those of a schema that the spec names. */
  readonly present: readonly string[];
}

export interface KnownColumns {
  readonly schema: Schema;
  /** A schema file of the user says so: it is complete. The packs may lag behind the products. */
  readonly declared: boolean;
}

const packs: ReadonlyMap<string, readonly Readonly<Record<string, ColumnWords>>[]> = new Map([
  ["defender-xdr", [defenderTables]],
  ["xdr", [defenderTables]],
  ["sentinel", [sentinelTables, defenderTables]],
  ["unified", [sentinelTables, defenderTables]],
]);

/** The schemas of `schema:`; without it types are known, but no table is there that has no rows. */
export async function schemasFor(
  { spec, valueAt }: SpecFile,
  read: (path: string) => Promise<string>,
): Promise<Schemas> {
  const given = spec.schema;
  if (given === undefined) return { ...(await schemasOf("unified", read)), present: [] };
  try {
    return await schemasOf(given, read);
  } catch (thrown) {
    if (!(thrown instanceof UnknownPack)) throw thrown;
    const path: Path = typeof given === "object" ? ["schema", "extends"] : ["schema"];
    throw new SpecFault(problem.unknownPack(valueAt(path), thrown.message, [...packs.keys()]));
  }
}

class UnknownPack extends Error {}

async function schemasOf(
  given: NonNullable<Spec["schema"]>,
  read: (path: string) => Promise<string>,
): Promise<Schemas> {
  if (typeof given === "object" || given.endsWith(".json")) {
    const { file, extends: base } = typeof given === "object" ? given : { file: given, extends: undefined };
    const known = new Map([...(base === undefined ? [] : packTables(base)), ...declaredTables(file, await read(file))]);
    return { columnsOf: (table) => known.get(table), present: [...known.keys()] };
  }
  const known = packTables(given);
  return { columnsOf: (table) => known.get(table), present: [...known.keys()] };
}

function packTables(name: string): ReadonlyMap<string, KnownColumns> {
  const parts = packs.get(name);
  if (!parts) throw new UnknownPack(name);
  return new Map(
    parts.flatMap((tables) =>
      Object.entries(tables).map(([table, words]) => [table, { schema: columnsIn(words), declared: false }] as const),
    ),
  );
}

function columnsIn(words: ColumnWords): Schema {
  const types = Object.keys(words) as ScalarType[]; // its keys
  const columns = types.flatMap((type) => namesIn(words[type]).map((name) => [name, type] as const));
  // A column that is written twice is one.
  return [...new Map(columns)].map(([name, type]) => ({ name, type }));
}

/** `{ "Table": { "Column": "type" } }`, or each table as a schema file has it. Throws `KqlError`. */
function declaredTables(file: string, text: string): readonly (readonly [string, KnownColumns])[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new KqlError(problem.badTablesFile(file, thrown instanceof Error ? thrown.message : String(thrown)));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new KqlError(problem.badTablesFile(file, problem.notTables));
  }
  return Object.entries(value).map(([table, columns]) => {
    const schema = parseSchemaFile(`${file}: ${table}`, JSON.stringify(columns));
    return [table, { schema, declared: true }] as const;
  });
}
