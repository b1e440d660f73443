import { coverage as say } from "../../diagnostics/catalogue/insight.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { type Coverage, isCovered, isPipeCovered } from "./coverage.ts";

/** Something that the tests have not shown. */
export interface Finding {
  readonly span: Span;
  readonly message: string;
}

/** Every gap, in the order of the text: what a test should show that none does. */
export function findingsOf({ conditions, pipes }: Coverage): readonly Finding[] {
  const ofConditions = conditions
    .filter((one) => !isCovered(one))
    .map(({ span, ...one }) => {
      return { span, message: say.condition(one) };
    });
  const ofPipes = pipes
    .filter((one) => !isPipeCovered(one))
    .map(({ span, ...one }) => ({ span, message: say.pipe(one) }));
  return [...ofConditions, ...ofPipes].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}
