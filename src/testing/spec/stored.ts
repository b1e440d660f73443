import * as problem from "../../diagnostics/catalogue/specs.ts";
import { type Watchlist, watchlistName } from "../../engine/surroundings.ts";
import type { SpecCase } from "./cases.ts";
import { SpecFault } from "./fault.ts";
import type { SpecFile } from "./read.ts";
import type { SpecFiles } from "./spec-files.ts";

/** What a database has beside its tables: functions and watchlists, as `createDatabase` takes them. */
export interface Stored {
  /** `name` is the path of the file: its stem names a function that has no name in its text. */
  readonly functions: readonly { readonly name: string; readonly text: string }[];
  readonly watchlists: ReadonlyMap<string, Watchlist>;
}

/** Throws `SpecFault` for a pattern that no file matches. */
export async function readStored(
  { functions, watchlists }: SpecCase,
  { valueAt }: SpecFile,
  files: SpecFiles,
): Promise<Stored> {
  const texts: { name: string; text: string }[] = [];
  for (const [i, pattern] of functions.value.entries()) {
    const names = await files.matching(pattern);
    if (names.length === 0) throw new SpecFault(problem.noFilesMatch(valueAt([...functions.path, i]), pattern));
    for (const name of names) texts.push({ name, text: await files.text(name) });
  }
  return {
    functions: texts,
    watchlists: new Map(
      [...watchlists].map(([name, { value }]) => {
        const { alias, searchKey } = watchlistName(name);
        return [alias, { rows: () => files.watchlist(value), searchKey }];
      }),
    ),
  };
}
