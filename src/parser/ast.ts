import type { Cell } from "../data/column.ts";
import type { ScalarType } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { Evaluate, Find, Operator, Search, Union } from "./ast-operators.ts";
import type { Statement } from "./ast-statements.ts";

/*
 * What the user wrote, in KQL's words. Plain data: nothing is resolved, defaulted or typed, and every node has a span.
 * A tabular expression may stand wherever an expression may (let, toscalar(), in (...), function arguments): whether
 * a bare name or call is a table or a scalar is for the binder to say.
 */

/** What every node has. */
export interface Node<K extends string> {
  readonly kind: K;
  readonly span: Span;
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
  | EntityGroup
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
  | MacroExpand
  | InlineExternalTable
  | Datascope
  | CombineView;

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

export interface ColumnDeclaration extends Node<"ColumnDeclaration"> {
  readonly name: Name;
  readonly type: ScalarType;
}
export interface OrderedExpr extends Node<"Ordered"> {
  readonly expression: Expr;
  readonly order?: "asc" | "desc" | undefined;
  readonly nulls?: "first" | "last" | undefined;
}
/** Operators without a source: what a subquery does with the table that it is given. */
export interface Steps extends Node<"Steps"> {
  readonly operators: readonly Operator[];
}
/** entity_group [cluster("a").database("b"), …] */
export interface EntityGroup extends Node<"EntityGroup"> {
  readonly entities: readonly Expr[];
}
/** macro-expand group as name (statements) */
export interface MacroExpand extends Node<"MacroExpand"> {
  readonly options: readonly Option[];
  readonly group: Expr;
  readonly as?: Name | undefined;
  readonly statements: readonly Statement[];
}
/** table datascope=all */
export interface Datascope extends Node<"Datascope"> {
  readonly table: Expr;
  readonly scope: Name;
}
/** inline_external_table (columns) kind=… partition by (…) pathformat=(…) dataformat=… (addresses) with (…) */
export interface InlineExternalTable extends Node<"InlineExternalTable"> {
  /** Or __contextual_datatable id (columns), which Microsoft's tools write. */
  readonly keyword: "inline_external_table" | "__contextual_datatable";
  /** Those of the files, then those of their paths. */
  readonly columns: readonly ColumnDeclaration[];
}
/** materialized-view-combine (name) base (T) delta (T) aggregations (summarize …), which Microsoft's tools write. */
export interface CombineView extends Node<"CombineView"> {
  readonly base: Expr;
  readonly delta: Expr;
  readonly aggregations: Steps;
}
