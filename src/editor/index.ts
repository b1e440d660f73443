export type { Field, ScalarType, Schema } from "../data/types.ts";
export type { Diagnostic, Label, Span } from "../diagnostics/diagnostic.ts";
export { type CompletionItem, type Completions, complete } from "./complete.ts";
export { diagnose } from "./diagnose.ts";
export { type Formatted, format } from "./format.ts";
export { type Hover, hover } from "./hover.ts";
export type { EditorSchema } from "./schema.ts";
export { type Token, type TokenKind, tokens } from "./tokens.ts";
