import type { Span } from "../diagnostics/diagnostic.ts";

/** A copy of part of a tree, with other spans. */
export function withSpans<T>(tree: T, change: (span: Span) => Span): T {
  // A tree is plain objects and arrays all the way down; values of other kinds hold no spans.
  return changed(tree, change) as T;
}

function changed(value: unknown, change: (span: Span) => Span): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => changed(item, change));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if (isSpan(value)) return change(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changed(item, change)]));
}

function isSpan(value: object): value is Span {
  return "start" in value && typeof value.start === "number" && "end" in value && typeof value.end === "number";
}
