import { expect, test } from "vitest";
import { checkQuery } from "../../src/lint/check.ts";
import { assumedSchema, knownSchemas } from "../../src/lint/known-schemas.ts";
import { schemaPack } from "../../src/readers/catalogue/packs.ts";

const assumed = assumedSchema(schemaPack("unified"));
const sentinel = knownSchemas([schemaPack("sentinel")], []);

async function said(text: string, schemas = assumed): Promise<readonly string[]> {
  const found = await checkQuery({ text, file: text }, schemas);
  return found.map(({ diagnostic: { code, labels, severity } }) => {
    return `${severity} ${code} ${text.slice(labels[0].span.start, labels[0].span.end)}`;
  });
}

test.each([
  // A table that nobody knows, and what comes of it.
  "Foo | where a == 1 and b > 2h | extend c = d.e + 1 | summarize n = count(), max(f) by g, bin(t, 1h) | where n > 1 and g has 'x'",
  "let x = Foo; let y = materialize(Bar | where q == 1); x | join kind=inner y on z | lookup (Baz) on w",
  "Foo | project-rename a = b | project-away c | project-keep a, d* | distinct a",
  "union Foo, (Bar | where a == 1) | where b == 2",
  "union isfuzzy=true (Abc_CL | where x == 1), (SecurityEvent | project Account) | where Account == 'x'",
  "Foo | mv-expand a | mv-apply b on (where b > 1) | make-series n = count() on t step 1h by c",
  "let f = (T:(*)) { T | where a == 1 }; Foo | invoke f()",
  "Event | where Whatever == 1",
  // Watchlists, parsers and functions of a workspace.
  "_GetWatchlist('x') | project SearchKey, Ip | where Ip != '' and SearchKey == Ip",
  "let ips = _GetWatchlist('x') | project Ip; SigninLogs | where IPAddress in (ips)",
  "imDns(starttime=ago(1d)) | where DnsQuery has 'x' | summarize count() by SrcIpAddr",
  "_Im_Authentication | where EventResult == 'Success' | join kind=inner (IdentityInfo) on $left.TargetUsername == $right.AccountUPN",
  "MyParser(1d) | where a == 1",
  "DeviceFileEvents | invoke FileProfile('SHA1', 1000) | where GlobalPrevalence < 100 and isnotempty(Signer)",
  "let f = (name:string) { table(name) | extend a = LocationDetails['x'] }; union isfuzzy=true f('SigninLogs'), f('AADNonInteractiveUserSignInLogs')",
  "union withsource=TableName * | where TimeGenerated > ago(1d) | summarize count() by TableName",
  "union Device* | where Timestamp > ago(1h) | where FileName == 'x'",
  "union Container* | where ContainerName == 'x'",
  // One column of two types: Kusto shows it under two names where both tables are.
  "search 'x' | where ResultSignature == '200'",
  // Columns that come of the rows.
  "SecurityEvent | extend e = todynamic(EventData) | evaluate bag_unpack(e) | where Foo == 1 | project Foo, Bar",
  "SecurityEvent | evaluate pivot(Account) | where Alice > 0",
  // Constants that come of the rows.
  "let newest = toscalar(SecurityEvent | summarize max(TimeGenerated)); SecurityEvent | make-series n = count() on TimeGenerated from newest - 1d to newest step 1h",
  "let names = toscalar(SecurityEvent | summarize make_set(Account)); SecurityEvent | where Account in (names)",
  // Parameters without values, other databases, external data.
  "declare query_parameters(n:long, s:string, t:datetime, d:dynamic); Foo | where a > n and b == s and c > t and e in (d)",
  "workspace('x').SecurityEvent | where EventID == 4624",
  "union Foo, workspace('x').Foo, cluster('c').database('d').Bar | where a == 1",
  "database('x').Foo | where a == 1 | project a",
  "externaldata(a:string) ['https://example.com/a.csv'] with (format='csv', zipPattern='*') | where a == 'x'",
])("nothing is wrong with %s", async (text) => {
  expect((await said(text)).filter((line) => !line.startsWith("hint"))).toEqual([]);
});

test.each<[string, readonly string[]]>([
  ["Foo | project a | where b == 1", ["error KS142 b"]],
  ["Foo | summarize n = count() by a | where m > 1", ["error KS142 m"]],
  ["_GetWatchlist('x') | project SearchKey | extend a = Ip", ["error KS142 Ip"]],
  [
    "SigninLogs | where UserPrincipalname == 'x' | where IPAdress == 'y'",
    ["error KS142 UserPrincipalname", "error KS142 IPAdress"],
  ],
  ["SecurityEvent | where EventID has 4624 | summarize coun() by Account", ["error KS106 has", "error KS211 coun"]],
  ["Foo | where strlen(a, b) > 1", ["error KS119 strlen"]],
  ["let a = 1; let a = 2; Foo | where x == a", ["error KS201 a"]],
])("%s: %s", async (text, lines) => {
  expect(await said(text)).toEqual(lines);
});

test("a stored function is known when a file defines it", async () => {
  const functions = new Set(["MyParser", "MyScalar", "Enrich"]);
  const mine = knownSchemas([schemaPack("sentinel")], [{ name: "f.kql", tables: new Map(), functions }]);
  const query = "MyParser(1) | where a == MyScalar(b) | invoke Enrich() | join kind=inner MyParser on a | where c == 1";
  expect(await said(query, mine)).toEqual([]);
  expect(await said("SigninLogs | where Id == Other(1)", mine)).toEqual(["error KS211 Other"]);
  expect(await said("SigninLogs | where Id == Whatever(1)")).toEqual(["hint KS211 Whatever"]);
});

test("JSON that may be stored as text is neither wrong as the one nor as the other", async () => {
  const xdr = knownSchemas([schemaPack("xdr")], []);
  const query = "DeviceEvents | extend a = AdditionalFields.x | summarize count() by AdditionalFields";
  expect(await said(query, xdr)).toEqual([]);
  expect(await said(query)).toEqual([]);
  expect(await said(query, sentinel)).toEqual(["error KS116 AdditionalFields"]);
});

test("with a schema, other tables are an error; custom logs and watchlists are not", async () => {
  expect(await said("Foo | where a == 1", sentinel)).toEqual(["error KS204 Foo"]);
  expect(await said("signinlogs | count", sentinel)).toEqual(["error KS204 signinlogs"]);
  expect(await said("MyParser(1) | where a == 1", sentinel)).toEqual(["error KS211 MyParser"]);
  expect(await said("Foo_CL | where a_s == 1", sentinel)).toEqual([]);
  expect(await said("AzureDiagnostics | where clientIP_s == '1'", sentinel)).toEqual([]);
  expect(await said("_GetWatchlist('x') | where Ip == ''", sentinel)).toEqual([]);
  expect(await said("union isfuzzy=true Foo, SecurityEvent | where Account == ''", sentinel)).toEqual([]);
});

test("what kqlite does not run is no error, and a `let` that fails is said once", async () => {
  expect(await said("Foo | reduce by a")).toEqual([]);
  expect(
    await said("let a = materialized-view-combine ('V') base (T) delta (T) aggregations (count); a | where c == 1"),
  ).toEqual(["hint KQ200 materialized-view-combine ('V') base (T) delta (T) aggregations (count)"]);
  expect(await said(".show tables")).toEqual(["hint KQ104 .show"]);
  expect(await said("let f = () { 1 };")).toEqual(["hint KQ213 "]);
});

test("syntax errors come alone, all of them", async () => {
  const lines = await said("SigninLogs | where (UserPrincipalname == 'x' | take");
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.some((line) => line.includes("KS142"))).toBe(false);
});
