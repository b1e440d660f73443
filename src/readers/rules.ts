/**
 * Whose rules turn records into rows.
 * - local: a file that stands for a table. It holds the columns of the schema, by name; whatever does not fit is an error.
 * - ingestion: Kusto's, for externaldata. Text has columns by position, JSON by property; what is missing or does not
 *   parse is null, what is too many is left out.
 */
export type Rules = "local" | "ingestion";

export interface ReadOptions {
  readonly rules: Rules;
  /** The first record of a delimited file. present: it names the columns (local), or is skipped (ingestion). */
  readonly header: "present" | "absent";
  /** Help for what does not fit a column: where its type comes from. */
  readonly note?: ((column: string) => string | undefined) | undefined;
}
