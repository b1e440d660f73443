import type { ScalarType, Schema } from "../data/types.ts";

/** Why a column has its type. */
export interface ColumnReason {
  readonly name: string;
  readonly type: ScalarType;
  /**
   * declared: a schema file says so. catalogue: the table is a known one. stored: the format says so.
   * inferred: all its values look so.
   */
  readonly source: "declared" | "catalogue" | "stored" | "inferred";
  /** inferred: how many cells hold a value. */
  readonly values?: number | undefined;
  /** inferred: the first value that ruled out the narrower `type`, and the line of its record (`events.csv:17`). */
  readonly ruledOut?: { readonly type: ScalarType; readonly text: string; readonly place: string } | undefined;
}

export function declaredReasons(schema: Schema): readonly ColumnReason[] {
  return schema.map(({ name, type }) => ({ name, type, source: "declared" }));
}

/** The types of the catalogue where it knows the column, else those that were found. */
export function withCatalogue(
  found: readonly ColumnReason[],
  catalogue: ReadonlyMap<string, ScalarType>,
): readonly ColumnReason[] {
  return found.map((reason) => {
    const type = catalogue.get(reason.name);
    return type === undefined ? reason : { name: reason.name, type, source: "catalogue" };
  });
}

export function schemaOf(reasons: readonly ColumnReason[]): Schema {
  return reasons.map(({ name, type }) => ({ name, type }));
}
