import * as problem from "../../diagnostics/catalogue/specs.ts";
import { parserTexts } from "../../documents/parsers.ts";
import type { TableOpener } from "../../engine/shelf.ts";
import { type Watchlist, watchlistName } from "../../engine/surroundings.ts";
import type { SpecCase } from "./cases.ts";
import { SpecFault } from "./fault.ts";
import type { SpecFile } from "./read.ts";
import type { SpecFiles } from "./spec-files.ts";

/** What a database has beside its tables: functions, watchlists and the like, as `createDatabase` takes them. */
export interface Stored {
  /** `name` is the path of the file: its stem names a function that has no name in its text. */
  readonly functions: readonly { readonly name: string; readonly text: string }[];
  readonly watchlists: ReadonlyMap<string, Watchlist>;
  readonly ingestionTime: string | undefined;
  readonly fileProfiles: TableOpener | undefined;
  readonly locations: TableOpener | undefined;
}

/** Throws `SpecFault` for a pattern that no file matches. */
export async function readStored(
  { functions, watchlists, ingestionTime, fileProfiles, locations }: SpecCase,
  { valueAt }: SpecFile,
  files: SpecFiles,
): Promise<Stored> {
  const opener = (path: string | undefined, name: string): TableOpener | undefined =>
    path === undefined ? undefined : () => files.table(path, name, undefined);
  const texts: { name: string; text: string }[] = [];
  for (const [i, pattern] of functions.value.entries()) {
    const names = await files.matching(pattern);
    if (names.length === 0) throw new SpecFault(problem.noFilesMatch(valueAt([...functions.path, i]), pattern));
    for (const name of names) {
      const text = await files.text(name);
      if (/\.(ya?ml|json)$/i.test(name)) texts.push(...parserTexts(name, text));
      else texts.push({ name, text });
    }
  }
  return {
    functions: texts,
    ingestionTime,
    fileProfiles: opener(fileProfiles, "FileProfile"),
    locations: opener(locations, "locations"),
    watchlists: new Map(
      [...watchlists].map(([name, { value }]) => {
        const { alias, searchKey } = watchlistName(name);
        return [alias, { rows: () => files.watchlist(value), searchKey }];
      }),
    ),
  };
}
