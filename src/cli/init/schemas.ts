import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/init.ts";
import { fileText } from "../../node/files.ts";
import { catalogueColumns, catalogueTables } from "../../readers/catalogue/tables.ts";
import { parseSchemaFile } from "../../readers/schema-file.ts";
import { usageError } from "../report.ts";
import { findTables } from "../tables.ts";

export interface KnownTables {
  readonly schemas: ReadonlyMap<string, Schema>;
  /** Those that the spec has to declare: of no catalogue. */
  readonly own: ReadonlyMap<string, Schema>;
}

/** The columns of the tables that a query may name: of the catalogue, of files of schemas, of folders of data. */
export async function knownTables(
  { schema, data }: { readonly schema: readonly string[]; readonly data: readonly string[] },
  text: string,
): Promise<KnownTables> {
  const own = new Map<string, Schema>();
  const openers = await findTables({ data, table: [] }, { watch: (_, table) => table, done: () => {} });
  for (const [name, open] of openers) {
    // To open a table is to read its file: only those that the query may mean.
    if (text.includes(name)) own.set(name, (await open()).schema);
  }
  for (const path of schema) for (const [name, columns] of await declared(path)) own.set(name, columns);
  const catalogue = catalogueTables.map((name): readonly [string, Schema] => {
    const columns = [...(catalogueColumns(name) ?? [])];
    return [name, columns.map(([column, type]) => ({ name: column, type }))];
  });
  return { schemas: new Map([...catalogue, ...own]), own };
}

async function declared(path: string): Promise<readonly (readonly [string, Schema])[]> {
  const text = await fileText(path);
  const [, table] = /([^/\\]+)\.schema\.json$/i.exec(path) ?? [];
  if (table !== undefined) return [[table, parseSchemaFile(path, text)]];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw usageError(problem.badTables(path, thrown instanceof Error ? thrown.message : String(thrown)));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw usageError(problem.badTables(path, problem.notAnObject));
  }
  return Object.entries(value).map(([name, columns]) => [
    name,
    parseSchemaFile(`${path}: ${name}`, JSON.stringify(columns)),
  ]);
}
