import type { ExternalRequest } from "../binder/catalog.ts";
import type { Batch, TableSource } from "../data/batch.ts";

/** The same table, read once, when it is first scanned. Columns are still made at the first look. */
export function inMemory(source: TableSource): TableSource {
  let read: Promise<readonly Batch[]> | undefined;
  return {
    schema: source.schema,
    scan: async function* () {
      read ??= allBatches(source);
      yield* await read;
    },
  };
}

/** Answers an equal request with the same source, in memory: for queries that run many times over the same data. */
export function externalInMemory(
  external: (request: ExternalRequest) => TableSource,
): (request: ExternalRequest) => TableSource {
  const known = new Map<string, TableSource>();
  return (request) => {
    const { uris, columns, options, describe } = request;
    const settings = [...options].map(([name, value]) => [name, String(value)]);
    const key = JSON.stringify([uris, columns.map(({ name, type }) => [name, type]), settings, describe]);
    const source = known.get(key) ?? inMemory(external(request));
    known.set(key, source);
    return source;
  };
}

async function allBatches(source: TableSource): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of source.scan({ columns: new Set(source.schema.keys()) })) batches.push(batch);
  return batches;
}
