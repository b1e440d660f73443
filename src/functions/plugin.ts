import type { Batch, Batches } from "../data/batch.ts";
import type { Cell } from "../data/column.ts";
import type { ScalarType, Schema } from "../data/types.ts";

/** What the plugin expects at one place of its argument list. */
export interface PluginParam {
  readonly name: string;
  /**
   * column: a column of the input. lookup: a column of the table argument. both: a column of that name in both.
   * constant: a value known when the query is bound. table: a tabular expression. aggregate: an aggregate call.
   * predicate: a condition over the row; where it is repeated, each argument may have a name of its own.
   */
  readonly kind: "column" | "lookup" | "both" | "constant" | "table" | "aggregate" | "predicate";
  /** The type that the argument must have; absent when any will do. */
  readonly type?: ScalarType | undefined;
  readonly presence: "required" | "optional" | "repeated";
}

export type PluginArgument =
  | { readonly kind: "column"; readonly name: string; readonly index: number; readonly type: ScalarType }
  | { readonly kind: "lookup"; readonly name: string; readonly index: number; readonly type: ScalarType }
  | {
      readonly kind: "both";
      readonly name: string;
      readonly index: number;
      readonly lookup: number;
      readonly type: ScalarType;
    }
  | { readonly kind: "constant"; readonly value: Cell; readonly type: ScalarType }
  | { readonly kind: "table"; readonly schema: Schema }
  /** The input has been aggregated already: this is the name of the aggregate. See pivot. */
  | { readonly kind: "aggregate"; readonly name: string }
  /** A bool column behind those of the input: `index` is its position. `name` is that of the argument, or of the column. */
  | { readonly kind: "predicate"; readonly name: string | undefined; readonly index: number };

/** The arguments by parameter name; a repeated parameter has several. */
export interface PluginCall {
  readonly args: ReadonlyMap<string, readonly PluginArgument[]>;
  /** The columns of the rows: those of the input, then the predicates. */
  readonly input: Schema;
}

export interface PluginRun extends PluginCall {
  readonly rows: Batches;
  /** The rows of the table arguments, in the order of the arguments. */
  readonly tables: readonly Batch[];
  /** The output schema that the query was bound with. */
  readonly schema: Schema;
}

/** Files behind addresses, of which the columns are wanted, and not the rows: see `reads`. */
export interface ExternalColumns {
  readonly uris: readonly string[];
  /** As `with (format=…)` names it. */
  readonly format: string;
  /** What the name of a file begins and ends with. Others are left out. */
  readonly prefix: string;
  readonly ending: string;
  /** One file is enough. */
  readonly first: boolean;
}

/** What a plugin is given of `ExternalColumns`: a row per column, with its name as a declaration spells it. */
export const externalColumns: Schema = [
  { name: "File", type: "string" },
  { name: "Column", type: "string" },
  { name: "Type", type: "string" },
];

/** A tabular function behind `evaluate`. https://learn.microsoft.com/kusto/query/evaluate-operator */
export interface PluginDefinition {
  readonly kind: "plugin";
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly docs: string;
  readonly params: readonly PluginParam[];
  /** The rows of the input must be in a definite order. */
  readonly serialized?: boolean | undefined;
  /**
   * A second table follows the rows: how many rows the input has. Its place is at the end of a statement, where `bind.ts`
   * takes care of it, as of `fork`.
   */
  readonly counts?: boolean | undefined;
  /**
   * What it asks of the world outside, which answers as for `externaldata`: `externalColumns`, as if it were its last table
   * argument. Such a plugin stands at the beginning of a query. Throws `Refusal`.
   */
  readonly reads?: ((call: PluginCall) => ExternalColumns) | undefined;
  /** Why kqlite knows the name and does not run it: a phrase that follows the report. Nothing else is looked at then. */
  readonly refusal?: string | undefined;
  /** Columns out. With `fromRows`, the input's rows decide, and are given. Throws `Refusal`. */
  readonly schema:
    | { readonly from: "arguments"; readonly of: (call: PluginCall) => Schema }
    | { readonly from: "rows"; readonly of: (call: PluginCall, rows: Batch) => Schema };
  readonly run: (call: PluginRun) => Batches;
}
