import type { Batch, TableSource } from "../data/batch.ts";
import type { Cell } from "../data/column.ts";
import type { Dynamic } from "../data/dynamic.ts";
import type { ScalarType, Schema } from "../data/types.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { PluginCall, PluginDefinition } from "../functions/plugin.ts";
import type { AggregateFunction, AggregateOverload, Overload, ScalarFunction } from "../functions/signature.ts";
import type { TextExtractor } from "../functions/text-extractor.ts";

/*
 * What will be done, with every default spelled out: no names to look up, no implicit conversions.
 *
 *   StormEvents | where State == "TEXAS" | top 2 by Injuries | project State, Injuries
 *
 *   Project  State, Injuries
 *   └─ Sort  Injuries desc nulls last, limit 2
 *      └─ Filter  State == "TEXAS"
 *         └─ Scan  StormEvents
 */

export type Plan =
  | Scan
  | Values
  | Range
  | Filter
  | Project
  | Aggregate
  | FirstPerKey
  | Sort
  | Limit
  | Join
  | Union
  | Unnest
  | Apply
  | Extract
  | Consume
  | MakeSeries
  | Evaluate
  | Given
  | Partition
  | TopNested
  | Sequences
  | Graph
  | Shared
  | Refused;

interface Node<K extends string> {
  readonly kind: K;
  readonly schema: Schema;
  /** The operator of the query that it comes from. */
  readonly origin: Span;
}
interface Unary<K extends string> extends Node<K> {
  readonly input: Plan;
}

/** Every row of a table, or of an externaldata source. */
export interface Scan extends Node<"Scan"> {
  readonly name: string;
  readonly source: TableSource;
  /** The columns that somebody looks at, by position; absent when it may be any. */
  readonly columns?: ReadonlySet<number> | undefined;
  /** Conditions that the source may apply while it reads. Rows that fail one are dropped above in any case. */
  readonly wishes?: readonly Expr[] | undefined;
}

/** Rows that the query itself spells out: datatable; print is a Project over one row without columns. */
export interface Values extends Node<"Values"> {
  readonly rows: Batch;
}

/** from, from+step, … as long as it does not pass `to`; all of the type of the one column. A null bound gives no rows. */
export interface Range extends Node<"Range"> {
  readonly from: Literal;
  readonly to: Literal;
  readonly step: Literal;
}

/** Keeps the rows for which `predicate` is true; null is not true. */
export interface Filter extends Unary<"Filter"> {
  readonly predicate: Expr;
}

/** project, extend, project-away, -rename, -reorder: all become the full list of output columns. */
export interface Project extends Unary<"Project"> {
  /** One per column of `schema`, in order. */
  readonly outputs: readonly Expr[];
  /** An output is a window function (`prev`, `row_number`): the input is taken whole. */
  readonly whole: boolean;
}

/**
 * summarize, distinct, count: one row per distinct combination of `keys`, then the outputs of `aggregates`.
 * Null is a key of its own. Without keys there is exactly one row, also for no input.
 */
export interface Aggregate extends Unary<"Aggregate"> {
  readonly keys: readonly Expr[];
  readonly aggregates: readonly AggregateCallExpr[];
}
export interface AggregateCallExpr {
  readonly fn: AggregateFunction;
  readonly overload: AggregateOverload;
  readonly args: readonly Expr[];
  /** Types of the columns that this call adds. */
  readonly outputs: readonly ScalarType[];
}

/** The first row of each distinct combination of `keys`: the left side of an innerunique join. */
export interface FirstPerKey extends Unary<"FirstPerKey"> {
  readonly keys: readonly Expr[];
}

/** Stable. With `limit`, only the first `limit` rows. */
export interface Sort extends Unary<"Sort"> {
  readonly keys: readonly SortKey[];
  readonly limit?: number | undefined;
}
export interface SortKey {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export interface Limit extends Unary<"Limit"> {
  readonly count: number;
}

export type JoinType =
  | "inner"
  | "leftouter"
  | "rightouter"
  | "fullouter"
  | "leftsemi"
  | "leftanti"
  | "rightsemi"
  | "rightanti";

/**
 * Rows of both sides whose keys are equal, pair by pair; a null key equals nothing.
 * Columns: all of the left, then all of the right; semi and anti joins give one side only.
 */
export interface Join extends Node<"Join"> {
  readonly left: Plan;
  readonly right: Plan;
  readonly type: JoinType;
  /** Both sides of a pair have the same type. */
  readonly on: readonly { readonly left: Expr; readonly right: Expr }[];
}

/** The rows of every input; each has exactly the columns of `schema`. */
export interface Union extends Node<"Union"> {
  readonly inputs: readonly Plan[];
}

/**
 * mv-expand: each row once per item of its arrays (several expand side by side, the shorter padded with null);
 * null leaves one row with null, an empty array or bag none. Columns: those of the input, with expanded ones replaced or added.
 */
export interface Unnest extends Unary<"Unnest"> {
  readonly items: readonly UnnestItem[];
  /** Column that gets the zero-based index of the item, when asked for: its position in `schema`. */
  readonly itemIndex?: number | undefined;
  /** At most this many items per row. */
  readonly rowLimit?: number | undefined;
  /** array: a bag gives [key, value] pairs; bag: one-key bags. */
  readonly bagExpansion: "array" | "bag";
}
export interface UnnestItem {
  readonly expr: Expr;
  /** Position in `schema` of the column that holds the items; its type is the wanted one. */
  readonly output: number;
}

/**
 * make-series: one row per distinct combination of the keys, with an array per value and one of the starts of the bins.
 * The input has one row per series and bin: the keys, the values, and the start of the bin as the last column.
 */
export interface MakeSeries extends Unary<"MakeSeries"> {
  readonly keyCount: number;
  /** What stands for a bin without rows, one per value. */
  readonly defaults: readonly Dynamic[];
  /** The first bin; absent where each series begins with the first bin that it has rows in. */
  readonly from?: Literal | undefined;
  /** The bins begin before it; absent where each series ends with the last bin that it has rows in. */
  readonly to?: Literal | undefined;
  /** A bin may also begin at `to` itself. */
  readonly toIncluded: boolean;
  /** Of the type of the axis, a timespan for a datetime; greater than zero. */
  readonly step: Literal;
  /** Without rows there is still one series, of defaults. */
  readonly nonempty: boolean;
}

/**
 * mv-apply: each row becomes a table, one row per item of its arrays, and `body` runs over that table. A row whose arrays
 * are empty has none, and is gone. The rows of the table: the `kept` columns of the row, the items, the item's index.
 */
export interface Apply extends Unary<"Apply"> {
  readonly kept: readonly number[];
  readonly items: readonly { readonly expr: Expr; readonly type: ScalarType }[];
  /** The table's last column is the zero-based index of the item. */
  readonly indexed: boolean;
  /** At most this many items per row. */
  readonly rowLimit?: number | undefined;
  /** The Given inside `body`. */
  readonly given: number;
  readonly body: Plan;
  /** Where each column of `schema` comes from: the row, or what `body` makes of its table. */
  readonly outputs: readonly { readonly from: "input" | "body"; readonly index: number }[];
}

/** parse, parse-kv: a text taken apart. Columns: those of the input, with extracted ones replaced or added. */
export interface Extract extends Unary<"Extract"> {
  readonly text: Expr;
  readonly extractor: TextExtractor;
  /** For each cell that the extractor gives, the position in `schema` of its column. */
  readonly outputs: readonly number[];
  /** Rows whose text is not of the form are dropped; else their extracted cells are null. */
  readonly matchedOnly: boolean;
}

/** Reads the input, and gives no rows. */
export interface Consume extends Unary<"Consume"> {
  /** Every cell is made, not just every row. */
  readonly decode: boolean;
}

/** A plugin over its input and the rows of its table arguments. */
export interface Evaluate extends Unary<"Evaluate"> {
  readonly plugin: PluginDefinition;
  readonly call: PluginCall;
  readonly tables: readonly Plan[];
}

/** The table that a subquery is given: the node that runs the subquery says which rows, anew for each run. */
export interface Given extends Node<"Given"> {
  readonly id: number;
}

/** The rows of `body`, which runs once per distinct value of `key` over the rows that have it. Null is a value of its own. */
export interface Partition extends Unary<"Partition"> {
  readonly key: Expr;
  /** The Given inside `body`. */
  readonly given: number;
  readonly body: Plan;
  /** More values, or null among them, are an error: those of the strategy `legacy`. */
  readonly limit?: number | undefined;
}

/**
 * top-nested: groups inside groups. At each level the best groups of each group above stay, and go on to the next level.
 * Columns: key and value of each level.
 */
export interface TopNested extends Unary<"TopNested"> {
  readonly levels: readonly TopLevel[];
}
export interface TopLevel {
  readonly key: Expr;
  readonly calls: readonly AggregateCallExpr[];
  /** By which groups are compared, over the outputs of `calls`. */
  readonly value: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  /** At most this many groups of each group above. */
  readonly limit?: number | undefined;
  /** The key that the rows of all other groups get together; without it they are left out. */
  readonly others?: Literal | undefined;
}

/**
 * scan: walks over the rows and grows sequences of them, step by step. A row that takes a step comes out with the
 * `declared` columns, and with the number of its sequence when `numbered`.
 *
 * Expressions read a wide row: the columns of the input, then for each step in order its last row – the columns of the
 * input and the declared ones – as the sequence at hand has it.
 */
export interface Sequences extends Unary<"Sequences"> {
  /** Rows of different keys never meet. */
  readonly partition: readonly Expr[];
  /** What declared columns hold until a step says otherwise. */
  readonly declared: readonly Literal[];
  readonly steps: readonly SequenceStep[];
  readonly numbered: boolean;
}
export interface SequenceStep {
  readonly condition: Expr;
  /** One per declared column; undefined leaves it at its default. */
  readonly assignments: readonly (Expr | undefined)[];
  readonly output: "all" | "last" | "none";
}

/**
 * What the operators over a graph make of it. Each row of the input is an edge; each row of `tables` says something of a
 * node. A node is known by its id, and exists when an edge or a table names it.
 *
 * Expressions over a node read its columns, then its id, the number of edges that end at it, and of those that begin at
 * it; expressions over an edge read the columns of the input, then the ids of the nodes at which it begins and ends.
 */
export interface Graph extends Unary<"Graph"> {
  readonly tables: readonly GraphTable[];
  /** The columns of the input that hold the ids of the nodes at which an edge begins and ends. */
  readonly source: number;
  readonly target: number;
  readonly nodes: readonly GraphColumn[];
  /** Each value of this column of the input makes a graph of its own; the tables name it as `partition`, too. */
  readonly partition?: number | undefined;
  /** Numbers of connected components, each a column behind those of the nodes. */
  readonly components: readonly ("weak" | "strong")[];
  readonly result: GraphResult;
  /** The columns of the input, then of each table, that something of this looks at. */
  readonly reads: readonly ReadonlySet<number>[];
}
export interface GraphTable {
  readonly plan: Plan;
  readonly key: number;
  readonly partition?: number | undefined;
}
/** A column of the nodes: the first of these that has a value. The id is meant for nodes that no table knows. */
export interface GraphColumn {
  readonly name: string;
  readonly type: ScalarType;
  readonly from: readonly { readonly table: number; readonly column: number }[];
  readonly id: "always" | "without table" | "never";
}
export type GraphResult =
  | { readonly kind: "nodes" | "edges"; readonly outputs: readonly Expr[] }
  | ({ readonly kind: "matches" } & GraphMatches);

/** Places in the graph where a pattern of nodes and edges fits. The expressions read the `values` of such a place. */
export interface GraphMatches {
  /** By its place in the pattern, each edge with the nodes at its sides. */
  readonly edges: readonly GraphEdge[];
  readonly nodeCount: number;
  /** all: edges and nodes may repeat. unique_edges: nodes may. none: neither may. */
  readonly cycles: "all" | "none" | "unique_edges";
  /** Of the places that agree in all nodes of the pattern only those with the fewest edges: all of them, or any one. */
  readonly shortest?: "all" | "any" | undefined;
  readonly values: readonly GraphValue[];
  readonly predicate?: Expr | undefined;
  readonly outputs: readonly Expr[];
}
export interface GraphEdge {
  readonly left: number;
  readonly right: number;
  readonly direction: "forward" | "backward" | "any";
  /** A path of so many edges. */
  readonly range?: { readonly low: number; readonly high: number } | undefined;
}
export interface GraphValue {
  /** inner: the nodes inside the path that the edge stands for. */
  readonly of: "node" | "edge" | "inner";
  /** Which node or edge of the pattern. */
  readonly element: number;
  /** Over the node or edge. */
  readonly expr: Expr;
  /** What becomes of the values along a path: an array of them, or whether all, or any, of them are true. */
  readonly fold: "one" | "map" | "all" | "any";
}

/** A subplan with several consumers: runs once. The same object stands at each place. */
export interface Shared extends Unary<"Shared"> {
  /** Its identity, the same each time the query is bound. */
  readonly id: number;
  /** Its rows are drawn by lot: whoever asks, of whatever part of the query, must see the same ones. */
  readonly drawn: boolean;
  /** A name that Kusto replaces by its query, as those of `let` are: what is asked of it may be asked inside. */
  readonly inlined: boolean;
  readonly name: string;
}

/** What the runtime does not run, though its columns are known: to run it is the error `problem`. */
export interface Refused extends Node<"Refused"> {
  readonly problem: Diagnostic;
}

export type Expr = ColumnRef | Literal | Call;

export interface ColumnRef {
  readonly kind: "Column";
  /** Position in the input's schema. */
  readonly index: number;
  readonly name: string;
  readonly type: ScalarType;
  readonly span: Span;
}

export interface Literal {
  readonly kind: "Literal";
  readonly value: Cell;
  readonly type: ScalarType;
  readonly span: Span;
}

export interface Call {
  readonly kind: "Call";
  readonly fn: ScalarFunction;
  readonly overload: Overload;
  readonly args: readonly Expr[];
  readonly type: ScalarType;
  readonly span: Span;
}
