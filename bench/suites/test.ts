import { join } from "node:path";
import { createDatabase, keepTable, type QueryResult } from "../../src/index.ts";
import { queryWithCoverage } from "../../src/insight/coverage/query.ts";
import { openTableFile, tableFile } from "../../src/node.ts";
import { middle } from "../answer.ts";
import { tables } from "../generate.ts";
import { ratio, type Section } from "../report.ts";
import { runNode, type Setting } from "../setting.ts";

/** A detection with conditions of every kind that coverage looks into. */
const detection = `let known = dynamic(["chrome.exe", "svchost.exe", "outlook.exe"]);
DeviceNetworkEvents
| where ActionType == "ConnectionSuccess" and RemotePort in (80, 443) and isnotempty(RemoteUrl)
| where InitiatingProcessFileName !in~ (known) or RemoteUrl has_any ("login", "api")
| where not(ipv4_is_private(RemoteIP)) and InitiatingProcessCommandLine contains "build"
| extend Risk = case(LocalPort > 55000, "high", LocalPort > 50000, "some", "low")
| where Risk != "low"
| summarize Connections = count(), Addresses = dcount(RemoteIP) by DeviceName, Risk
| where Connections > 1`;

/** What the tests of detections cost: over the examples of this repository, and over a large table. */
export async function testSuite(setting: Setting): Promise<Section> {
  const time = (options: readonly string[]) => examplesTime(setting, options);
  const plain = time([]);
  const covered = time(["--coverage"]);
  const mutated = time(["--mutation"]);
  const mutants = mutantCount(setting);
  const rows = [
    ["the examples, start to exit", plain.toFixed(0), covered.toFixed(0), ratio(covered, plain), ""],
    [
      "the examples, their mutants",
      plain.toFixed(0),
      mutated.toFixed(0),
      "",
      ((1000 * mutants) / (mutated - plain)).toFixed(0),
    ],
  ];
  for (const count of setting.rows) {
    const [without, slower] = await coverageTimes(setting, count);
    rows.push([
      `a detection over ${count.toLocaleString("en")} rows in memory`,
      without.toFixed(1),
      slower.toFixed(1),
      ratio(slower, without),
      "",
    ]);
  }
  return {
    suite: "test",
    note: `\`kqlite test\` as it is, and with \`--coverage\` or \`--mutation\`, ms; goal: coverage 1.5 times as much. ${mutants} mutants, each run over the tests of its query.`,
    header: ["what", "plain", "measured", "ratio", "mutants a second"],
    rows,
  };
}

function examples({ root }: Setting, options: readonly string[]) {
  return runNode([join(root, "dist/cli/main.js"), "test", join(root, "examples"), ...options]);
}

function examplesTime(setting: Setting, options: readonly string[]): number {
  const times = Array.from({ length: setting.runs }, () => examples(setting, options).seconds * 1000);
  return middle(times, (time) => time);
}

function mutantCount(setting: Setting): number {
  const { output } = examples(setting, ["--mutation", "--reporter", "json"]);
  const { files } = JSON.parse(output) as { files: { mutation?: { killed: number; survived: number } }[] }; // see the reporter
  return files.reduce((sum, { mutation }) => sum + (mutation ? mutation.killed + mutation.survived : 0), 0);
}

async function coverageTimes(setting: Setting, rows: number): Promise<readonly [number, number]> {
  const folder = await tables(setting.data, rows);
  const table = await keepTable(await openTableFile(await tableFile(join(folder, "DeviceNetworkEvents.csv"))));
  const database = createDatabase({ tables: new Map([["DeviceNetworkEvents", table]]) });
  const plain: number[] = [];
  const covered: number[] = [];
  // By turns: what else the machine does then costs both as much.
  for (let run = 0; run <= setting.runs; run++) {
    const text = `${detection} // ${run}`;
    const counts = [
      await timed(plain, () => database.query(text)),
      await timed(covered, () => queryWithCoverage(database, text, { now: 0n })),
    ];
    if (counts[0] !== counts[1]) throw new Error("a query with coverage gives another answer");
  }
  return [plain, covered].map((times) => middle(times.slice(1), (time) => time)) as [number, number]; // one of each
}

/** Puts the time that a query takes into `times`; gives the number of its rows. */
async function timed(times: number[], query: () => Promise<QueryResult>): Promise<number> {
  const start = performance.now();
  const { results } = await query();
  times.push(performance.now() - start);
  return results[0]?.rows.length ?? -1;
}
