import { describe, expect, test } from "vitest";
import { addressOf } from "../../src/readers/address.ts";
import { detectFormat, detectKustoFormat, fileName, formatNamed, kustoFormat } from "../../src/readers/format.ts";
import { bytesText } from "../../src/readers/input.ts";
import { failure } from "./support.ts";

test.each([
  ["logs/Events.csv.gz", "Events", "csv", "gz"],
  ["C:\\logs\\Events.JSON", "Events", "json", undefined],
  ["Events.zip", "Events", "", "zip"],
  ["a.b.csv", "a.b", "csv", undefined],
  [".csv", ".csv", "", undefined],
  ["https://host/x/list.CSV.ZIP", "list", "csv", "zip"],
])("the name %s", (path, stem, ending, compression) => {
  expect(fileName(path)).toEqual({ stem, ending, compression });
});

describe("formats", () => {
  test("are told by the name of a file, where JSON has any layout", () => {
    const named = [
      "a.csv",
      "a.tsv",
      "a.tab",
      "a.psv",
      "a.scsv",
      "a.sohsv",
      "a.txt",
      "a.raw",
      "a.json",
      "a.jsonl",
      "a.ndjson",
      "a.parquet",
      "a.dat",
    ];
    expect(named.map(detectFormat)).toEqual([
      "csv",
      "tsv",
      "tsv",
      "psv",
      "scsv",
      "sohsv",
      "txt",
      "raw",
      "multijson",
      "ndjson",
      "ndjson",
      "parquet",
      undefined,
    ]);
    expect(detectKustoFormat("a.json.gz")).toBe("ndjson");
  });

  test("are named by Kusto's words, in any case", async () => {
    expect(kustoFormat("MultiJSON", "u")).toBe("multijson");
    expect(kustoFormat("json", "u")).toBe("ndjson");
    expect(formatNamed("json")).toBe("multijson");
    expect(await failure(() => kustoFormat("avro", "u"))).toBe("KQ300: u: the data format `avro` is not supported yet");
    expect(await failure(() => kustoFormat("xls", "u"))).toMatch(
      /^KQ302: `xls` is not a data format\nit is one of `csv`/,
    );
  });
});

describe("addresses", () => {
  test.each([
    ["https://h/a.csv", "https://h/a.csv", "https://h/a.csv", false],
    [" https://h/a.csv ", "https://h/a.csv", "https://h/a.csv", false],
    ["https://h/a.csv?sv=2020&sig=SECRET", "https://h/a.csv", "https://h/a.csv", false],
    ["https://h/a.csv;SECRET==", "https://h/a.csv", "https://h/a.csv", true],
    ["https://h/a.csv;", "https://h/a.csv", "https://h/a.csv", false],
    ["https://h/a.csv?x=1;managed_identity=system", "https://h/a.csv?x=1", "https://h/a.csv", true],
    ["https://h/list?format=csv#part", "https://h/list?format=csv", "https://h/list", false],
    ["https://h/list?id=1&token=SECRET", "https://h/list", "https://h/list", false],
    ["https://user:SECRET@h/a.csv", "https://h/a.csv", "https://h/a.csv", false],
    [
      "abfss://files@account.dfs.core.windows.net/a.csv;impersonate",
      "abfss://files@account.dfs.core.windows.net/a.csv",
      "abfss://files@account.dfs.core.windows.net/a.csv",
      true,
    ],
    ["C:\\data\\a.csv", "C:\\data\\a.csv", "C:\\data\\a.csv", false],
  ])("%s", (uri, key, path, credentials) => {
    expect(addressOf(uri)).toEqual({ key, path, credentials });
  });
});

test("sizes read well", () => {
  expect([0, 1023, 1024, 1536, 128 * 1024 ** 2, 2 * 1024 ** 3].map(bytesText)).toEqual([
    "0 bytes",
    "1023 bytes",
    "1 KiB",
    "1.5 KiB",
    "128 MiB",
    "2 GiB",
  ]);
});
