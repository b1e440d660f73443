import type { Schema } from "../data/types.ts";

/** What an editor knows of the data: no rows. Names are case-sensitive. */
export interface EditorSchema {
  /** The columns of each table. */
  readonly tables: ReadonlyMap<string, Schema>;
  /** The tables of other databases, as in `database("name").Table`. */
  readonly databases?: ReadonlyMap<string, ReadonlyMap<string, Schema>> | undefined;
}
