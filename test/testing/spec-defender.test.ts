import { describe, expect, test } from "vitest";
import { failuresOf, runSpec } from "../support/specs.ts";

const template = `
  alertTemplate:
    title: "{{FileName}} was started"
    description: Nobody should
    severity: high
    category: Execution
    mitreTechniques: [T1059]
    customDetails: {File: FileName}
    impactedAssets:
      - {"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}
      - {"@odata.type": "#microsoft.graph.security.impactedUserAsset", identifier: accountUpn}`;

const detection = `displayName: Odd tool
queryCondition:
  queryText: |
    DeviceProcessEvents
    | where FileName == "odd.exe"
    | project Timestamp, ReportId, DeviceId, AccountUpn, FileName
schedule: {period: 3H}
detectionAction:${template}
`;

/** Rows of so many hours before noon. */
const rowsOf = (...hours: readonly number[]) => {
  const times = hours.map((hour) => new Date(Date.UTC(2024, 2, 1, 12) - hour * 3_600_000).toISOString());
  return times.map(
    (time, i) => `{Timestamp: "${time}", ReportId: ${i}, DeviceId: d${i}, AccountUpn: a@b.c, FileName: odd.exe}`,
  );
};

async function verdict(
  expectation: string,
  change: (text: string) => string = (text) => text,
  rows: readonly string[] = rowsOf(1, 11, 13),
) {
  const text = `query: rule.yaml
mode: rule
schema: defender-xdr
now: 2024-03-01T12:00:00Z
tables:
  DeviceProcessEvents: [${rows.join(", ")}]
tests:
  - {name: t, expect: {${expectation}}}
`;
  return failuresOf(await runSpec({ "rule.yaml": change(detection), "s.test.yaml": text }));
}

const scheduled = (schedule: string) => (text: string) => text.replace("{period: 3H}", schedule);

describe("a custom detection of Defender", () => {
  test.each([
    ["{period: 24H}", [719, 721], 1],
    ["{period: 12H}", [47, 49], 1],
    ["{period: 3H}", [11, 13], 1],
    ["{period: 1H}", [3, 5], 1],
    ["{frequency: PT1H}", [3, 5], 1],
    ["{frequency: P1D}", [719, 721], 1],
    ["{frequency: PT1H, lookback: P2D}", [47, 49], 1],
    ['{period: "0"}', [1, 2000], 2],
    ["{period: 0}", [1, 2000], 2],
  ])("with the schedule %s looks back as far as Microsoft says", async (schedule, hours, count) => {
    expect(await verdict(`count: ${count}`, scheduled(schedule), rowsOf(...hours))).toEqual([]);
  });

  test("raises an alert for each row, with its texts, assets and details", async () => {
    const alert =
      "{title: odd.exe was started, severity: High, tactics: [Execution], details: {File: odd.exe}, rows: 1}";
    const entities = "{Device: [d0, d1], User: [{AccountUpn: a@b.c}]}";
    expect(await verdict(`alert: 2, severity: High, entities: ${entities}, alerts: [${alert}, {rows: 1}]`)).toEqual([]);
  });

  test("raises one alert for all rows when it says so, and at most 150", async () => {
    const single = (text: string) =>
      text.replace("    severity: high", "    severity: high\n    eventGroupingKind: singleAlert");
    expect(await verdict("alert: 1, alerts: [{rows: 2}]", single)).toEqual([]);
    const many = rowsOf(...Array.from({ length: 200 }, (_, i) => i / 100));
    expect(await verdict("count: 200, alert: 150", undefined, many)).toEqual([]);
  });

  test("has entities by the newer mappings, too", async () => {
    const mapped = (text: string) =>
      text.replace(
        /impactedAssets:[\s\S]*$/,
        "entityMappings: {hosts: [{deviceIdColumn: DeviceId}], accounts: [{upnColumn: AccountUpn}]}\n",
      );
    expect(await verdict("entities: {Host: [d0, d1], Account: [{Upn: a@b.c}]}", mapped)).toEqual([]);
  });

  test.each([
    ["no ReportId", (text: string) => text.replace("ReportId, ", ""), "no column of `ReportId`, `AlertId`"],
    ["no Timestamp", (text: string) => text.replace("project Timestamp, ", "project "), "no column of `Timestamp`"],
    [
      "no entity",
      (text: string) => text.replace("DeviceId, AccountUpn, ", "").replace(/ {4}impactedAssets:[\s\S]*$/, ""),
      "no column of `DeviceId`",
    ],
    [
      "an asset that is not there",
      (text: string) => text.replace("identifier: deviceId", "identifier: accountSid"),
      "`AccountSid`",
    ],
    ["another schedule", scheduled("{period: soon}"), "`period` is not a timespan above zero: `soon`"],
    ["no schedule", scheduled("{}"), "says neither `frequency` nor `period`"],
    ["a short look back", scheduled("{frequency: PT4H, lookback: PT1H}"), "`lookback` is not a timespan of at least"],
    [
      "another grouping",
      (text: string) => text.replace("severity: high", "severity: high\n    eventGroupingKind: both"),
      "`both`",
    ],
    [
      "assets of no kind",
      (text: string) => text.replace("impactedUserAsset", "impactedThing"),
      "`impactedAssets` is not of the form",
    ],
  ])("cannot be run with %s", async (_, change, message) => {
    const [failure] = await verdict("alert: true", change);
    expect(failure).toContain("error[KQ717]");
    expect(failure).toContain(message);
  });
});
