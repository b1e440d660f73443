import { describe, expect, test } from "vitest";
import { kql, toMatchRows } from "../../src/testing.ts";

const rule = "examples/encoded-powershell/encoded-powershell.kql";

describe("kql", () => {
  test("runs a text over rows, with plain values", async () => {
    const { columns, rows } = await kql("T | extend t = 1h, d = dynamic({'a':[1]}), big = 9007199254740993", {
      tables: { T: [{ n: 1, at: new Date(Date.UTC(2024, 0, 1)) }, { n: null }] },
    });
    expect(columns.map(({ name, type }) => `${name}:${type}`)).toEqual([
      "n:long",
      "at:datetime",
      "t:timespan",
      "d:dynamic",
      "big:long",
    ]);
    expect(rows).toEqual([
      { n: 1, at: "2024-01-01T00:00:00.0000000Z", t: "01:00:00", d: { a: [1] }, big: 9007199254740993n },
      { n: null, at: null, t: "01:00:00", d: { a: [1] }, big: 9007199254740993n },
    ]);
  });

  test("runs a file, a page and a rule", async () => {
    const row = { DeviceName: "ws1", FileName: "pwsh.exe", ProcessCommandLine: "pwsh -enc AAAA" };
    expect((await kql(rule, { schema: "xdr", tables: { DeviceProcessEvents: [row] } })).rows).toEqual([]);
    const page = "examples/lolbin-download/lolbin-download.md#1";
    expect((await kql(page, { tables: { DeviceProcessEvents: [row] }, schema: "xdr" })).ordered).toBe(true);
  });

  test("the time, parameters and lets are given", async () => {
    const text = "declare query_parameters(a:long); let b = 1; print now(), a, b";
    const { rows } = await kql(text, { now: "2024-02-03", parameters: { a: 5 }, lets: { b: "7" } });
    expect(rows).toEqual([{ print_0: "2024-02-03T00:00:00.0000000Z", print_1: 5, print_2: 7 }]);
    expect((await kql("print now()")).rows).toEqual([{ print_0: "2024-01-01T00:00:00.0000000Z" }]);
    await expect(kql("print now()", { now: "soon" })).rejects.toThrow("`soon` is not a datetime");
  });

  test("says what is wrong", async () => {
    await expect(kql("print nope")).rejects.toThrow("KS142");
    await expect(kql("T", { tables: { T: [{ a: 1 }], U: [{ a: 1 }] } })).rejects.toThrow("does not read the table `U`");
    await expect(kql("DeviceInfo", { tables: { DeviceInfo: [{ Nam: 1 }] } })).rejects.toThrow("KQ705");
    await expect(kql("nope.kql")).rejects.toThrow("KQ715");
  });
});

test("toMatchRows compares the columns that a row names", async () => {
  const result = await kql("datatable(a:long, b:string)[1, 'x', 2, 'y']");
  expect(toMatchRows(result, [{ a: 1 }, { b: "y" }]).pass).toBe(true);
  expect(toMatchRows(result, { match: "subset", equal: [{ a: 2 }] }).pass).toBe(true);
  const failed = toMatchRows(result, [{ a: 1, b: "z" }, { b: "y" }]);
  expect(failed.pass).toBe(false);
  expect(failed.message()).toContain("row 1   a 1   b  expected z   got x");
  expect(toMatchRows(result, [{ c: 1 }]).message()).toContain("the result has no column `c`");
  expect.extend({ toMatchRows });
  (expect(result) as unknown as { toMatchRows: (rows: unknown) => void }).toMatchRows([{ a: 1 }, { a: 2 }]);
});
