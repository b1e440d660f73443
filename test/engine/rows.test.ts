import { describe, expect, test } from "vitest";
import { Decimal } from "../../src/data/decimal.ts";
import { type ScalarType, scalarTypes } from "../../src/data/types.ts";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";

async function cellOf(type: ScalarType, value: unknown) {
  const tables = new Map([["T", tableFromRows([{ name: "x", type }], [[value]])]]);
  const { results } = await createDatabase({ tables, clock: () => 0n }).query("T");
  const [result] = results;
  return result && rowsOf(result)[0]?.[0];
}

const epoch = 621_355_968_000_000_000n;

describe("a table from JavaScript values", () => {
  test.each([
    ["bool", true, true],
    ["int", -5, -5],
    ["int", 5n, 5],
    ["long", 5, 5n],
    ["long", 9_223_372_036_854_775_807n, 9_223_372_036_854_775_807n],
    ["real", 1.5, 1.5],
    ["real", Number.NaN, Number.NaN],
    ["decimal", "1.10", new Decimal("1.1")],
    ["decimal", 2, new Decimal(2)],
    ["datetime", new Date("1970-01-01T00:00:00.001Z"), epoch + 10_000n],
    ["datetime", "1970-01-01", epoch],
    ["datetime", epoch, epoch],
    ["timespan", "00:00:01", 10_000_000n],
    ["timespan", 7n, 7n],
    ["guid", "74BE27DE-1E4E-49D9-B579-FE0B331D3642", "74be27de-1e4e-49d9-b579-fe0b331d3642"],
    ["string", "x", "x"],
    ["string", null, ""],
    ["dynamic", [1, 1.5, "x", null, { a: undefined }], [1, 1.5, "x", null, new Map([["a", null]])]],
    ["dynamic", { typed: "a slot like any other" }, new Map([["typed", "a slot like any other"]])],
    ["dynamic", new Date("1970-01-01"), { typed: "datetime", value: epoch }],
    ["dynamic", 10n ** 18n, 10n ** 18n],
  ] as const)("%s from %s", async (type, value, cell) => {
    expect(await cellOf(type, value)).toEqual(cell);
  });

  test("null and undefined are null", async () => {
    for (const type of scalarTypes.filter((each) => each !== "string")) {
      expect(await cellOf(type, null)).toBe(null);
      expect(await cellOf(type, undefined)).toBe(null);
    }
  });

  test.each([
    ["bool", 1],
    ["int", 2 ** 31],
    ["int", 1.5],
    ["long", 2 ** 53],
    ["long", 1n << 63n],
    ["long", "1"],
    ["real", "1"],
    ["decimal", "one"],
    ["datetime", "someday"],
    ["datetime", new Date(Number.NaN)],
    ["datetime", -1n],
    ["timespan", 1.5],
    ["guid", "x"],
    ["string", 1],
    ["dynamic", () => 1],
    ["dynamic", 1n << 64n],
  ] as const)("%s is not made from %s", (type, value) => {
    expect(() => tableFromRows([{ name: "x", type }], [[value]])).toThrow(KqlError);
  });

  test("rows have as many values as there are columns", () => {
    expect(() => tableFromRows([{ name: "x", type: "long" }], [[1, 2]])).toThrow("KQ403: row 1 has 2 values");
  });
});
