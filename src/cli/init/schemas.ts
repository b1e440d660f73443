import type { Schema } from "../../data/types.ts";
import { unknownSchema } from "../../diagnostics/catalogue/check.ts";
import { exists, fileText } from "../../node/files.ts";
import { isPackName, packNames } from "../../readers/catalogue/pack-names.ts";
import { type Pack, schemaPack } from "../../readers/catalogue/packs.ts";
import { parseTableDefinitions } from "../../readers/table-definitions.ts";
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
  const packs: Pack[] = [];
  for (const given of schema) {
    if (isPackName(given)) packs.push(schemaPack(given));
    else if (!(await exists(given))) throw usageError(unknownSchema(given, packNames));
    else
      for (const [name, columns] of parseTableDefinitions(given, await fileText(given)).tables) own.set(name, columns);
  }
  const known = packs.length > 0 ? packs : [schemaPack("unified")];
  const catalogue = known.flatMap(({ tables, columns }) =>
    tables.map((table): readonly [string, Schema] => [table, columns(table) ?? []]),
  );
  return { schemas: new Map([...catalogue, ...own]), own };
}
