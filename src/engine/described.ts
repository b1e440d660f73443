import { type Batch, batchOf } from "../data/batch.ts";
import { columnFromCells } from "../data/cells.ts";
import type { Schema } from "../data/types.ts";
import type { ExternalColumns } from "../functions/plugin.ts";
import { spelledDeclared } from "../parser/spelled.ts";
import { addressOf } from "../readers/address.ts";
import { type Format, isDataFile } from "../readers/format.ts";
import type { Input } from "../readers/input.ts";
import { reasonsOf } from "../readers/open.ts";

/** How the data behind an address is had: the copy of it, then the files that are packed in it. */
export interface Access {
  readonly copy: (uri: string) => Promise<Input>;
  readonly open: (uri: string, copy: Input) => Promise<readonly Input[]>;
}

/** The columns of files behind addresses, as `kqlite schema` finds them; what an archive holds is one table. */
export async function* describedFiles(
  schema: Schema,
  { uris, prefix, ending, first }: ExternalColumns,
  format: Format,
  { copy, open }: Access,
): AsyncGenerator<Batch, void, undefined> {
  for (const uri of uris) {
    const { key, path } = addressOf(uri);
    // An address that names its file needs no look at the copy, which may have another name.
    const isFile = isDataFile(path);
    if (isFile && !isWanted(path)) continue;
    const input = await copy(uri);
    if (!isFile && !isWanted(input.name)) continue;
    const { reasons } = await reasonsOf(key, await open(uri, input), format, { table: "", sample: "all" });
    const columns = [
      reasons.map(() => key),
      reasons.map(({ name }) => spelledDeclared(name)),
      reasons.map(({ type }) => type),
    ];
    yield batchOf(
      schema,
      columns.map((cells) => columnFromCells("string", cells)),
      reasons.length,
    );
    if (first) return;
  }

  function isWanted(path: string): boolean {
    const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
    return name.startsWith(prefix) && name.endsWith(ending);
  }
}
