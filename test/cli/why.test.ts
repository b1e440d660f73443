import { describe, expect, test } from "vitest";
import { folderWith, kqlite } from "../support/cli.ts";

const page = "queries/network-connection-from-msbuild-with-asn-enrichment.md#1";
const fixtures = ["-d", "fixtures"];

describe("kqlite why", () => {
  test("a private address, an IPv6 address, and the second event of an address", async () => {
    const chosen = `RemoteIP in ("10.0.0.5", "fe80::1") or (RemoteIP == "8.8.8.8" and DeviceName == "ws-dev-02")`;
    const { code, stdout, stderr } = await kqlite(["why", page, "--row", chosen, ...fixtures]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatchInlineSnapshot(`
      "DeviceNetworkEvents row 2: DeviceName = "ws-dev-02", RemoteIP = "8.8.8.8"
        read on line 38
          line 41: dropped by \`join MsBuildNetconnIpLookupEvents on RemoteIP\`
            innerunique keeps one row of RemoteIP = "8.8.8.8", the first: DeviceNetworkEvents row 1
        read on line 33, for the other side of a join or plugin
          line 36: \`distinct RemoteIP\` makes one of 3 rows: RemoteIP = "8.8.8.8"
          in the result: rows 1, 2
      DeviceNetworkEvents row 5: DeviceName = "ws-dev-02", RemoteIP = "10.0.0.5"
        read on line 38
          line 40: dropped by \`where not (ipv4_is_private( RemoteIP))\`
            \`ipv4_is_private( RemoteIP)\` is true: RemoteIP = "10.0.0.5"
        read on line 33, for the other side of a join or plugin
          line 35: dropped by \`where not (ipv4_is_private( RemoteIP))\`
            \`ipv4_is_private( RemoteIP)\` is true: RemoteIP = "10.0.0.5"
      DeviceNetworkEvents row 17: DeviceName = "build-07", RemoteIP = "fe80::1"
        read on line 38
          line 40: dropped by \`where not (ipv4_is_private( RemoteIP))\`
            \`ipv4_is_private( RemoteIP)\` is null: RemoteIP = "fe80::1"
        read on line 33, for the other side of a join or plugin
          line 35: dropped by \`where not (ipv4_is_private( RemoteIP))\`
            \`ipv4_is_private( RemoteIP)\` is null: RemoteIP = "fe80::1"
      "
    `);
  });

  test("the other way round", async () => {
    const { code, stdout } = await kqlite(["why", page, "--because", "--limit", "1", ...fixtures]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^row 1: Timestamp = datetime\(2025-05-17T08:00:00.0000000Z\), .+\n {2}DeviceNetworkEvents rows 1, 2, 3\n/,
    );
    expect(stdout).toMatch(/… and \d+ more rows: see --limit\n$/);
  });

  test("no row, a wrong condition, and questions that are none", async () => {
    const cwd = await folderWith({
      "T.csv": "a\n1\n",
      "q.kql": "T | where a > 1 and a < p",
      "p.md": "```kql\nT\n```\n```kql\nT\n```\n",
    });
    const ask = (...args: readonly string[]) => kqlite(["why", ...args, "-t", "T=T.csv"], { cwd });
    expect(await ask("q.kql", "--row", "a > 1")).toMatchObject({ code: 3 });
    const parametrised = "declare query_parameters(p:long); T | where a > 1 and a < p";
    const other = await folderWith({ "T.csv": "a\n1\n", "q.kql": parametrised });
    const asked = await kqlite(["why", "q.kql", "--row", "a == 1", "--in", "T", "-d", ".", "-p", "p=9"], {
      cwd: other,
    });
    expect(asked.stdout).toBe(
      "T row 1: a = 1\n  line 1: dropped by `where a > 1 and a < p`\n    `a > 1` is false: a = 1\n",
    );
    const none = await kqlite(["why", "q.kql", "--row", "a == 2", "-d", ".", "-p", "p=9"], { cwd: other });
    expect(none).toEqual({ code: 0, stdout: "the condition is true for no row\n", stderr: "" });
    const empty = await kqlite(["why", "q.kql", "--because", "-d", ".", "-p", "p=9"], { cwd: other });
    expect(empty).toEqual({ code: 0, stdout: "the result has no rows\n", stderr: "" });
    const wrong = await kqlite(["why", "q.kql", "--row", "b == 2", "-d", ".", "-p", "p=9"], { cwd: other });
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toContain("--row:1:1");
    expect((await ask("q.kql")).stderr).toContain("there is nothing to follow");
    expect((await ask("q.kql", "--row", "true", "--because")).stderr).toContain("are two questions");
    expect(await ask("p.md", "--row", "true")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("holds 2 queries"),
    });
  });
});
