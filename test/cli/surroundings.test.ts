import { beforeAll, expect, test } from "vitest";
import { folderWith, kqlite } from "../support/cli.ts";

let folder: string;
const run = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await kqlite(["run", ...args], { cwd: folder });
  return code === 0 ? stdout : `${code}: ${stderr}`;
};

beforeAll(async () => {
  folder = await folderWith({
    "functions/asim/imDns.kql": "(low:long = 0) { Dns | where n > low }",
    "functions/more.kql": ".create function Two() { 2 }",
    "functions/Parsers/dns.yaml":
      "ParserName: vimDns\nEquivalentBuiltInParser: _Im_Dns\nParserParams:\n  - {Name: low, Type: long, Default: 0}\n" +
      "ParserQuery: |\n  Dns | where n > low\n",
    "functions/Rules/rule.yaml": "name: a rule\nquery: vimDns\n",
    "data/Dns.csv": "n\n1\n2\n",
    "other/Dns.csv": "n\n7\n",
    "vip.csv": "UPN,Level\nann@x,1\n",
    "files.csv": "SHA1,GlobalPrevalence\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,5\n",
    "places.csv": "network,country\n192.0.2.0/24,Nowhere\n",
    "times.csv": "When\n2024-01-01T00:00:00Z\n",
  });
});

test("--functions takes folders and files", async () => {
  expect(await run("-e", "imDns(1)", "-d", "data", "--functions", "functions")).toBe("n\n2\n");
  expect(await run("-e", "print x = Two()", "--functions", "functions/more.kql")).toBe("x\n2\n");
  expect(await run("-e", "vimDns(low = 1) | union _Im_Dns", "-d", "data", "--functions", "functions")).toBe(
    "n\n2\n1\n2\n",
  );
  expect(await run("-e", "imDns", "--functions", "none")).toMatch(/^4: .*none/);
});

test("-w gives a watchlist, whose values are texts", async () => {
  const query = '_GetWatchlist("VIP") | project SearchKey, Level, t = gettype(Level)';
  expect(await run("-e", query, "-w", "VIP:UPN=vip.csv")).toBe("SearchKey,Level,t\nann@x,1,string\n");
  expect(await run("-e", query)).toMatch(/^3: .*-w VIP=FILE.csv/s);
  expect(await run("-e", query, "-w", "VIP")).toMatch(/^2: .*`-w` expects/s);
});

test("--database gives the tables of another", async () => {
  expect(await run("-e", 'workspace("soc").Dns | union Dns', "-d", "data", "--database", "soc=other")).toBe(
    "n\n7\n1\n2\n",
  );
});

test("--file-profiles, --locations, --ingestion-time, --time-generated, --identity", async () => {
  const profile =
    'print SHA1 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" | invoke FileProfile(SHA1, 1) | project GlobalPrevalence';
  expect(await run("-e", profile, "--file-profiles", "files.csv")).toBe("GlobalPrevalence\n5\n");
  const place = 'print c = tostring(geo_info_from_ip_address("192.0.2.1").country)';
  expect(await run("-e", place, "--locations", "places.csv")).toBe("c\nNowhere\n");
  const time = "T | project t = ingestion_time() == TimeGenerated";
  expect(await run("-e", time, "-t", "T=times.csv", "--ingestion-time", "When", "--time-generated", "When")).toBe(
    "t\ntrue\n",
  );
  const who =
    'print a = current_principal(), b = current_principal_is_member_of("y"), c = tostring(current_principal_details().n)';
  const told = ["principal=me", "memberOf=x,y", 'principalDetails={"n":1}'].flatMap((each) => ["--identity", each]);
  expect(await run("-e", who, ...told)).toBe("a,b,c\nme,true,1\n");
  expect(await run("-e", who, "--identity", "name=me")).toMatch(/^2: .*`--identity` knows no `name`/s);
});

test("pipe takes the same options", async () => {
  const input = JSON.stringify({ id: 1, query: "imDns", tables: { Dns: { path: "data/Dns.csv" } } });
  const { stdout } = await kqlite(["pipe", "--functions", "functions"], { cwd: folder, input });
  expect(stdout).toBe('{"id":1,"columns":[{"name":"n","type":"long"}],"rows":[[1],[2]]}\n');
});

test("a spec says what stands around its tables, and init when rows arrive", async () => {
  const cwd = await folderWith({
    "door.yaml": "ParserName: Opened\nParserQuery: Doors | where Open == 'yes'\n",
    "files.csv": "SHA1,GlobalPrevalence\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,5\n",
    "places.csv": "network,country\n192.0.2.0/24,Nowhere\n",
    "q.kql":
      "Opened | where ingestion_time() > ago(1h) | invoke FileProfile(SHA1, 1) " +
      "| project Room, GlobalPrevalence, c = tostring(geo_info_from_ip_address(Address).country)",
    "q.test.yaml": `query: ./q.kql
now: 2024-03-01T10:00:00Z
functions: [door.yaml]
ingestionTime: Arrived
fileProfiles: files.csv
locations: places.csv
tests:
  - name: those that arrived
    tables:
      Doors:
        - {Room: a, Open: yes, Arrived: "2024-03-01T09:30:00Z", SHA1: "${"a".repeat(40)}", Address: 192.0.2.7}
        - {Room: b, Open: yes, Arrived: "2024-03-01T08:30:00Z", SHA1: "${"a".repeat(40)}", Address: 192.0.2.7}
    expect: {rows: [{Room: a, GlobalPrevalence: 5, c: Nowhere}], count: 1}
`,
    "rule.kql": "SigninLogs | where ingestion_time() > ago(1h) and AppDisplayName == 'Door'",
  });
  const { code, stdout } = await kqlite(["test", "q.test.yaml"], { cwd });
  expect([code, stdout]).toEqual([0, expect.stringContaining("1 passed")]);
  await kqlite(["init", "rule.kql"], { cwd });
  expect((await kqlite(["test", "rule.test.yaml"], { cwd })).stdout).toMatch(/\n3 passed, 0 failed/);
});
