import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { middle } from "../answer.ts";
import { tables } from "../generate.ts";
import { library } from "../peers/kqlite.ts";
import type { Section } from "../report.ts";
import { runNode, type Setting } from "../setting.ts";

const rows = 100;
const query = `DeviceNetworkEvents
| where InitiatingProcessFileName in~ ("chrome.exe", "powershell.exe") and RemotePort == 443
| extend Host = tostring(parse_url(RemoteUrl).Host)
| summarize Connections = count(), Addresses = make_set(RemoteIP, 10) by DeviceName, Host
| top 10 by Connections`;

/** What a detection over a small fixture costs, in the four ways in which one is run. */
export async function smallSuite(setting: Setting): Promise<Section> {
  const folder = await tables(setting.data, rows);
  const [bare, command, call, pipe, suite] = [
    startUp(["-e", "0"], setting.runs),
    startUp(
      [
        join(setting.root, "dist/cli/main.js"),
        "run",
        "-e",
        query,
        "-t",
        `DeviceNetworkEvents=${join(folder, "DeviceNetworkEvents.csv")}`,
        "-f",
        "csv",
      ],
      setting.runs,
    ),
    await callTime(setting.root, folder),
    await pipeTime(setting.root, folder),
    await suiteTime(setting.root, folder),
  ];
  return {
    suite: "small",
    note: `A query over ${rows} rows, ms.`,
    header: ["what", "ms", "goal"],
    rows: [
      ["library call, warm", call.toFixed(2), "1"],
      ["`kqlite pipe`, round trip", pipe.toFixed(2), ""],
      ["`node -e 0`, start to exit", bare.toFixed(0), ""],
      ["`kqlite run`, start to exit", command.toFixed(0), `${(bare + 60).toFixed(0)}`],
      ["1,000 different detections, one process", suite.toFixed(0), "3000"],
    ],
  };
}

function startUp(args: readonly string[], runs: number): number {
  const times = Array.from({ length: 2 * runs + 1 }, () => runNode(args).seconds * 1000);
  return middle(times, (time) => time);
}

async function databaseOver(root: string, folder: string) {
  const { createDatabase, keepTable, openTableFile, tableFile } = await library(root);
  const table = await keepTable(await openTableFile(await tableFile(join(folder, "DeviceNetworkEvents.csv"))));
  return createDatabase({ tables: new Map([["DeviceNetworkEvents", table]]) });
}

async function callTime(root: string, folder: string): Promise<number> {
  const database = await databaseOver(root, folder);
  const times: number[] = [];
  for (let run = 0; run < 500; run++) {
    const start = performance.now();
    // A text of its own: the parser remembers the last ones.
    await database.query(`${query} // ${run}`);
    times.push(performance.now() - start);
  }
  return middle(times.slice(250), (time) => time);
}

/** Each with a text of its own, as the rules of a repository have. */
async function suiteTime(root: string, folder: string): Promise<number> {
  const database = await databaseOver(root, folder);
  const start = performance.now();
  for (let rule = 0; rule < 1000; rule++) await database.query(query.replace("443", String(443 + (rule % 700))));
  return performance.now() - start;
}

async function pipeTime(root: string, folder: string): Promise<number> {
  const child = spawn(process.execPath, [join(root, "dist/cli/main.js"), "pipe"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const path = join(folder, "DeviceNetworkEvents.csv");
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const times: number[] = [];
  for (let run = 0; run < 200; run++) {
    const start = performance.now();
    child.stdin.write(
      `${JSON.stringify({ id: run, query: `${query} // ${run}`, tables: { DeviceNetworkEvents: { path } } })}\n`,
    );
    const { value } = await answers.next();
    if (!String(value).includes('"Connections"')) throw new Error(String(value));
    times.push(performance.now() - start);
  }
  child.stdin.end();
  return middle(times.slice(100), (time) => time);
}
