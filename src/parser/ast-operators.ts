import type { ScalarType } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type {
  Call,
  ColumnDeclaration,
  Expr,
  Literal,
  Missing,
  Name,
  Node,
  Option,
  OrderedExpr,
  Star,
  Steps,
  Typeof,
} from "./ast.ts";

import type { GraphOperator } from "./ast-graphs.ts";

/* The operators of a pipeline. Some of them begin one, too. */

export type Operator =
  | Where
  | Project
  | ProjectAway
  | ProjectKeep
  | ProjectRename
  | ProjectReorder
  | Extend
  | Distinct
  | Take
  | Sort
  | Top
  | Count
  | Summarize
  | Join
  | Lookup
  | Union
  | MvExpand
  | MvApply
  | MakeSeries
  | Parse
  | ParseKv
  | Sample
  | SampleDistinct
  | TopHitters
  | Consume
  | Invoke
  | ProjectByNames
  | AssertSchema
  | Evaluate
  | As
  | Serialize
  | Getschema
  | Render
  | Search
  | Find
  | TopNested
  | Partition
  | Fork
  | Facet
  | Scan
  | Reduce
  | GraphOperator
  | ExecuteAndCache
  | Missing;

/** where, filter */
export interface Where extends Node<"Where"> {
  readonly predicate: Expr;
  readonly options: readonly Option[];
}
export interface Project extends Node<"Project"> {
  readonly columns: readonly Expr[];
}
/** Names and wildcards. */
export interface ProjectAway extends Node<"ProjectAway"> {
  readonly columns: readonly Expr[];
}
export interface ProjectKeep extends Node<"ProjectKeep"> {
  readonly columns: readonly Expr[];
}
/** Named expressions: new = old. */
export interface ProjectRename extends Node<"ProjectRename"> {
  readonly columns: readonly Expr[];
}
/** Names and wildcards with an optional order: asc, desc, granny-asc, granny-desc. */
export interface ProjectReorder extends Node<"ProjectReorder"> {
  readonly columns: readonly {
    readonly column: Expr;
    readonly order?: "asc" | "desc" | "granny-asc" | "granny-desc" | undefined;
  }[];
}
export interface Extend extends Node<"Extend"> {
  readonly columns: readonly Expr[];
}
export interface Distinct extends Node<"Distinct"> {
  readonly columns: readonly Expr[];
  readonly options: readonly Option[];
}
/** take, limit */
export interface Take extends Node<"Take"> {
  readonly count: Expr;
}
/** sort, order */
export interface Sort extends Node<"Sort"> {
  readonly by: readonly OrderedExpr[];
  readonly options: readonly Option[];
}
export interface Top extends Node<"Top"> {
  readonly count: Expr;
  /** One expression: unlike `sort`, it takes no further keys. */
  readonly by: OrderedExpr;
  readonly options: readonly Option[];
}
/** count; `as` names the column: count as n. */
export interface Count extends Node<"Count"> {
  readonly as?: Name | undefined;
}
export interface Summarize extends Node<"Summarize"> {
  readonly aggregates: readonly Expr[];
  readonly by: readonly Expr[];
  readonly options: readonly Option[];
}
export interface Join extends Node<"Join"> {
  readonly options: readonly Option[];
  readonly right: Expr;
  /** `on` conditions: a Name, or left == right. Absent when there is no `on`. */
  readonly on: readonly Expr[];
  /** `where` instead of `on`. */
  readonly where?: Expr | undefined;
}
export interface Lookup extends Node<"Lookup"> {
  readonly options: readonly Option[];
  readonly right: Expr;
  readonly on: readonly Expr[];
}
/** As an operator and as a source. Tables are names, wildcards, calls, or pipelines in parentheses. */
export interface Union extends Node<"Union"> {
  readonly options: readonly Option[];
  readonly tables: readonly Expr[];
}
export interface MvExpand extends Node<"MvExpand"> {
  /** `mvexpand`: the old spelling, which has a limit of its own. */
  readonly legacy: boolean;
  readonly options: readonly Option[];
  readonly columns: readonly { readonly column: Expr; readonly to?: Typeof | undefined }[];
  readonly limit?: Expr | undefined;
}
/** mv-apply with_itemindex=… [name =] array [to typeof(type)], … limit n on (operators) */
export interface MvApply extends Node<"MvApply"> {
  readonly options: readonly Option[];
  readonly columns: MvExpand["columns"];
  readonly limit?: Expr | undefined;
  /** id "…", which Microsoft's tools write. */
  readonly id?: Expr | undefined;
  readonly steps: Steps;
}
/** make-series aggregates on axis … by keys */
export interface MakeSeries extends Node<"MakeSeries"> {
  readonly options: readonly Option[];
  readonly aggregates: readonly SeriesColumn[];
  readonly axis: Expr;
  readonly range: SeriesRange;
  readonly by: readonly Expr[];
}
export interface SeriesColumn {
  readonly column: Expr;
  /** default = value */
  readonly fallback?: Expr | undefined;
}
/** from a to b step c; or in range(a, b, c), with the arguments as they stand there. */
export type SeriesRange =
  | {
      readonly form: "from";
      readonly from?: Expr | undefined;
      readonly to?: Expr | undefined;
      readonly step: Expr;
    }
  | { readonly form: "in"; readonly args: readonly Expr[]; readonly span: Span };
/** evaluate plugin(args) : (schema) */
export interface Evaluate extends Node<"Evaluate"> {
  readonly options: readonly Option[];
  readonly call: Call;
  readonly schema?: EvaluateSchema | undefined;
}
export interface EvaluateSchema {
  /** It begins with `*`: what the plugin gives anyway. */
  readonly open: boolean;
  readonly columns: readonly ColumnDeclaration[];
}
/** parse and parse-where, kind=… flags=… expression with pattern */
export interface Parse extends Node<"Parse"> {
  /** parse-where: rows that do not match are dropped. */
  readonly where: boolean;
  readonly options: readonly Option[];
  readonly expression: Expr;
  /** Stars, string literals (adjacent ones are one) and columns, as they stand there. */
  readonly pattern: readonly (Star | Literal | ParsedColumn)[];
}
/** name:type in a pattern; a name alone is a string. */
export interface ParsedColumn extends Node<"ParsedColumn"> {
  readonly name: Name;
  readonly type?: ScalarType | undefined;
}
/** parse-kv expression as (schema) with (options) */
export interface ParseKv extends Node<"ParseKv"> {
  readonly expression: Expr;
  readonly columns: readonly ColumnDeclaration[];
  readonly options: readonly Option[];
}
export interface Sample extends Node<"Sample"> {
  readonly count: Expr;
}
/** sample-distinct n of column */
export interface SampleDistinct extends Node<"SampleDistinct"> {
  readonly count: Expr;
  readonly of: Expr;
}
/** top-hitters n of column by weight */
export interface TopHitters extends Node<"TopHitters"> {
  readonly count: Expr;
  readonly of: Expr;
  readonly by?: Expr | undefined;
}
export interface Consume extends Node<"Consume"> {
  readonly options: readonly Option[];
}
/** invoke f(arguments) */
export interface Invoke extends Node<"Invoke"> {
  readonly call: Call;
}
/** Strings, or dynamic arrays of them. */
export interface ProjectByNames extends Node<"ProjectByNames"> {
  readonly names: readonly Expr[];
}
export interface AssertSchema extends Node<"AssertSchema"> {
  readonly columns: readonly ColumnDeclaration[];
}
export interface As extends Node<"As"> {
  readonly options: readonly Option[];
  readonly name: Name;
}
export interface Serialize extends Node<"Serialize"> {
  readonly columns: readonly Expr[];
}
/** getschema; kind=csl gives one text. */
export interface Getschema extends Node<"Getschema"> {
  readonly options: readonly Option[];
}
export interface Render extends Node<"Render"> {
  readonly chart: Name;
  readonly options: readonly Option[];
}

/** As an operator and as a source: search kind=… in (tables) predicate. */
export interface Search extends Node<"Search"> {
  readonly options: readonly Option[];
  /** Absent without `in`. Names, wildcards, paths and calls, or one of them with `| as name`. */
  readonly tables?: readonly Expr[] | undefined;
  /** A Star stands for true. */
  readonly predicate: Expr;
}
/** find withsource=… in (tables) where predicate project …: a source, though it reads as an operator. */
export interface Find extends Node<"Find"> {
  readonly options: readonly Option[];
  readonly tables?: readonly Expr[] | undefined;
  readonly predicate: Expr;
  /** Absent for project-smart. */
  readonly project?: readonly FindColumn[] | undefined;
  /** __projectAway columns, which Microsoft's tools write. */
  readonly away?: readonly FindColumn[] | undefined;
}
/** name, name:type, pack(*), or `*`, which has no name. */
export interface FindColumn {
  readonly name: Name;
  readonly type?: ScalarType | undefined;
  readonly pack: boolean;
}
/** top-nested n of expression with others = value by aggregate, … */
export interface TopNested extends Node<"TopNested"> {
  readonly levels: readonly TopLevel[];
}
export interface TopLevel extends Node<"TopLevel"> {
  /** Absent: every value. */
  readonly count?: Expr | undefined;
  readonly of: Expr;
  readonly others?: Expr | undefined;
  readonly by: OrderedExpr;
}
/** partition by column (operators), or { pipeline }; also __partitionby column (operators). */
export interface Partition extends Node<"Partition"> {
  readonly keyword: "partition" | "__partitionby";
  readonly options: readonly Option[];
  readonly by: Name;
  /** __partitionby column id literal (operators) */
  readonly id?: Expr | undefined;
  readonly body: Steps | Expr;
}
/** fork name = (operators) (operators) … */
export interface Fork extends Node<"Fork"> {
  readonly legs: readonly { readonly name?: Name | undefined; readonly steps: Steps }[];
}
/** facet by column, … with (operators) */
export interface Facet extends Node<"Facet"> {
  readonly by: readonly Name[];
  readonly steps?: Steps | undefined;
}
/** scan order by … partition by … declare (…) with (step name: condition => column = value, …; …) */
export interface Scan extends Node<"Scan"> {
  readonly options: readonly Option[];
  readonly order: readonly OrderedExpr[];
  readonly partition: readonly Expr[];
  readonly declared: readonly ScanColumn[];
  readonly steps: readonly ScanStep[];
}
export interface ScanColumn extends Node<"ScanColumn"> {
  readonly name: Name;
  readonly type: ScalarType;
  readonly default?: Expr | undefined;
}
export interface ScanStep extends Node<"ScanStep"> {
  readonly name: Name;
  readonly optional: boolean;
  readonly output?: Name | undefined;
  readonly condition: Expr;
  readonly assignments: readonly { readonly column: Name; readonly value: Expr }[];
}

/** reduce kind=… by expression with threshold = 0.1, characters = "…" */
export interface Reduce extends Node<"Reduce"> {
  readonly options: readonly Option[];
  readonly by: Expr;
  readonly settings: readonly Option[];
}

/** __executeAndCache, which Microsoft's tools write. */
export interface ExecuteAndCache extends Node<"ExecuteAndCache"> {}
