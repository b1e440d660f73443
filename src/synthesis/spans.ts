import type { Span } from "../diagnostics/diagnostic.ts";

/** What stands at one place of the query has one key, however often the query is bound. */
export function atomKey({ start, end }: Span): string {
  return `${start}-${end}`;
}
