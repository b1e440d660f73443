import type { Diagnostic } from "../../diagnostics/diagnostic.ts";

/** What a spec says cannot be done; `diagnostic` is about the spec's file. */
export class SpecFault extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(`${diagnostic.code}: ${diagnostic.message}`);
    this.diagnostic = diagnostic;
  }
}
