import type { Schema } from "../data/types.ts";

/** The tables that a query may name. */
export interface TableSchemas {
  /** What messages call it: `xdr`, `tables.kql`. */
  readonly name: string;
  /** The columns of a table; names are case-sensitive. */
  readonly columns: (table: string) => Schema | undefined;
  readonly tables: readonly string[];
  /** What `*` is taken for, where that is not all of them. */
  readonly usual?: readonly string[] | undefined;
  /** Tables that exist with whatever columns, besides those: custom logs of a workspace. */
  readonly mayHave?: ((table: string) => boolean) | undefined;
  /** A stored function; what it gives is not known. */
  readonly hasFunction?: ((name: string) => boolean) | undefined;
  /** Columns that one source calls dynamic and another string. */
  readonly unsureType?: ((column: string) => boolean) | undefined;
  /** Tables and functions that are not among them exist somewhere, and may have any columns. */
  readonly open: boolean;
}
