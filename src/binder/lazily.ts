import { library, NeedsLibrary } from "../functions/library.ts";

const chunk = library(async () => (await import("./seldom.ts")).binders);

/** What few queries have. Throws `NeedsLibrary` when it is not loaded yet: the query is bound again then. */
export function seldom(): ReturnType<typeof chunk.get> {
  if (!chunk.isLoaded()) throw new NeedsLibrary(chunk);
  return chunk.get();
}
