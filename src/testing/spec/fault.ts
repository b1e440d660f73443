import type { Diagnostic } from "../../diagnostics/diagnostic.ts";

/** What a spec says cannot be done; `diagnostic` is about the spec's file. */
export class SpecFault extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(`${diagnostic.code}: ${diagnostic.message}`);
    this.diagnostic = diagnostic;
  }
}

/** Everything that is wrong with something. */
export type Faults = readonly [Diagnostic, ...Diagnostic[]];

/** Each once, in the order of the file; undefined when there are none. */
export function faultsIn(diagnostics: readonly Diagnostic[]): Faults | undefined {
  const distinct = new Map(diagnostics.map((each) => [JSON.stringify(each), each]));
  const [first, ...others] = [...distinct.values()].sort((a, b) => a.labels[0].span.start - b.labels[0].span.start);
  return first && [first, ...others];
}
