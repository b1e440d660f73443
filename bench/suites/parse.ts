import { join } from "node:path";
import { officialVerdict } from "../../test/differential/official.ts";
import { middle } from "../answer.ts";
import { tables } from "../generate.ts";
import { library } from "../peers/kqlite.ts";
import { kqlGeneric, kqlSeed } from "../queries.ts";
import { ratio, type Section } from "../report.ts";
import { runNode, type Setting } from "../setting.ts";

/** Reading and checking a query, beside Microsoft's own checker. */
export async function parseSuite(setting: Setting): Promise<Section> {
  const { root, runs } = setting;
  const folder = await tables(setting.data, 100);
  const { createDatabase, openTableFile, tableFile } = await library(root);
  const names = ["DeviceNetworkEvents", "Devices", "Known", "Bags"];
  const opened = await Promise.all(
    names.map(async (name) => [name, await openTableFile(await tableFile(join(folder, `${name}.csv`)))] as const),
  );
  const external = ({ columns }: { columns: (typeof opened)[number][1]["schema"] }) => ({
    schema: columns,
    scan: async function* () {},
  });
  const database = createDatabase({ tables: new Map(opened), external });
  // Checks alone: neither makes a plan of a subquery's rows.
  const queries = [kqlSeed(root), ...Object.values(kqlGeneric)];
  const ours = await medianEach(queries, 40 * runs, (text) => database.prepare(text));
  const theirs = await medianEach(queries, 10 * runs, (text) => Promise.resolve(officialVerdict(text)));
  const bare = start(["-e", "0"], runs);
  const library_ = start(["-e", `import(${JSON.stringify(join(root, "dist/index.js"))})`], runs) - bare;
  const official =
    start(
      [
        "-e",
        "globalThis.window = globalThis; require('@kusto/language-service-next/bridge.js'); require('@kusto/language-service-next/Kusto.Language.Bridge.js')",
      ],
      runs,
    ) - bare;
  return {
    suite: "parse",
    note: "Parse and bind, median over the queries of the suites above; and what loading the library adds to a bare process. ms.",
    header: ["what", "kqlite", "@kusto/language-service-next", "ratio"],
    rows: [
      ["parse and bind", ours.toFixed(2), theirs.toFixed(2), ratio(ours, theirs)],
      ["cold load", library_.toFixed(0), official.toFixed(0), ratio(library_, official)],
    ],
  };
}

async function medianEach(queries: readonly string[], runs: number, check: (text: string) => Promise<unknown>) {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    for (const query of queries) {
      const start = performance.now();
      await check(query);
      if (run >= runs / 2) times.push(performance.now() - start);
    }
  }
  return middle(times, (time) => time);
}

function start(args: readonly string[], runs: number): number {
  const times = Array.from({ length: runs }, () => runNode(args).seconds * 1000);
  return middle(times, (time) => time);
}
