import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { freshCli } from "../../scripts/build.mjs";
import { UsageError } from "../../src/cli/exit.ts";
import { report } from "../../src/cli/report.ts";
import { folderWith, kqlite } from "../support/cli.ts";

let cli: string;
beforeAll(async () => {
  cli = await freshCli();
});

describe("kqlite itself", () => {
  test("says its version and helps", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(await kqlite(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    const help = await kqlite(["--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const command of ["run", "pipe", "pin", "schema", "functions", "fmt", "explain"])
      expect(help.stdout).toContain(`  ${command} `);
    expect((await kqlite(["run", "--help"])).stdout).toContain("--allow-net <host>");
  });

  test("a reader that has seen enough is no error", () => {
    const { stdout, stderr } = spawnSync(
      "bash",
      [
        "-c",
        `set -o pipefail; "$0" "$1" run -e 'range x from 1 to 300000 step 1' | head -n 2; echo "$?"`,
        process.execPath,
        cli,
      ],
      { encoding: "utf8" },
    );
    expect({ stdout, stderr }).toEqual({ stdout: "x\n1\n0\n", stderr: "" });
  });

  test("a defect says that it is one", () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    try {
      expect(report(new TypeError("x is not a function"))).toBe(5);
      expect(said.mock.calls.join("\n")).toContain("this is a defect of kqlite");
      expect(said.mock.calls.join("\n")).toContain("x is not a function");
      expect(report(new UsageError("wrong"))).toBe(2);
    } finally {
      said.mockRestore();
    }
  });
});

describe("kqlite functions", () => {
  test("lists what there is", async () => {
    const { code, stdout } = await kqlite(["functions"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Scalar functions \(\d+\)\n/);
    expect(stdout).toMatch(/\n {2}bag_set_key +\S/);
    expect(stdout).toMatch(/\nPlugins \(\d+\)\n/);
    expect(stdout).not.toMatch(/^ {2}[^a-z_]/im);
  });

  test("explains one", async () => {
    const { stdout } = await kqlite(["functions", "bag_set_key"]);
    expect(stdout).toMatch(/^bag_set_key\(bag: dynamic, key: string, value: scalar\): dynamic\n\n.+\n/);
    expect(stdout).toContain("https://learn.microsoft.com/kusto/query/bag-set-key-function\n");
    expect((await kqlite(["functions", "bag_unpack"])).stdout).toMatch(/^evaluate bag_unpack\(/);
  });
});

describe("kqlite schema", () => {
  test("says why each column has its type", async () => {
    const cwd = await folderWith({
      "T.csv": "id,name,port\n1,a,80\n2,b,n/a\n",
      "U.csv": "x\n1\n",
      "U.schema.json": '{"x":"string"}',
    });
    const inferred = await kqlite(["schema", "T.csv"], { cwd });
    expect(inferred).toMatchObject({ code: 0, stderr: "" });
    expect(inferred.stdout).toMatch(/^T\.csv: csv, 3 columns\n/);
    expect(inferred.stdout).toMatch(/\n {2}id +long +all 2 values/);
    expect(inferred.stdout).toMatch(/\n {2}port +string +.*`n\/a` at T\.csv:3/);
    expect((await kqlite(["schema", "U.csv"], { cwd })).stdout).toMatch(/\n {2}x +string +the schema file says so\n/);
    expect((await kqlite(["schema", "none.csv"], { cwd })).code).toBe(4);
  });

  test("as a schema file that says the same", async () => {
    const cwd = await folderWith({ "T.csv": "id,name\n1,a\n" });
    const { stdout } = await kqlite(["schema", "--json", "T.csv"], { cwd });
    expect(JSON.parse(stdout)).toEqual({
      columns: [
        { name: "id", type: "long" },
        { name: "name", type: "string" },
      ],
    });
  });
});

describe("kqlite pin", () => {
  test("keeps copies that later runs read, without the network", async () => {
    const server = createServer((_, response) => response.end("1\n2\n"));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
    const url = `http://${host}/list.csv`;
    const cwd = await folderWith({
      "q.kql": `Missing | join (externaldata(n:long)['${url}']) on n;\nexternaldata(n:long)['${url}']\n`,
    });
    const run = () => kqlite(["run", "-e", `externaldata(n:long)['${url}']`], { cwd });
    try {
      expect(await kqlite(["pin", "q.kql"], { cwd })).toMatchObject({
        code: 4,
        stderr: expect.stringContaining("KQ357"),
      });
      expect((await run()).code).toBe(4);
      const pinned = await kqlite(["pin", "q.kql", "--allow-net", host], { cwd });
      expect(pinned).toMatchObject({ code: 0, stdout: "" });
      expect(pinned.stderr).toBe("pinned 1 address in `kqlite.lock.json`\n");
      expect((await kqlite(["run", "-e", `externaldata(n:long)['${url}'] | count`, "--allow-net", host])).stdout).toBe(
        "Count\n2\n",
      );
    } finally {
      server.close();
    }
    expect((await run()).stdout).toBe("n\n1\n2\n");
    const { pins } = JSON.parse(readFileSync(join(cwd, "kqlite.lock.json"), "utf8")) as {
      pins: Record<string, unknown>;
    };
    expect(Object.keys(pins)).toEqual([url]);
    const elsewhere = await kqlite([
      "run",
      "-e",
      `externaldata(n:long)['${url}']`,
      "--lock",
      join(cwd, "kqlite.lock.json"),
    ]);
    expect(elsewhere.stdout).toBe("n\n1\n2\n");
  });

  test("needs something to pin, and addresses that are spelled out", async () => {
    const cwd = await folderWith({ "a.kql": "print 1", "b.kql": "externaldata(n:long)[strcat('https://', 'x')]" });
    expect((await kqlite(["pin", "a.kql"], { cwd })).code).toBe(2);
    expect(await kqlite(["pin", "b.kql"], { cwd })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("KQ502"),
    });
  });
});

describe("the demo", () => {
  test("runs as the page says, with its external data pinned", async () => {
    const page = "queries/network-connection-from-msbuild-with-asn-enrichment.md#1";
    const { code, stdout, stderr } = await kqlite(["run", page, "-d", "fixtures"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [header = "", ...rows] = stdout.trimEnd().split("\n");
    expect(header).toMatch(/^Timestamp,DeviceId,.*,RemoteIP1,CIDR,CIDRASN,CIDRASNName,CIDRSource$/);
    expect(rows.length).toBeGreaterThan(10);
  });
});
