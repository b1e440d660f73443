import type { Cell } from "../data/column.ts";
import type { ScalarType } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";

/*
 * What the user wrote, in KQL's words. Plain data: nothing is resolved, defaulted or typed, and every node has a span.
 * A tabular expression may stand wherever an expression may (let, toscalar(), in (...), function arguments): whether
 * a bare name or call is a table or a scalar is for the binder to say.
 */

interface Node<K extends string> {
  readonly kind: K;
  readonly span: Span;
}

// ---------------------------------------------------------------- statements

export interface Query extends Node<"Query"> {
  readonly statements: readonly Statement[];
}

export type Statement = Let | SetOption | DeclareParameters | ExpressionStatement | UnsupportedStatement;

/** let Name = value; a function has its parameters in `value`. */
export interface Let extends Node<"Let"> {
  readonly name: Name;
  readonly value: Expr | FunctionDeclaration;
}

/** (a:long, T:(x:string), b:int = 1) { statements; body } */
export interface FunctionDeclaration extends Node<"Function"> {
  readonly view: boolean;
  readonly parameters: readonly Parameter[];
  readonly statements: readonly Statement[];
  readonly body: Expr | Missing;
}

export interface Parameter extends Node<"Parameter"> {
  readonly name: Name;
  readonly type: ScalarParameterType | TabularParameterType;
  readonly default?: Expr | undefined;
}
export interface ScalarParameterType {
  readonly kind: "scalar";
  readonly type: ScalarType;
}
export interface TabularParameterType {
  readonly kind: "tabular";
  /** `any` for (*). */
  readonly columns: readonly ColumnDeclaration[] | "any";
}
export interface ColumnDeclaration extends Node<"ColumnDeclaration"> {
  readonly name: Name;
  readonly type: ScalarType;
}

/** set option = value */
export interface SetOption extends Node<"Set"> {
  readonly name: Name;
  readonly value?: Expr | undefined;
}

/** declare query_parameters(name:type = default, …) */
export interface DeclareParameters extends Node<"DeclareParameters"> {
  readonly parameters: readonly Parameter[];
}

export interface ExpressionStatement extends Node<"ExpressionStatement"> {
  readonly expression: Expr;
}

/** Valid KQL that this version does not read: alias, declare pattern, restrict. `name` is the construct's own. */
export interface UnsupportedStatement extends Node<"UnsupportedStatement"> {
  readonly name: string;
}

// --------------------------------------------------------------- expressions

export type Expr =
  | Literal
  | Name
  | Wildcard
  | Star
  | Path
  | Element
  | Unary
  | Binary
  | Between
  | In
  | Call
  | MemberCall
  | Named
  | Typeof
  | Pipeline
  | Source
  | Missing;

/** `value` null is a typed null such as long(null). `text` is the source. */
export interface Literal extends Node<"Literal"> {
  readonly type: ScalarType;
  readonly value: Cell;
  readonly text: string;
}

/** x, ['odd name'], $left, $right */
export interface Name extends Node<"Name"> {
  readonly name: string;
}

/** A name with * in it: Device*, T_* */
export interface Wildcard extends Node<"Wildcard"> {
  readonly pattern: string;
}

export interface Star extends Node<"Star"> {}

/** object.name; also $left.x, and database("d").T with a Call as object. */
export interface Path extends Node<"Path"> {
  readonly object: Expr;
  readonly name: Name | Wildcard;
}

/** object[index] */
export interface Element extends Node<"Element"> {
  readonly object: Expr;
  readonly index: Expr;
}

export interface Unary extends Node<"Unary"> {
  readonly operator: "-" | "+";
  readonly operand: Expr;
}

export type BinaryOperator =
  | "and"
  | "or"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "=~"
  | "!~"
  | StringOperator
  | `!${StringOperator}`
  | "matches regex"
  | ":";
type StringOperator =
  | "has"
  | "has_cs"
  | "hasprefix"
  | "hasprefix_cs"
  | "hassuffix"
  | "hassuffix_cs"
  | "contains"
  | "contains_cs"
  | "startswith"
  | "startswith_cs"
  | "endswith"
  | "endswith_cs"
  | "like"
  | "like_cs";

/**
 * Spelled canonically: `<>` is `!=`, `notcontains` is `!contains`, `containscs` is `contains_cs`.
 * `:` is that of `search`: `Column:"term"`. A Star to the left stands for every column: `* has "x"`.
 */
export interface Binary extends Node<"Binary"> {
  readonly operator: BinaryOperator;
  /** Where the operator itself stands. */
  readonly operatorSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
}

export interface Between extends Node<"Between"> {
  readonly negated: boolean;
  readonly operand: Expr;
  readonly low: Expr;
  readonly high: Expr;
}

export interface In extends Node<"In"> {
  readonly operator: "in" | "!in" | "in~" | "!in~" | "has_any" | "has_all";
  readonly operatorSpan: Span;
  readonly operand: Expr;
  /** What stands between the parentheses; one tabular expression or several scalar ones. */
  readonly list: readonly Expr[];
}

export interface Call extends Node<"Call"> {
  readonly name: Name;
  readonly args: readonly Expr[];
}

/** object.name(arguments): cluster("c").database("d") */
export interface MemberCall extends Node<"MemberCall"> {
  readonly object: Expr;
  readonly call: Call;
}

/** name = value, or (a, b) = value. */
export interface Named extends Node<"Named"> {
  readonly names: readonly Name[];
  readonly tuple: boolean;
  readonly value: Expr;
}

/** typeof(long), in `to typeof(...)` and plugin schemas. */
export interface Typeof extends Node<"Typeof"> {
  readonly type: ScalarType | undefined;
  readonly columns: readonly ColumnDeclaration[];
}

/** Stands where text could not be read, so that the rest of the tree can be. */
export interface Missing extends Node<"Missing"> {}

// ---------------------------------------------------------------- pipelines

/** source | operator | operator. A parenthesised tabular expression is a Pipeline too, possibly with no operators. */
export interface Pipeline extends Node<"Pipeline"> {
  readonly source: Expr;
  readonly operators: readonly Operator[];
}

/** Tabular expressions that begin with their own keyword. */
export type Source =
  | Print
  | RangeSource
  | Datatable
  | ExternalData
  | Union
  | Search
  | Find
  | Evaluate
  | UnsupportedSource;

export interface Print extends Node<"Print"> {
  readonly columns: readonly Expr[];
}

/** range name from a to b step c */
export interface RangeSource extends Node<"Range"> {
  readonly name: Name;
  readonly from: Expr;
  readonly to: Expr;
  readonly step: Expr;
}

export interface Datatable extends Node<"Datatable"> {
  readonly columns: readonly ColumnDeclaration[];
  /** Row by row. */
  readonly values: readonly Expr[];
  readonly options: readonly Option[];
}

export interface ExternalData extends Node<"ExternalData"> {
  readonly columns: readonly ColumnDeclaration[];
  readonly uris: readonly Expr[];
  readonly options: readonly Option[];
}

/** name = value: join kind=…, hint.…, with (format='csv'). A value may be a bare word: a Name. */
export interface Option extends Node<"Option"> {
  readonly name: Name;
  readonly value: Expr;
}

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
  | UnsupportedOperator
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
export interface OrderedExpr extends Node<"Ordered"> {
  readonly expression: Expr;
  readonly order?: "asc" | "desc" | undefined;
  readonly nulls?: "first" | "last" | undefined;
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
  /** `on` conditions: a Name, or left == right. Absent when there is no `on`; `where` instead of `on` is not KQL. */
  readonly on: readonly Expr[];
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
  readonly options: readonly Option[];
  readonly columns: readonly { readonly column: Expr; readonly to?: Typeof | undefined }[];
  readonly limit?: Expr | undefined;
}
/** mv-apply with_itemindex=… [name =] array [to typeof(type)], … limit n on (operators) */
export interface MvApply extends Node<"MvApply"> {
  readonly options: readonly Option[];
  readonly columns: MvExpand["columns"];
  readonly limit?: Expr | undefined;
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
export interface Getschema extends Node<"Getschema"> {}
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
}
/** name, name:type, or pack(*). */
export interface FindColumn {
  readonly name: Name;
  readonly type?: ScalarType | undefined;
  readonly pack: boolean;
}
/** Operators without a source: what a subquery does with the table that it is given. */
export interface Steps extends Node<"Steps"> {
  readonly operators: readonly Operator[];
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

/** Valid KQL that this version does not read: `name` is the operator's own, e.g. `make-graph`. */
export interface UnsupportedOperator extends Node<"UnsupportedOperator"> {
  readonly name: string;
}
export interface UnsupportedSource extends Node<"UnsupportedSource"> {
  readonly name: string;
}
