import type { ScalarType } from "../data/types.ts";
import type { ColumnDeclaration, Expr, Missing, Name, Node, Option } from "./ast.ts";

export interface Query extends Node<"Query"> {
  readonly statements: readonly Statement[];
}

export type Statement = Let | SetOption | DeclareParameters | Alias | DeclarePattern | Restrict | ExpressionStatement;

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

/** alias database Name = value */
export interface Alias extends Node<"Alias"> {
  readonly name: Name;
  readonly value: Expr;
}

/** declare pattern Name = (a:string)[path:string] { ("x").["y"] = { body }; … }; without a declaration it is known by name. */
export interface DeclarePattern extends Node<"DeclarePattern"> {
  readonly name: Name;
  readonly definition?: PatternDefinition | undefined;
}

export interface PatternDefinition {
  readonly parameters: readonly ColumnDeclaration[];
  readonly path?: ColumnDeclaration | undefined;
  readonly matches: readonly PatternMatch[];
}

/** ("x", …).["y"] = { statements; body }; */
export interface PatternMatch extends Node<"PatternMatch"> {
  readonly values: readonly Expr[];
  readonly path?: Expr | undefined;
  readonly statements: readonly Statement[];
}

/** restrict access to (entities) with (name = value, …) */
export interface Restrict extends Node<"Restrict"> {
  readonly entities: readonly Expr[];
  readonly options: readonly Option[];
}
