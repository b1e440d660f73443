import { describe, expect, test } from "vitest";
import { failuresOf, runSpec } from "../support/specs.ts";

const rule = `name: Rule
description: It fires
severity: Medium
query: |
  T | project TimeGenerated, User, Role, Level
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
entityMappings:
  - entityType: Account
    fieldMappings: [{identifier: FullName, columnName: User}]
customDetails: {Role: Role}
alertDetailsOverride:
  alertDisplayNameFormat: "{{User}} is {{ Role }}"
  alertSeverityColumnName: Level
`;

const rows = `
    - {TimeGenerated: 2024-03-01T09:00:00Z, User: a, Role: admin, Level: high}
    - {TimeGenerated: 2024-03-01T09:30:00Z, User: b, Role: admin, Level: nonsense}
    - {TimeGenerated: 2024-03-01T10:00:00Z, User: a, Role: reader, Level: Low}
    - {TimeGenerated: 2024-03-01T08:59:59Z, User: before, Role: x, Level: Low}
    - {TimeGenerated: 2024-03-01T10:00:01Z, User: after, Role: x, Level: Low}
`;

/** What one expectation says of the rule, with changes to it. */
async function verdict(expectation: string, change: (text: string) => string = (text) => text, tables = rows) {
  const text = `query: r.yaml\nmode: rule\nnow: 2024-03-01T10:00:00Z\ntables:\n  T: ${tables}tests:\n  - name: t\n    expect: {${expectation}}\n`;
  return failuresOf(await runSpec({ "r.yaml": change(rule), "s.test.yaml": text }));
}

const perRow = (text: string) => `${text}eventGroupingSettings: {aggregationKind: AlertPerResult}\n`;

describe("a rule", () => {
  test("looks at its window, both ends included", async () => {
    expect(await verdict("count: 3")).toEqual([]);
    expect(await verdict("count: 4", (text) => text.replace("1h", "PT1H1S"))).toEqual([]);
    expect(await verdict("count: 2", (text) => text.replace("1h", "30m"))).toEqual([]);
  });

  test("raises one alert for all rows; its texts come from the first", async () => {
    const alert =
      "{title: a is admin, severity: High, rows: 3, details: {Role: [admin, reader]}, entities: {Account: [a, b]}}";
    expect(
      await verdict(`alert: 1, severity: High, entities: {Account: [{FullName: a}, b]}, alerts: [${alert}]`),
    ).toEqual([]);
  });

  test("raises one for each row when it is told to; a severity that is none is that of the rule", async () => {
    const alerts =
      "[{title: b is admin, severity: Medium}, {title: a is reader, severity: Low}, {title: a is admin, details: {Role: admin}}]";
    expect(await verdict(`alert: 3, alerts: ${alerts}`, perRow)).toEqual([]);
  });

  test("raises at most 150, the last of which stands for the rest", async () => {
    const text = `query: r.yaml
mode: rule
now: 2024-03-01T10:00:00Z
generate: {T: [{repeat: 200, every: 1s, from: 2024-03-01T09:30:00Z, row: {User: "u\${i}", Role: r, Level: Low}}]}
tests:
  - {name: t, expect: {count: 200, alert: 150, entities: {}}}
`;
    expect(failuresOf(await runSpec({ "r.yaml": perRow(rule), "s.test.yaml": text }))).toEqual([]);
  });

  test.each([
    ["gt", 2, true],
    ["gt", 3, false],
    ["GreaterThan", 2, true],
    ["lt", 4, true],
    ["lt", 3, false],
    ["eq", 3, true],
    ["eq", 2, false],
    ["ne", 3, false],
    ["NotEqual", 2, true],
  ])("fires when the rows are %s %d: %s", async (operator, threshold, fires) => {
    const change = (text: string) =>
      text.replace("Operator: gt", `Operator: ${operator}`).replace("Threshold: 0", `Threshold: ${threshold}`);
    expect(await verdict(`alert: ${fires}`, change)).toEqual([]);
    expect(await verdict(`alert: ${!fires}`, change)).toHaveLength(1);
  });

  test("of the NRT kind has neither window nor threshold", async () => {
    const nrt = rule.replace(/^(queryPeriod|triggerOperator|triggerThreshold).*\n/gm, "").concat("kind: NRT\n");
    expect(await verdict("count: 5, alert: true", () => nrt)).toEqual([]);
  });

  test("what differs is said field by field", async () => {
    expect(await verdict("alerts: [{title: b is admin, severity: Low}]")).toEqual([
      "13: 1 expected alert is missing, 1 alert is not expected\n" +
        "alert 1   title  expected b is admin   got a is admin\nalert 1   severity  expected Low   got High",
    ]);
    expect(await verdict("entities: {Account: [a, c], Host: [h]}")).toEqual([
      "13: the entities of type Account differ\nmissing   c\nnot expected   FullName b",
      "13: there is no entity of type Host; there are `Account`",
    ]);
    expect(await verdict("severity: Low")).toEqual(["13: expected the severity Low, found High"]);
    const silent = await verdict("alert: true", (text) => text.replace("Threshold: 0", "Threshold: 5"));
    expect(silent).toEqual(["13: expected an alert, there is none: the query gives 3 rows; the trigger is `gt 5`"]);
  });

  test("that names a column which the query does not give cannot be run", async () => {
    const [failure = ""] = await verdict("count: 3", (text) => text.replace("columnName: User", "columnName: Usr"));
    expect(failure).toContain("error[KQ717]");
    expect(failure).toContain(
      "`entityMappings` names the column `Usr`, which the query does not give; did it mean `User`?",
    );
  });

  test("when: an alert for some values of a matrix, and none for others", async () => {
    const text = `query: r.yaml
mode: rule
schema: schema.json
now: 2024-03-01T10:00:00Z
matrix: {n: [0, 1, 2]}
tests:
  - name: t
    generate: {T: [{repeat: "\${n}", every: 1s, from: 2024-03-01T09:30:00Z, row: {User: u, Role: r, Level: Low}}]}
    expect: {alert: {when: n >= 1, else: false}, severity: Low}
  - {name: no bool, expect: {alert: {when: n + 1}}}
`;
    const schema = '{ "T": { "TimeGenerated": "datetime", "User": "string", "Role": "string", "Level": "string" } }';
    const cases = await runSpec({ "r.yaml": rule, "schema.json": schema, "s.test.yaml": text });
    expect(cases.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "t [n=0] passed",
      "t [n=1] passed",
      "t [n=2] passed",
      "no bool [n=0] failed",
      "no bool [n=1] failed",
      "no bool [n=2] failed",
    ]);
    expect(failuresOf(cases)[0]).toContain("`when` has no answer: it is neither true nor false");
  });
});

describe("a rule of another file", () => {
  const stated = `query: FILE
mode: rule
now: 2024-03-01T10:00:00Z
tables:
  T:
    - {TimeGenerated: 2024-03-01T09:30:00Z, User: a}
    - {TimeGenerated: 2024-03-01T08:30:00Z, User: b}
tests:
  - {name: t, expect: {count: 1, alert: 1, severity: Low, entities: {Account: [a]}, alerts: [{title: Watched}]}}
`;
  const template = JSON.stringify({
    resources: [
      {
        name: "[concat(parameters('workspace'), '/rule')]",
        kind: "Scheduled",
        properties: {
          displayName: "Watched",
          severity: "Low",
          query: "T | project TimeGenerated, User",
          queryPeriod: "PT1H",
          triggerOperator: "GreaterThan",
          triggerThreshold: 0,
          entityMappings: [{ entityType: "Account", fieldMappings: [{ identifier: "Name", columnName: "User" }] }],
        },
      },
    ],
  });
  const page = `# Watched

\`\`\`kql
// severity: Low
// queryPeriod: 1h
// triggerOperator: gt
// triggerThreshold: 0
T | project TimeGenerated, User
\`\`\`
`;

  test("an ARM template", async () => {
    const files = { "arm.json": template, "s.test.yaml": stated.replace("FILE", "arm.json") };
    expect(failuresOf(await runSpec(files))).toEqual([]);
  });

  test("the first lines of a query", async () => {
    const text = stated.replace("FILE", "page.md#watched").replace(", entities: {Account: [a]}", "");
    expect(failuresOf(await runSpec({ "page.md": page, "s.test.yaml": text }))).toEqual([]);
  });

  test.each([
    ["triggerThreshold", '"triggerThreshold":0', '"triggerThreshold":"[parameters(\'n\')]"'],
    ["entityMappings", /"entityMappings":.*\]\}\]/, '"entityMappings":"Account"'],
    ["queryPeriod", '"PT1H"', "\"[parameters('period')]\""],
  ])("what cannot be read of it is said: %s", async (key, from, to) => {
    const files = { "arm.json": template.replace(from, to), "s.test.yaml": stated.replace("FILE", "arm.json") };
    const [failure = ""] = failuresOf(await runSpec(files));
    expect(failure).toContain("error[KQ717]");
    expect(failure).toContain(`\`${key}\``);
  });
});
