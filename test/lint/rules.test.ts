import { describe, expect, test } from "vitest";
import type { Schema } from "../../src/data/types.ts";
import { checkQuery } from "../../src/lint/check.ts";
import { rules } from "../../src/lint/rules.ts";
import type { TableSchemas } from "../../src/lint/schema.ts";

/** T and U: a column of each name that the queries below use. */
const columns: Schema = [
  ...["Name", "Key", "Ip", "Country", "Path", "CommandLine", "S"].map((name) => ({ name, type: "string" }) as const),
  { name: "Time", type: "datetime" },
  { name: "Port", type: "int" },
  { name: "n", type: "long" },
  { name: "m", type: "long" },
  { name: "r", type: "real" },
  { name: "x", type: "bool" },
  { name: "d", type: "dynamic" },
];
const schemas: TableSchemas = {
  name: "test",
  tables: ["T", "U"],
  columns: (table) => (table === "T" || table === "U" ? columns : undefined),
  open: false,
};

async function codesOf(text: string): Promise<readonly string[]> {
  return (await checkQuery({ text, file: text }, schemas)).map(({ diagnostic }) => diagnostic.code);
}

/** The query after all fixes. */
async function fixed(text: string): Promise<string> {
  const found = await checkQuery({ text, file: text }, schemas);
  const edits = found.flatMap(({ fix }) => fix?.edits ?? []).sort((a, b) => b.span.start - a.span.start);
  return edits.reduce((query, { span, text: by }) => query.slice(0, span.start) + by + query.slice(span.end), text);
}

describe.each(rules)("$name", ({ code, example, severity }) => {
  test("speaks of its example, and of nothing in the better one", async () => {
    const found = await checkQuery({ text: example.bad, file: example.bad }, schemas);
    expect(found.map(({ diagnostic }) => [diagnostic.code, diagnostic.severity])).toEqual([[code, severity]]);
    expect(await codesOf(example.good)).toEqual([]);
  });
});

test("codes and names are used once", () => {
  expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});

test.each<[string, string]>([
  ["T | summarize count() by Name, bin(Time, 1h) | join (U) on Name", "KQ600"],
  ["T | summarize count() by Name, Key | join (U) on Key", "KQ600"],
  ["T | where x | project Key | join (U) on Key", "KQ600"],
  ["let L = U | summarize count() by Ip; T | where Ip in (L)", "KQ601"],
  ["let L = materialize(U | distinct Ip, Country); T | where Ip !in~ (L)", "KQ601"],
  ['T | where Ip in ((datatable(a:string, b:string) ["1", "2"]))', "KQ601"],
  ['T | where Path !has "$$"', "KQ602"],
  ['T | where Path has ""', "KQ602"],
  ['T | where Path has_any ("a", "--")', "KQ602"],
  ['T | where tolower(Name) in ("a", "b")', "KQ603"],
  ['T | where toupper(Name) != "A"', "KQ603"],
  ['T | where tolower(Name) in ("a", "B")', "KQ604"],
  ['T | where tolower(Name) contains_cs "B"', "KQ604"],
  ['T | where toupper(Name) == "aB1"', "KQ604"],
  ["T | limit 5 | where x", "KQ605"],
  ["T | take 5 | extend y = 1 | join kind=inner U on Key", "KQ605"],
  ["T | where datetime(null) == Time", "KQ606"],
  ["T | where d == dynamic(null)", "KQ606 KS116"],
  ["T | extend p = round(n / m, 2)", "KQ607"],
  ["T | extend p = todouble(n / m)", "KQ607"],
  ["T | where (n / m) > 0.5", "KQ607"],
  ["T | extend p = 100.0 * (n / m)", "KQ607"],
  ["T | extend p = Port / 2 * 1.5", "KQ607"],
  ["let f = (a:long) { a + 1 }; T | take 1", "KQ608"],
  ['T | where CommandLine !contains_cs "/delete "', "KQ609"],
  ["T | order by Time | count", "KQ610"],
  ["T | sort by Time | distinct Name", "KQ610"],
  ["T | sort by Time | sort by Name", "KQ610"],
])("%s: %s", async (text, codes) => {
  expect((await codesOf(text)).join(" ")).toBe(codes);
});

test.each([
  "T | summarize count() by Key | join (U) on Key",
  "T | distinct Name, Key | where Name != '' | join (U) on Key, Name",
  "T | summarize n = count() by Key | join (U) on $left.Key == $right.Name",
  "T | join kind=leftanti (U) on Key",
  "T | where Ip in ((U | summarize by Ip))",
  "T | where Ip in ((U | project Ip | where Ip != ''))",
  "let marked = dynamic(['a']); T | where Ip in (marked)",
  'T | where Path has "a.b" and Path has ".exe" and Path hasprefix "%"',
  "T | where Path has Name",
  'T | where tolower(Name) == tolower("Ä") or tolower(Name) == "ä"',
  'T | where tolower(Name) contains "B" or tolower(Name) =~ "B"',
  "T | take 5",
  "T | take 5 | project Name",
  "T | take 5 | count",
  "T | sort by Time | where x | take 5 | summarize count()",
  "T | top 5 by n | take 2 | where x",
  "range a from 1 to 3 step 1 | take 2 | where a > 1",
  "T | where isnull(Port) or Name == ''",
  "T | extend p = n / m",
  "T | extend p = n / r * 100, q = n / 2.0 * 100, o = n / 60 * 60",
  "T | where n / m > 2",
  "T | extend p = 100 * (todouble(n) / m)",
  "let L = 5; let K = L + 1; T | where n > K",
  'T | where CommandLine contains "enc" or CommandLine contains "-e" or CommandLine contains "(--)"',
  "T | sort by Time | summarize make_list(Name) by Key",
  "T | sort by Time | summarize arg_max(Time, *) by Key",
  "T | sort by Time | extend p = prev(Name)",
])("nothing to say of %s", async (text) => {
  expect(await codesOf(text)).toEqual([]);
});

test.each([
  ["T | join (U) on Key", "T | join kind=innerunique (U) on Key"],
  ['T | where tolower(Name) == "a" and x', 'T | where Name =~ "a" and x'],
  ['T | where tolower( Name ) !in ( "a","b" )', 'T | where Name !in~ ( "a","b" )'],
  ["T | where Port == int(null)", "T | where isnull(Port)"],
  ["T | extend p = (n + 1) / m * 100", "T | extend p = todouble((n + 1)) / m * 100"],
  ["let a = 1;\nlet b = 2;\nT | where n > b", "let b = 2;\nT | where n > b"],
  ['T | where S contains " -enc "', 'T | where S has " -enc "'],
  ["T\n| sort by Time\n| count", "T\n| count"],
  ["T | where name == 'a'", "T | where Name == 'a'"],
  ["t | count", "T | count"],
])("%s is fixed to %s", async (text, better) => {
  expect(await fixed(text)).toBe(better);
  expect(await codesOf(better)).toEqual([]);
});
