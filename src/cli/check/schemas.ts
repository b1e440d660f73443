import { unknownSchema } from "../../diagnostics/catalogue/check.ts";
import { assumedSchema, knownSchemas } from "../../lint/known-schemas.ts";
import type { TableSchemas } from "../../lint/schema.ts";
import { exists, fileText } from "../../node/files.ts";
import { isPackName, packNames } from "../../readers/catalogue/pack-names.ts";
import { type Pack, schemaPack } from "../../readers/catalogue/packs.ts";
import { type Definitions, parseTableDefinitions } from "../../readers/table-definitions.ts";
import { usageError } from "../report.ts";

/** The schema that the command line names: packs and files, all together. */
export async function schemasFor(given: readonly string[]): Promise<TableSchemas> {
  if (given.length === 0) return assumedSchema(schemaPack("unified"));
  const packs: Pack[] = [];
  const files: (Definitions & { readonly name: string })[] = [];
  for (const name of given) {
    if (isPackName(name)) packs.push(schemaPack(name));
    else if (await exists(name)) files.push({ name, ...parseTableDefinitions(name, await fileText(name)) });
    else throw usageError(unknownSchema(name, packNames));
  }
  return knownSchemas(packs, files);
}
