import type { Field, ScalarType, Schema } from "../../data/types.ts";
import { type ColumnWords, namesIn, together } from "./columns.ts";
import { defenderTables, huntingTypes, identityInfo, workspaceColumns } from "./defender.ts";
import { huntingTables } from "./hunting.ts";
import type { PackName } from "./pack-names.ts";
import { furtherTables, sentinelTables } from "./sentinel.ts";

export interface Pack {
  readonly name: PackName;
  readonly tables: readonly string[];
  /** Those that most have, for what would be slow, and surprising, over all there are: `union *`. */
  readonly usual: readonly string[];
  /** Case-sensitive; the columns are in no particular order. */
  readonly columns: (table: string) => Schema | undefined;
}

export function schemaPack(name: PackName): Pack {
  const tables = wordsOf(name);
  const made = new Map<string, Schema>();
  return {
    name,
    tables: [...tables.keys()],
    usual: [...tables.keys()].filter((table) => !(table in furtherTables)),
    columns: (table) => {
      const words = tables.get(table);
      if (!words) return undefined;
      // Where there is no workspace, a table has none of its columns; `IdentityInfo` has some of these names itself.
      const without = name === "xdr" && table in defenderTables ? workspaceColumns : [];
      const schema = made.get(table) ?? schemaOf(words, new Set(without));
      made.set(table, schema);
      return schema;
    },
  };
}

function wordsOf(name: PackName): ReadonlyMap<string, ColumnWords> {
  const stored = Object.entries(defenderTables).filter(([table]) => !(table in huntingTables));
  const defender = Object.entries(defenderTables).map(([table, words]) => {
    return [table, together(huntingTypes[table] ?? {}, words)] as const;
  });
  switch (name) {
    case "xdr":
      return new Map([...defender, ["IdentityInfo", identityInfo]]);
    case "sentinel":
      return new Map([...stored, ...Object.entries(sentinelTables)]);
    case "unified": {
      const { IdentityInfo: inWorkspace = {}, ...others } = sentinelTables;
      const both = together(identityInfo, inWorkspace);
      return new Map([...defender, ...Object.entries(others), ["IdentityInfo", both]]);
    }
  }
}

/** Of a column with two types the first counts. */
function schemaOf(words: ColumnWords, without: ReadonlySet<string>): Schema {
  const fields = new Map<string, Field>();
  // The keys of `ColumnWords` are types.
  for (const type of Object.keys(words) as ScalarType[]) {
    for (const name of namesIn(words[type])) {
      if (!without.has(name) && !fields.has(name)) fields.set(name, { name, type });
    }
  }
  return [...fields.values()];
}
