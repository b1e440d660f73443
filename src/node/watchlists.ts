import type { TableSource } from "../data/batch.ts";
import { openTable } from "../readers/open.ts";
import { fileInput, openTableFile, tableFile } from "./files.ts";
import { nodeInflaters } from "./inflate.ts";

/** The rows of a watchlist: Sentinel keeps its values as texts, so columns are strings where no schema file says otherwise. */
export async function watchlistItems(path: string): Promise<TableSource> {
  const file = await tableFile(path);
  const table = await openTableFile(file);
  if (file.schemaPath !== undefined) return table;
  const schema = table.schema.map(({ name }) => ({ name, type: "string" as const }));
  return openTable(await fileInput(path), { table: file.table, schema, inflaters: nodeInflaters });
}
