import { describe, expect, test } from "vitest";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { tableFromRows } from "../../src/engine/rows.ts";
import { synthesize } from "../../src/synthesis/synthesize.ts";
import { missed, now, rowsFor, schemas, shown } from "./rows.ts";

const T = new Map([
  [
    "T",
    [
      { name: "Time", type: "datetime" },
      { name: "Text", type: "string" },
      { name: "Other", type: "string" },
      { name: "Count", type: "long" },
      { name: "Bag", type: "dynamic" },
      { name: "Flag", type: "bool" },
    ],
  ],
  [
    "U",
    [
      { name: "Text", type: "string" },
      { name: "Size", type: "real" },
    ],
  ],
] as const);

async function rowsOf(text: string): Promise<readonly string[]> {
  const synthesis = await synthesize(text, T, { now });
  return synthesis.fires ? shown(synthesis.tables) : ["does not fire"];
}

describe("a row that fires", () => {
  test.each([
    ['T | where Text =~ "a.exe" and Count > 5', ["T Text=a.exe Count=6"]],
    ['T | where Text startswith @"C:\\Users\\" and Text endswith ".lnk"', ["T Text=C:\\Users\\.lnk"]],
    ['T | where Text has "alpha" and Text has "beta" and Text !has "gamma"', ["T Text=alpha beta"]],
    ['T | where tolower(trim(" ", Text)) == "abc"', ["T Text=abc"]],
    ['T | where strcat(Text, "@", Other) == "me@here"', ["T Text=me Other=here"]],
    ['T | where Text matches regex @"^[0-9a-f]{4}-\\d+$"', ["T Text=aaaa-0"]],
    ['T | where extract(@"id=(\\w+);", 1, Text) == "x7"', ["T Text=id=x7;"]],
    ['T | where split(Text, "/")[1] == "b"', ["T Text=Text1/b"]],
    ['T | where Bag.user.name == "eve" and tolong(Bag.n) > 3', ['T Bag={"user":{"name":"eve"},"n":3}']],
    ['T | where tostring(parse_json(Text).a) == "x"', ['T Text={"a":"x"}']],
    ['T | mv-expand item = Bag | where item.k == "v"', ['T Bag=[{"k":"v"}]']],
    ['T | extend kind = case(Count == 1, "one", Count == 2, "two", "more") | where kind == "two"', ["T Count=2"]],
    ["T | where Flag and not(Count between (0 .. 9))", ["T Count=-1 Flag=true"]],
    ["T | where Time > ago(1h) and datetime_diff('minute', now(), Time) > 30", ["T Time=2025-01-15T11:28:00.0000000Z"]],
    [
      'T | parse Text with "user " name " from " host | where name == "bob" and host == "h1"',
      ["T Text=user bob from h1"],
    ],
    ["T | where ipv4_is_in_range(Text, '10.9.0.0/16')", ["T Text=10.9.0.5"]],
    ["T | where isempty(Text) and isnotempty(Other)", ["T Text= Other=Other-1"]],
    ["T | where Text != Other", ["T Text=Text-1 Other=Other-1"]],
  ])("%s", async (text, rows) => {
    const found = await rowsOf(text);
    // The bound itself is tried first.
    expect(found).toEqual(text.includes("Bag.n") ? ['T Bag={"user":{"name":"eve"},"n":4}'] : rows);
  });
});

describe("several rows", () => {
  test("a count has as many rows as it takes, all in one group", async () => {
    const found = await rowsOf("T | summarize n = count() by Text, bin(Time, 5m) | where n > 2");
    expect(found).toHaveLength(3);
    expect(new Set(found).size).toBe(1);
  });

  test("distinct values are different", async () => {
    const found = await rowsOf("T | summarize d = dcount(Other) by Text | where d >= 3");
    expect(found).toEqual([
      "T Text=Text-1 Other=Other-1",
      "T Text=Text-1 Other=Other-2",
      "T Text=Text-1 Other=Other-3",
    ]);
  });

  test("a span between the first and the last takes two rows", async () => {
    const found = await rowsOf(
      "T | summarize n = count(), a = min(Time), b = max(Time) by Text | where n > 2 and b - a > 10m",
    );
    expect(found).toHaveLength(3);
  });

  test("counted conditions have rows of their own", async () => {
    const found = await rowsOf(
      "T | summarize bad = countif(Count == 1), good = countif(Count == 0) by Text | where bad > 1 and good > 0",
    );
    expect(found.map((row) => /Count=(\d)/.exec(row)?.[1])).toEqual(["1", "1", "0"]);
  });

  test("both sides of a join have the key", async () => {
    const found = await rowsOf('T | where Count == 1 | join kind=inner (U | where Text startswith "ab") on Text');
    expect(found).toEqual(["U Text=ab", "T Text=ab Count=1"]);
  });

  test("innerunique keeps one row of the left side: the right one has them all", async () => {
    const found = await rowsOf("T | join U on Text | summarize n = count() by Text | where n > 2");
    expect(found.filter((row) => row.startsWith("T"))).toHaveLength(1);
    expect(found.filter((row) => row.startsWith("U"))).toHaveLength(3);
  });

  test("an anti join has no partner, and a near miss that has one", async () => {
    const text = "T | where Count == 1 | join kind=leftanti U on Text";
    const synthesis = await synthesize(text, T, { now });
    expect(shown(synthesis.tables)).toEqual(["T Count=1"]);
    expect(missed(text, synthesis)).toEqual(["join kind=leftanti U on Text", "Count == 1"]);
    expect(shown(synthesis.nearMisses[0]?.tables ?? new Map())).toEqual(["T Text=Text-1 Count=1", "U Text=Text-1"]);
  });

  test("subqueries have the rows that the condition needs", async () => {
    const found = await rowsOf("T | where Text in ((U | where Size > 3 | project Text))");
    expect(found).toEqual(["U Text=Text-1 Size=4", "T Text=Text-1"]);
  });

  test("data that is not ours is matched as it is", async () => {
    const text = 'T | join kind=inner (externaldata(Text: string, Size: long)["x.csv"]) on Text | where Size > 5';
    const external = () =>
      tableFromRows(
        [
          { name: "Text", type: "string" },
          { name: "Size", type: "long" },
        ],
        [
          ["small", 1n],
          ["big", 9n],
        ],
      );
    const synthesis = await synthesize(text, T, { now, external });
    expect(synthesis.fires).toBe(true);
    expect(shown(synthesis.tables)).toEqual(["T Text=big"]);
  });
});

describe("near misses", () => {
  test("change what one predicate looks at, and nothing else", async () => {
    const text =
      'DeviceProcessEvents | where Timestamp > ago(1d) | where FileName =~ "a.exe" and ProcessCommandLine has "x"';
    const synthesis = await rowsFor(text);
    expect(missed(text, synthesis)).toEqual([
      'FileName =~ "a.exe"',
      'ProcessCommandLine has "x"',
      "Timestamp > ago(1d)",
    ]);
    expect(synthesis.nearMisses.map(({ tables }) => shown(tables))).toEqual([
      ["DeviceProcessEvents Timestamp=2025-01-15T11:50:00.0000000Z FileName=file1.exe ProcessCommandLine=x"],
      [
        "DeviceProcessEvents Timestamp=2025-01-15T11:50:00.0000000Z FileName=a.exe ProcessCommandLine=ProcessCommandLine-1",
      ],
      ["DeviceProcessEvents Timestamp=2025-01-14T11:59:00.0000000Z FileName=a.exe ProcessCommandLine=x"],
    ]);
  });

  test("a threshold is missed by one", async () => {
    const text = "T | summarize n = count() by Text | where n > 3";
    const { tables, nearMisses } = await synthesize(text, T, { now });
    expect(tables.get("T")?.rows).toHaveLength(4);
    expect(nearMisses.map((miss) => miss.tables.get("T")?.rows.length)).toEqual([3]);
  });

  test("really keep the query silent, and rows that fire make it fire", async () => {
    const text = 'SecurityEvent | where EventID in (4624, 4625) and Account !endswith "$" | where LogonType == 3';
    const { tables, nearMisses } = await rowsFor(text);
    const count = async (given: typeof tables) => {
      const sources = [...given].map(([name, { columns, rows }]) => [name, tableFromRows(columns, rows)] as const);
      const { results } = await createDatabase({ tables: new Map(sources), clock: () => now }).query(text);
      return results[0]?.rows.length;
    };
    expect(await count(tables)).toBe(1);
    expect(nearMisses).toHaveLength(3);
    for (const miss of nearMisses) expect(await count(miss.tables)).toBe(0);
  });
});

describe("what is not solved", () => {
  test("is said, with its place", async () => {
    const text = "T | where Count == 1 | where hash(Text) == 12345";
    const { fires, unsolved } = await synthesize(text, T, { now });
    expect(fires).toBe(false);
    expect(unsolved.map(({ span, why }) => [text.slice(span.start, span.end), why])).toEqual([
      ["hash(Text) == 12345", "noValue"],
    ]);
  });

  test("a contradiction does not fire", async () => {
    expect(await rowsOf('T | where Text == "a" and Text == "b"')).toEqual(["does not fire"]);
  });

  test("a query that does not bind is an error", async () => {
    await expect(rowsFor("NoSuchTable | take 1")).rejects.toThrow(KqlError);
  });

  test("the same rows come out each time", async () => {
    const text = "SigninLogs | summarize d = dcount(UserPrincipalName) by IPAddress | where d > 2";
    const [one, two] = [await rowsFor(text), await synthesize(text, schemas, { now })];
    expect(shown(one.tables)).toEqual(shown(two.tables));
  });
});
