import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Engine } from "../answer.ts";
import { networksUrl } from "../queries.ts";

/** Our own library as it is published: `npm run bench` has built it. */
export async function library(root: string) {
  const load = (name: string): Promise<unknown> => import(pathToFileURL(join(root, "dist", name)).href);
  const core = (await load("index.js")) as typeof import("../../src/index.ts");
  const node = (await load("node.js")) as typeof import("../../src/node.ts");
  return { ...core, ...node };
}

/** The tables of a folder in memory, and the networks behind the address of the page. */
export async function openKqlite(root: string, folder: string, networks: string): Promise<Engine> {
  const { createDatabase, externalTable, fileInput, keepTable, nodeInflaters, openTableFile, tableFile } =
    await library(root);
  const tables = new Map(
    await Promise.all(
      ["DeviceNetworkEvents", "Devices", "Known", "Bags"].map(async (name) => {
        const source = await openTableFile(await tableFile(join(folder, `${name}.csv`)));
        return [name, await keepTable(source)] as const;
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
