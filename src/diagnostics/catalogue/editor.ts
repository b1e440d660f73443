import type { Diagnostic, Span } from "../diagnostic.ts";

/* What tools for editing have to say. */

/** The formatter checks itself. */
export function layoutChangesMeaning({ start, end }: Span): Diagnostic {
  return {
    code: "KQ503",
    severity: "error",
    message: "the layout would change what the query means: it stays as it is",
    labels: [{ span: { start, end }, text: "" }],
    help: "this is a defect of kqlite: please report it with the query",
    stage: "run",
  };
}
