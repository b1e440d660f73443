import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Column, TableSource } from "../../src/index.ts";
import type { Engine } from "../answer.ts";
import { networksUrl } from "../queries.ts";

/** Our own library as it is published: `npm run bench` has built it. */
export async function library(root: string) {
  const load = (name: string): Promise<unknown> => import(pathToFileURL(join(root, "dist", name)).href);
  const core = (await load("index.js")) as typeof import("../../src/index.ts");
  const node = (await load("node.js")) as typeof import("../../src/node.ts");
  return { ...core, ...node };
}

/** Each scan has dictionaries of its own: nothing that was derived from their texts is found again. */
function eachTimeNew(source: TableSource): TableSource {
  return {
    schema: source.schema,
    async *scan(wanted) {
      for await (const batch of source.scan(wanted)) {
        const column = (index: number): Column => {
          const found = batch.column(index);
          if (found.type !== "string" || found.constant) return found;
          const { codes, dictionary } = found.data;
          return { ...found, data: { codes, dictionary: { ...dictionary, length: dictionary.length } } };
        };
        yield { ...batch, column };
      }
    },
  };
}

/** The tables of a folder in memory, and the networks behind the address of the page. */
export async function openKqlite(
  root: string,
  folder: string,
  networks: string,
  given: { readonly eachTimeNew: boolean } = { eachTimeNew: false },
): Promise<Engine> {
  const { createDatabase, externalTable, fileInput, keepTable, nodeInflaters, openTableFile, tableFile } =
    await library(root);
  const tables = new Map(
    await Promise.all(
      ["DeviceNetworkEvents", "Devices", "Known", "Bags"].map(async (name) => {
        const source = await openTableFile(await tableFile(join(folder, `${name}.csv`)));
        const table = await keepTable(source);
        return [name, given.eachTimeNew ? eachTimeNew(table) : table] as const;
      }),
    ),
  );
  const kept = new Map<string, ReturnType<typeof keepTable>>();
  const database = createDatabase({
    tables,
    clock: () => 0n,
    external: (request) => {
      const source = externalTable(request, { resolve: () => fileInput(networks), inflaters: nodeInflaters });
      return {
        schema: source.schema,
        async *scan(wanted) {
          const found = kept.get(networksUrl) ?? keepTable(source);
          kept.set(networksUrl, found);
          yield* (await found).scan(wanted);
        },
      };
    },
  });
  return {
    async run(text) {
      const { results } = await database.query(text);
      const [rows, sum] = [0, 1].map((index) => results[0]?.rows.column(index).data as ArrayLike<bigint> | undefined);
      return { rows: Number(rows?.[0]), sum: Number(sum?.[0]) };
    },
  };
}
