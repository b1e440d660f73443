import { library, NeedsLibrary } from "../functions/library.ts";

const chunk = library(async () => (await import("./seldom.ts")).binders);
let given: ReturnType<typeof chunk.get> | undefined;

/** What few queries have. Throws `NeedsLibrary` when it is not loaded yet: the query is bound again then. */
export function seldom(): ReturnType<typeof chunk.get> {
  if (given) return given;
  if (!chunk.isLoaded()) throw new NeedsLibrary(chunk);
  return chunk.get();
}

/** For who cannot wait: `binders` of seldom.ts. */
export function provideSeldom(binders: ReturnType<typeof chunk.get>): void {
  given = binders;
}
