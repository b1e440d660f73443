import { describe, expect, test } from "vitest";
import { asWritten, type QueryDocument } from "../../src/documents/document.ts";
import { openDocument } from "../../src/documents/open.ts";

function queriesIn(name: string, text: string, anchor?: string): readonly QueryDocument[] {
  const found = openDocument(name, text, anchor);
  if ("message" in found) throw new Error(found.message);
  return found;
}

const texts = (documents: readonly QueryDocument[]) => documents.map(({ text }) => text.trim());

/** Each word of the query stands in the file where the mapping says. */
function expectPlaces(document: QueryDocument | undefined, words: readonly string[]): void {
  if (!document) throw new Error("there is no query");
  for (const word of words) {
    const at = document.text.indexOf(word);
    expect(at, word).toBeGreaterThanOrEqual(0);
    const place = document.offsetInFile(at);
    expect(document.file.text.slice(place, place + word.length)).toBe(word);
  }
}

describe("a .kql file", () => {
  test("is one query when it reads as one, blank lines or not", () => {
    expect(texts(queriesIn("q.kql", "let a = 1;\n\nprint a\n\n| where a > 0"))).toHaveLength(1);
  });

  test("holds several, parted by blank lines", () => {
    const text = "// Title: one\nT\n| take 1\n\n\n// Title: two\nlet a = 1;\n\nU\n| where x == a\n\nV\n\n| count\n";
    const found = queriesIn("q.kql", text);
    expect(found.map(({ name }) => name)).toEqual(["q.kql#1", "q.kql#2", "q.kql#3"]);
    expect(found.map(({ title }) => title)).toEqual(["one", "two", undefined]);
    expect(texts(found)).toEqual([
      "// Title: one\nT\n| take 1",
      "// Title: two\nlet a = 1;\n\nU\n| where x == a",
      "V\n\n| count",
    ]);
    expectPlaces(found[1], ["let a", "where", "== a"]);
    expectPlaces(found[2], ["V", "count"]);
    expect(texts(queriesIn("q.kql", text, "two"))).toHaveLength(1);
    expect(texts(queriesIn("q.kql", text, "3"))).toEqual(["V\n\n| count"]);
  });

  test("with a mistake stays whole", () => {
    expect(queriesIn("q.kql", "T\n\n| where (\n")).toHaveLength(1);
  });

  test("with a heading comment and remarks at its end has no empty queries", () => {
    expect(texts(queriesIn("q.kql", "// a licence\n\nT | take 1\n\nU | take 1\n\n// the end\n"))).toEqual([
      "// a licence\n\nT | take 1",
      "U | take 1",
    ]);
  });

  test("says what it is in its first comments", () => {
    const text = `// Title: Rare process
// Author : someone
// Level: High
// MITRE Tactics: Execution, Persistence
// https://example.com
// Reference: https://example.com/a
T`;
    expect(queriesIn("q.kql", text)[0]?.metadata).toEqual({
      title: "Rare process",
      severity: "High",
      tactics: ["Execution", "Persistence"],
      others: { Author: "someone", Reference: "https://example.com/a" },
    });
  });
});

describe("a Markdown page", () => {
  test("marks queries in any case, with longer fences, tildes and attributes", () => {
    const page = [
      "# One\n```KQL\nA\n```",
      "~~~~ kusto\nB\n```\nC\n~~~~",
      "````{.kql}\nD\n```\n````",
      "```kql title=x\nE\n```",
      "```sql\nF\n```",
      "1. list\n   ```Kusto\n   G\n     | take 1\n   ```",
      "> ```kql\n> H\n> ```",
    ].join("\n\n");
    const found = queriesIn("p.md", page);
    expect(texts(found)).toEqual(["A", "B\n```\nC", "D\n```", "E", "G\n  | take 1", "H"]);
    expectPlaces(found[4], ["G", "take"]);
    expect(found[0]?.metadata.title).toBe("One");
  });
});

describe("a Markdown page without marks", () => {
  const page = [
    "# A hunt",
    "```",
    "Logons",
    "| where Result == 'failed'",
    "```",
    "## The same, coloured",
    "```C#",
    "let n = 3;",
    "Logons | take n",
    "| project User",
    "```",
    "```sh",
    "cat a",
    "  | sort by name",
    "```",
    "```",
    "index=main",
    "| stats count by host",
    "| where count > 3",
    "```",
    "```",
    "| a | b |",
    "```",
    "",
  ].join("\n");

  test("holds the blocks that are plainly queries", () => {
    const found = queriesIn("page.md", page);
    expect(found.map(({ name, title }) => [name, title])).toEqual([
      ["page.md#1", "A hunt"],
      ["page.md#2", "The same, coloured"],
    ]);
    expectPlaces(found[1], ["let n", "project"]);
  });

  test("has none of them once a block is marked", () => {
    expect(texts(queriesIn("page.md", `${page}\n\`\`\`kql\nprint 1\n\`\`\`\n`))).toEqual(["print 1"]);
  });
});

describe("a parser in YAML", () => {
  const parser = [
    "Parser:",
    "  Title: Logons of a door",
    "ParserName: vimDoor",
    "EquivalentBuiltInParser: _Im_Door",
    "ParserParams:",
    "  - Name: starttime",
    "    Type: datetime",
    "    Default: datetime(null)",
    "  - Name: who",
    "    Type: string",
    "    Default: '*'",
    "  - Name: rooms",
    "    Type: dynamic",
    "    Default: dynamic([1, 2])",
    "  - Name: Logs",
    "    Type: table:(*)",
    "ParserQuery: |",
    "  Door",
    "  | where who == '*' or User == who",
    "",
  ].join("\n");

  test("is a query that declares its parameters", () => {
    const [query] = queriesIn("vimDoor.yaml", parser);
    expect(query?.text).toBe(
      `declare query_parameters(starttime:datetime = datetime(null), who:string = "*", rooms:dynamic = dynamic([1, 2]));` +
        "Door\n| where who == '*' or User == who\n",
    );
    expect(query?.title).toBe("Logons of a door");
    expect(query?.stored).toMatchObject({ names: ["vimDoor", "_Im_Door"], tables: ["Logs"] });
    expectPlaces(query, ["Door", "User == who"]);
    expect(query && asWritten(query).text).toBe("Door\n| where who == '*' or User == who\n");
  });

  test("may have its parameters in pieces", () => {
    const [query] = queriesIn(
      "p.yaml",
      "ParserName: P\nParserParams:\n- Name: n\n- Type: long\n- Default: 0\nParserQuery: T | take n\n",
    );
    expect(query?.text).toBe("declare query_parameters(n:long = 0);T | take n");
  });

  test("may be called FunctionQuery, and have no parameters", () => {
    const [query] = queriesIn("door.yaml", "FunctionName: Door\nFunctionAlias: Doors\nFunctionQuery: |\n  DoorLog\n");
    expect(query?.text).toBe("DoorLog\n");
    expect(query?.stored).toMatchObject({ names: ["Doors", "Door"], parameters: "" });
  });

  test("may be a saved search of a template", () => {
    const properties = {
      query: "DoorLog | where not(disabled)",
      functionAlias: "Door",
      functionParameters: "rooms:dynamic=dynamic([1,2]),disabled:bool=False",
    };
    const [query] = queriesIn("door.json", JSON.stringify({ resources: [{ properties }] }));
    expect(query?.text).toBe(
      "declare query_parameters(rooms:dynamic=dynamic([1,2]), disabled:bool=False);DoorLog | where not(disabled)",
    );
  });
});

describe("a YAML rule", () => {
  const rule = (query: string) => `id: 1-2\nname: A rule\nquery: ${query}\nversion: 1.0.0\n`;

  test.each<[string, string, string]>([
    ["literal", '|\n    T\n    | where a == "x"\n\n      | take 1', 'T\n| where a == "x"\n\n  | take 1'],
    ["literal, stripped", "|-\n  T\n  | take 1", "T\n| take 1"],
    ["literal with its indentation", "|2\n    T\n  | take 1", "T\n| take 1"],
    ["folded", ">\n  T\n  | where a == 1\n  | take 1", "T | where a == 1 | take 1"],
    ["plain", "T | where a == 1", "T | where a == 1"],
    ["plain over lines", "T\n  | where a == 1\n  | take 1", "T | where a == 1 | take 1"],
    ["in double quotes", '"T\\n| where a == \\"x\\" \\u00e9\\\n  | take 1"', 'T\n| where a == "x" é| take 1'],
    ["in single quotes", "'T | where a == ''x''\n  | take 1'", "T | where a == 'x' | take 1"],
    ["with Windows line breaks", "|\r\n  T\r\n  | take 1\r", "T\n| take 1"],
  ])("holds its query %s", (_, yaml, query) => {
    const [document] = queriesIn("rule.yaml", rule(yaml));
    expect(document?.text.trim()).toBe(query);
    expectPlaces(
      document,
      ["T", "where", "a ==", "take 1"].filter((word) => query.includes(word)),
    );
  });

  test("finds the place behind an escape", () => {
    const [document] = queriesIn("rule.yaml", rule("'T | where a == ''x'' and b'"));
    expectPlaces(document, ["and b"]);
    const end = document?.offsetInFile(document.text.length) ?? 0;
    expect(document?.file.text.slice(0, end)).toMatch(/and b$/);
  });

  test("says what it is", () => {
    const text = `name: Brute force
severity: Medium
queryFrequency: 1h
queryPeriod: PT5H
triggerOperator: gt
triggerThreshold: 0
tactics:
  - CredentialAccess
relevantTechniques: [T1110]
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: User
customDetails: {Fails: n}
query: T
tags: [a]
`;
    expect(queriesIn("rule.yml", text)[0]?.metadata).toEqual({
      title: "Brute force",
      severity: "Medium",
      queryFrequency: "1h",
      queryPeriod: "PT5H",
      triggerOperator: "gt",
      triggerThreshold: 0,
      tactics: ["CredentialAccess"],
      techniques: ["T1110"],
      entityMappings: [{ entityType: "Account", fieldMappings: [{ identifier: "FullName", columnName: "User" }] }],
      customDetails: { Fails: "n" },
      others: { tags: ["a"] },
    });
  });

  test("may be one of several, in a list or in documents", () => {
    const found = queriesIn("rules.yaml", "- {name: a, query: T}\n- {name: b, query: U}\n");
    expect(found.map(({ name, title, text }) => [name, title, text])).toEqual([
      ["rules.yaml#1", "a", "T"],
      ["rules.yaml#2", "b", "U"],
    ]);
    const documents = queriesIn("rules.yaml", "name: a\nquery: |\n  T\n---\nname: b\nquery: |\n  U | take 1\n");
    expect(texts(documents)).toEqual(["T", "U | take 1"]);
    expectPlaces(documents[1], ["U", "take"]);
  });

  test("of Defender holds its query in `queryCondition`", () => {
    const text = `displayName: Rare
queryCondition:
  queryText: |
    DeviceEvents
    | take 1
schedule: {period: 1H}
detectionAction:
  alertTemplate: {title: Rare process, severity: medium, category: Execution, mitreTechniques: [T1059]}
`;
    const [document] = queriesIn("detection.yaml", text);
    expect(document?.text).toBe("DeviceEvents\n| take 1\n");
    expect(document?.metadata).toMatchObject({
      title: "Rare",
      severity: "medium",
      queryFrequency: "1H",
      tactics: ["Execution"],
      techniques: ["T1059"],
    });
  });

  test("of Defender says how often it runs and how far it looks back", () => {
    const scheduled = (schedule: string) =>
      queriesIn("detection.yaml", `queryCondition: {queryText: T}\nschedule: ${schedule}\n`)[0]?.metadata;
    expect(scheduled("{frequency: PT1H, period: 3H, lookback: PT4H}")).toMatchObject({
      queryFrequency: "PT1H",
      queryPeriod: "PT4H",
    });
    expect(scheduled("{frequency: 1}")?.queryFrequency).toBeUndefined();
  });

  test("may refer to parts of itself", () => {
    const [document] = queriesIn("rule.yaml", "a: &t [Execution]\ntactics: *t\nquery: T\n");
    expect(document?.metadata.tactics).toEqual(["Execution"]);
  });

  test("without a query, or broken, says so", () => {
    expect(openDocument("a.yaml", "name: x\n")).toMatchObject({ message: "the file has no text under `query:`" });
    expect(openDocument("a.yaml", "a: [1\n")).toMatchObject({ offset: expect.any(Number) });
  });
});

describe("a JSON rule", () => {
  test("of an ARM template: its resources", () => {
    const text = JSON.stringify(
      {
        resources: [
          { type: "other", properties: { query: "[concat('a', 'b')]" } },
          {
            kind: "Scheduled",
            properties: {
              displayName: "Rule",
              queryPeriod: "PT5H",
              query: 'T\n| where a == "x\\\\y"\t| take 1',
              severity: "Low",
            },
          },
          {
            properties: {
              mainTemplate: { resources: [{ properties: { query: "U" } }] },
              items: [{ query: "{ graphql }" }],
            },
          },
        ],
      },
      undefined,
      "\t",
    );
    const found = queriesIn("rule.json", text);
    expect(texts(found)).toEqual(['T\n| where a == "x\\\\y"\t| take 1', "U"]);
    expectPlaces(found[0], ["T", "where", "a ==", "take 1"]);
    expect(found[0]?.metadata).toEqual({
      title: "Rule",
      queryPeriod: "PT5H",
      severity: "Low",
      kind: "Scheduled",
      others: {},
    });
  });

  test("is an object with `query`", () => {
    const [document] = queriesIn("rule.json", '{"name":"x","query":"T | where a == \\"\\ud83d\\ude00\\" | take 1"}');
    expect(document?.text).toBe('T | where a == "😀" | take 1');
    expectPlaces(document, ["T", "take 1"]);
  });
});
