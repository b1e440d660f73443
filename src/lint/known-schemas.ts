import type { Pack } from "../readers/catalogue/packs.ts";
import { commonWords } from "../readers/catalogue/workspace.ts";
import type { Definitions } from "../readers/table-definitions.ts";
import type { TableSchemas } from "./schema.ts";

/** Logs that a workspace defines itself, and the table that every resource adds columns to. */
const workspaceOwn = /(_CL|_CF|_SRCH|_RST)$|^AzureDiagnostics$/;

/** JSON that a workspace stores as dynamic; the pages of advanced hunting call it a string. */
const unsure = /^(AdditionalFields|LoggedOnUsers|ConnectedNetworks|DefaultGateways|DnsAddresses|IPAddresses)$/;

/** Several schemas as one; of a table in two, the last counts. */
export function knownSchemas(
  packs: readonly Pack[],
  files: readonly (Definitions & { readonly name: string })[],
): TableSchemas {
  const own = new Map(files.flatMap(({ tables }) => [...tables]));
  const functions = new Set(files.flatMap((file) => [...file.functions]));
  const last = packs.toReversed();
  const workspace = packs.some(({ name }) => name !== "xdr");
  return {
    name: [...packs, ...files].map(({ name }) => name).join("` and `"),
    columns: (table) =>
      own.get(table) ?? last.map((pack) => pack.columns(table)).find((columns) => columns !== undefined),
    tables: [...new Set([...own.keys(), ...packs.flatMap(({ tables }) => tables)])],
    usual: [...new Set([...own.keys(), ...packs.flatMap(({ usual }) => usual)])],
    hasFunction: (name) => functions.has(name),
    mayHave: (table) => workspace && workspaceOwn.test(table),
    unsureType: (column) => packs.some(({ name }) => name !== "sentinel") && unsure.test(column),
    open: false,
  };
}

/** No schema is given: well-known tables have their columns, any other name may be a table. */
export function assumedSchema(pack: Pack): TableSchemas {
  return {
    name: pack.name,
    columns: (table) => (commonWords.has(table) ? undefined : pack.columns(table)),
    tables: pack.tables.filter((table) => !commonWords.has(table)),
    usual: pack.usual.filter((table) => !commonWords.has(table)),
    unsureType: (column) => unsure.test(column),
    open: true,
  };
}
