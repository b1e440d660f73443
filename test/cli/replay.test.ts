import { beforeAll, describe, expect, test } from "vitest";
import { freshCli } from "../../scripts/build.mjs";
import { folderWith, kqlite } from "../support/cli.ts";

beforeAll(freshCli, 120_000);

const rule = `name: Denied doors
severity: Medium
query: |
  Doors
  | where Result == "denied"
  | summarize Times = count() by Badge
  | where Times >= 2
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
`;

// Row 2 arrives 25 minutes late: behind the run that it would have been in.
const doors = `TimeGenerated,Arrived,Badge,Result
2024-03-01T08:20:00Z,2024-03-01T08:21:00Z,b7,denied
2024-03-01T08:50:00Z,2024-03-01T09:15:00Z,b7,denied
2024-03-01T08:55:00Z,2024-03-01T08:56:00Z,b7,opened
2024-03-01T09:10:00Z,2024-03-01T09:10:00Z,b8,denied
2024-03-01T09:20:00Z,2024-03-01T09:20:00Z,b8,denied
`;

const times = ["--from", "2024-03-01T08:00:00Z", "--to", "2024-03-01T11:00:00Z"];

interface Row {
  readonly table: string;
  readonly row: number;
  readonly runs: readonly string[];
}
interface Told {
  readonly runs: readonly {
    readonly at: string;
    readonly status: string;
    readonly rows: number;
    readonly late: number;
    readonly complete: { readonly status: string };
  }[];
  readonly missed: readonly Row[];
  readonly pending: readonly Row[];
  readonly twice: readonly Row[];
  readonly notFollowed: readonly { readonly line: number; readonly operator: string }[];
}

async function replayed(change: (rule: string) => string, ...args: readonly string[]) {
  const cwd = await folderWith({ "rule.yaml": change(rule), "data/Doors.csv": doors });
  const { code, stdout, stderr } = await kqlite(["replay", "rule.yaml", "-d", "data", "-f", "json", ...args], { cwd });
  if (stdout === "") throw new Error(stderr);
  const told = JSON.parse(stdout) as Told;
  return { code, told, stderr, statuses: told.runs.map(({ status }) => status) };
}

const same = (text: string) => text;
const looksBack = (period: string) => (text: string) => text.replace("queryPeriod: 1h", `queryPeriod: ${period}`);
const late = ["--ingestion-time", "Arrived"];
const numbers = (rows: readonly Row[]) => rows.map(({ row }) => row);

describe("kqlite replay", () => {
  test("says for each run whether it fires, and which rows fall between the runs", async () => {
    const cwd = await folderWith({ "rule.yaml": rule, "data/Doors.csv": doors });
    const { code, stdout } = await kqlite(["replay", "rule.yaml", "-d", "data", ...times, ...late], { cwd });
    expect(code).toBe(1);
    expect(stdout).toBe(`Denied doors: every 1h over the last 1h, 5m behind the time
  2024-03-01T08:00:00Z  quiet       0 rows
  2024-03-01T09:00:00Z  quiet       0 rows; 1 row of its time had not arrived; with all rows: fired, 1 row
  2024-03-01T10:00:00Z  fired       1 row, 1 alert
  2024-03-01T11:00:00Z  quiet       0 rows

missed: behind an alert had it arrived at once, and behind none now
  Doors row 1 of 2024-03-01T08:20:00Z, arrived 2024-03-01T08:21:00Z: would be in the alert of 2024-03-01T09:00:00Z
  Doors row 2 of 2024-03-01T08:50:00Z, arrived 2024-03-01T09:15:00Z: would be in the alert of 2024-03-01T09:00:00Z

4 runs, 1 fired, 0 suppressed; 2 rows missed, 0 alerted twice
`);
  });

  test("misses nothing when rows come in time, and ends with 0", async () => {
    const { code, told, statuses } = await replayed(same, ...times);
    expect(statuses).toEqual(["quiet", "fired", "fired", "quiet"]);
    expect([code, told.missed, told.twice]).toEqual([0, [], []]);
  });

  test("a run looks five minutes behind its time, unless it is told otherwise", async () => {
    const overdue = await replayed(same, ...times, "--delay", "16m");
    expect(numbers(overdue.told.missed)).toEqual([1, 2]);
    expect((await replayed(same, ...times, "--delay", "16m", "--run-delay", "16m")).told.missed).toEqual([]);
    // The row of 08:50 arrives at 09:05.
    expect((await replayed(same, ...times, "--delay", "15m")).told.missed).toEqual([]);
  });

  test("windows that overlap catch what is late, and alert twice what is not", async () => {
    const { code, told, statuses } = await replayed(looksBack("2h"), ...times, ...late);
    expect(statuses).toEqual(["quiet", "quiet", "fired", "fired"]);
    expect(numbers(told.missed)).toEqual([]);
    expect(told.twice).toMatchObject([
      { table: "Doors", row: 4, runs: ["2024-03-01T10:00:00Z", "2024-03-01T11:00:00Z"] },
      { row: 5 },
    ]);
    expect(code).toBe(1);
  });

  test("a rule rests after an alert as long as its suppression says", async () => {
    const suppressed = (text: string) =>
      `${looksBack("2h")(text)}suppressionEnabled: true\nsuppressionDuration: PT90M\n`;
    const { told, statuses } = await replayed(suppressed, ...times);
    expect(statuses).toEqual(["quiet", "fired", "suppressed", "fired"]);
    expect(told.twice).toEqual([]);
    const off = (text: string) => suppressed(text).replace("Enabled: true", "Enabled: false");
    expect((await replayed(off, ...times)).statuses).toEqual(["quiet", "fired", "fired", "fired"]);
  });

  test("what a run behind the last one will look at is not missed yet", async () => {
    const until = ["--from", "2024-03-01T08:00:00Z", "--to", "2024-03-01T09:30:00Z"];
    const { code, told } = await replayed(looksBack("2h"), ...until, ...late);
    expect([code, told.missed, numbers(told.pending)]).toEqual([0, [], [1, 2]]);
    expect(numbers((await replayed(same, ...until, ...late)).told.missed)).toEqual([1, 2]);
  });

  test("a rule that looks at the time of arrival is told it", async () => {
    const arrived = (text: string) =>
      looksBack("2h")(text).replace("| where Result", "| where ingestion_time() > ago(1h)\n  | where Result");
    const { told } = await replayed(arrived, ...times, "--delay", "30m");
    expect(told.twice).toEqual([]);
    expect(told.runs.map(({ rows }) => rows)).toEqual([0, 0, 1, 0]);
    // Of the two of b7, one run sees the first and the next run the second.
    expect(numbers(told.missed)).toEqual([1, 2]);
  });

  test("a run that fires only because rows are missing is a finding", async () => {
    const absent = (text: string) =>
      text.replace("triggerOperator: gt", "triggerOperator: lt").replace("Threshold: 0", "Threshold: 1");
    const until = ["--from", "2024-03-01T09:00:00Z", "--to", "2024-03-01T10:00:00Z"];
    const { code, told } = await replayed(absent, ...until, ...late);
    expect(told.runs).toMatchObject([
      { status: "fired", complete: { status: "quiet" }, late: 1 },
      { status: "quiet", complete: { status: "quiet" } },
    ]);
    expect(code).toBe(1);
  });

  test("where rows cannot be followed it is said", async () => {
    const plugin = (text: string) =>
      looksBack("3h")(text).replace(/\| summarize[\s\S]*>= 2/, "| project Badge | evaluate pivot(Badge)");
    const { told } = await replayed(plugin, ...times, ...late);
    expect(told.notFollowed).toEqual([{ line: 6, operator: "evaluate pivot(Badge)" }]);
  });

  test("time that no run looks at is said", async () => {
    const { stderr } = await replayed(looksBack("30m"), ...times);
    expect(stderr).toContain("of every 1h only the last 30m is looked at");
  });

  test.each([
    ["a datetime", ["--from", "soon", "--to", "2024-03-01"], 2, "`--from` expects a datetime, found `soon`"],
    ["in order", ["--from", "2024-03-02", "--to", "2024-03-01"], 2, "`--to` is before `--from`"],
    ["not too many", ["--from", "2000-03-02", "--to", "2024-03-01"], 2, "times, more than 10000"],
    ["a delay", [...times, "--delay", "late"], 2, "`--delay` expects a timespan"],
    ["one database", [...times, "--database", "Other=data"], 2, "knows when the rows of one database arrive"],
    ["a format", [...times, "-f", "csv"], 2, "`csv` is not a format of replays"],
    ["no table", [...times, "-t", "Other=data/Doors.csv"], 3, "error[KS"],
  ])("%s", async (_, args, code, message) => {
    const cwd = await folderWith({ "rule.yaml": rule, "data/Doors.csv": doors });
    const ended = await kqlite(["replay", "rule.yaml", ...args], { cwd });
    expect([ended.code, ended.stdout]).toEqual([code, ""]);
    expect(ended.stderr).toContain(message);
  });

  test.each([
    ["no schedule", rule.replace(/queryFrequency.*\n/, ""), "`queryFrequency` is not a timespan above zero: nothing"],
    ["no rule", "query: Doors", "is not a rule of Microsoft Sentinel or Defender"],
    ["NRT", `${rule}kind: NRT\n`, "a rule of `kind: NRT` has no schedule"],
    ["suppression", `${rule}suppressionEnabled: maybe\n`, "`suppressionEnabled` is neither true nor false: `maybe`"],
  ])("a rule with %s is refused", async (_, text, message) => {
    const cwd = await folderWith({ "rule.yaml": text, "data/Doors.csv": doors });
    const ended = await kqlite(["replay", "rule.yaml", "-d", "data", ...times], { cwd });
    expect([2, 3]).toContain(ended.code);
    expect(ended.stderr).toContain(message);
  });
});

test("a custom detection of Defender runs as often as it says, without delay", async () => {
  const cwd = await folderWith({
    "rule.yaml": `displayName: Odd tool
queryCondition: {queryText: "DeviceEvents | project Timestamp, ReportId, DeviceId"}
schedule: {period: 3H}
`,
    "DeviceEvents.csv": "Timestamp,ReportId,DeviceId\n2024-03-01T01:00:00Z,1,d1\n",
  });
  const from = ["--from", "2024-03-01T00:00:00Z", "--to", "2024-03-01T15:00:00Z"];
  const { stdout } = await kqlite(["replay", "rule.yaml", "-d", ".", ...from], { cwd });
  expect(stdout).toContain("Odd tool: every 3h over the last 12h, 0s behind the time");
  expect(stdout).toContain("6 runs, 4 fired, 0 suppressed");
  const continuous = await folderWith({ "rule.yaml": 'queryCondition: {queryText: "T"}\nschedule: {period: "0"}\n' });
  const refused = await kqlite(["replay", "rule.yaml", "-d", ".", ...from], { cwd: continuous });
  expect({ code: refused.code, said: refused.stderr.includes("it runs continuously") }).toEqual({
    code: 3,
    said: true,
  });
});
