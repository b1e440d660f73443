import type { Diagnostic } from "../diagnostic.ts";

/* What can be wrong with the file around a query. */

/** An offset of 0 is the file as a whole. */
export function brokenDocument(offset: number, message: string, help: string | undefined): Diagnostic {
  const span = { start: offset, end: offset === 0 ? 0 : offset + 1 };
  return { code: "KQ110", severity: "error", message, labels: [{ span, text: "" }], help, stage: "query" };
}
