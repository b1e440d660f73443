import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { ColumnReason } from "../../src/readers/columns.ts";
import { inputOf } from "../../src/readers/input.ts";
import { type LocalTable, openTable, type TableOptions } from "../../src/readers/open.ts";
import { failure, schemaOf, textInputOf, textsOf } from "./support.ts";

function open(text: string, options: Partial<TableOptions> = {}, name = "t.csv"): Promise<LocalTable> {
  return openTable(textInputOf(name, text), { table: "T", ...options });
}

async function typeOf(values: readonly string[]): Promise<ColumnReason> {
  const lines = values.map((value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value));
  const { reasons } = await open(`a,b\n${lines.map((line) => `${line},\n`).join("")}`);
  return reasons[0]!;
}

async function jsonTypeOf(...values: readonly string[]): Promise<ColumnReason> {
  const { reasons } = await open(values.map((value) => `{"a":${value}}`).join("\n"), {}, "t.json");
  return reasons[0]!;
}

describe("the type of a column in text", () => {
  test.each<[string, string[]]>([
    ["bool", ["true", "false", "", "True", "FALSE"]],
    ["long", ["1", "-1", "0", "", "9223372036854775807", "-9223372036854775808"]],
    ["long", ["2024", "20240102"]],
    ["real", ["-0", "1"]],
    ["real", ["1", "1.5", "-.5", "1e5", "2.50E-3", "0"]],
    [
      "datetime",
      [
        "2024-01-02",
        "2024-01-02T03:04",
        "2024-01-02 03:04:05.123456789",
        "2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05+02:00",
      ],
    ],
    ["guid", ["74be27de-1e4e-49d9-b579-fe0b331d3642", "74BE27DE-1E4E-49D9-B579-FE0B331D3642"]],
    ["dynamic", ['{"a":1}', "[]", '["x", null]']],
    ["string", ["", ""]],
    ["string", []],
  ])("is %s for %j", async (type, values) => {
    expect((await typeOf(values)).type).toBe(type);
  });

  // Each would lose something, or is not what the words say.
  test.each<[string[], string | undefined]>([
    [["007"], undefined],
    [["1", "007"], "long"],
    [["+1"], undefined],
    [["0x10"], undefined],
    [[" 1"], undefined],
    [["1,000"], undefined],
    [["9223372036854775808"], undefined],
    [["1.5", "9007199254740993"], "real"],
    [["1e999"], undefined],
    [["NaN"], undefined],
    [["yes"], undefined],
    [["1", "true"], "long"],
    [["2024-13-01"], undefined],
    [["2024-02-30"], undefined],
    [["01/02/2024"], undefined],
    [["{74be27de-1e4e-49d9-b579-fe0b331d3642}"], undefined],
    [["74be27de1e4e49d9b579fe0b331d3642"], undefined],
    [["{a}"], undefined],
    [['{"a":1}', "x"], "dynamic"],
    [["01:02:03"], undefined],
  ])("is string for %j", async (values, ruledOut) => {
    const reason = await typeOf(values);
    expect(reason.type).toBe("string");
    expect(reason.ruledOut?.type).toBe(ruledOut);
  });

  test("is explained", async () => {
    const { reasons, sampled } = await open('id,port,note\n1,443,\n2,80,"a\nb"\n3,http,c\n4.5,x,\n');
    expect(reasons).toEqual([
      {
        name: "id",
        type: "real",
        source: "inferred",
        values: 4,
        ruledOut: { type: "long", text: "4.5", place: "t.csv:6" },
      },
      {
        name: "port",
        type: "string",
        source: "inferred",
        values: 4,
        ruledOut: { type: "long", text: "http", place: "t.csv:5" },
      },
      { name: "note", type: "string", source: "inferred", values: 2, ruledOut: undefined },
    ]);
    expect(sampled).toBeUndefined();
  });

  test("takes all files of an archive into account", async () => {
    const zip = zipSync({ "1.csv": strToU8("a,b\n1,x\n"), "2.csv": strToU8("c,a\ntrue,y\n") });
    const table = await openTable(inputOf("t.zip", zip), { table: "T" });
    expect(table.schema).toEqual(schemaOf("a:string, b:string, c:bool"));
    expect(table.reasons[0]?.ruledOut).toEqual({ type: "long", text: "y", place: "t.zip/2.csv:2" });
    expect(await textsOf(table)).toEqual(["1 | x | null", "y |  | true"]);
  });
});

describe("the type of a column in JSON", () => {
  test.each<[string, string[]]>([
    ["bool", ["true", "false", "null"]],
    ["long", ["1", "-9223372036854775808"]],
    ["real", ["1", "1.0"]],
    ["real", ["1e3"]],
    ["string", ['"1"']],
    ["string", ['"true"']],
    ["datetime", ['"2024-01-02T03:04:05Z"', "null"]],
    ["guid", ['"74be27de-1e4e-49d9-b579-fe0b331d3642"']],
    ["dynamic", ['{"b":1}', "[]"]],
    ["dynamic", ['{"b":1}', '"x"', "1"]],
    ["string", ["1", '"x"']],
    ["string", ["true", "1"]],
    ["string", ["18446744073709551615"]],
    ["string", ["null"]],
    ["string", ['""']],
  ])("is %s for %j", async (type, values) => {
    expect((await jsonTypeOf(...values)).type).toBe(type);
  });

  test("is explained", async () => {
    expect(await jsonTypeOf("1", "null", '{"b":2}')).toEqual({
      name: "a",
      type: "dynamic",
      source: "inferred",
      values: 2,
      ruledOut: { type: "long", text: '{"b":2}', place: "t.json:3" },
    });
  });
});

describe("a sample", () => {
  const text = `a\n${"1\n".repeat(70_000)}x\n`;

  test("says how many rows it has, and errors say so too", async () => {
    const table = await open(text, { sample: 1000 });
    expect(table.schema).toEqual(schemaOf("a:long"));
    expect(table.sampled).toBe(65_536);
    expect(await failure(() => textsOf(table))).toBe(
      "KQ314: t.csv:70002:1: the column `a` expects a long, found `x`\n" +
        "the type was read off the first 65536 rows; `kqlite schema FILE` looks at all of them",
    );
  });

  test("is all of the data when that is small", async () => {
    const table = await open(text);
    expect(table.schema).toEqual(schemaOf("a:string"));
    expect(table.sampled).toBeUndefined();
  });
});

describe("the schema of a known table", () => {
  test("is that of the catalogue, for the columns that the file has", async () => {
    const table = await open("ResultType,TimeGenerated,DeviceDetail,Mine,DurationMs\n50126,2024-01-02,,7,\n", {
      table: "SigninLogs",
    });
    expect(table.reasons.map(({ name, type, source }) => `${name}:${type} ${source}`)).toEqual([
      "ResultType:string catalogue",
      "TimeGenerated:datetime catalogue",
      "DeviceDetail:dynamic catalogue",
      "Mine:long inferred",
      "DurationMs:long catalogue",
    ]);
    expect(await textsOf(table)).toEqual(["50126 | 2024-01-02T00:00:00.0000000Z | null | 7 | null"]);
  });

  test("holds for JSON too", async () => {
    const table = await open('[{"RemotePort":443,"Mine":{"a":1}}]', { table: "DeviceNetworkEvents" }, "t.json");
    expect(table.schema).toEqual(schemaOf("RemotePort:int, Mine:dynamic"));
  });

  test("is all of the catalogue when there are no records", async () => {
    const table = await open("[]", { table: "DeviceNetworkEvents" }, "t.json");
    expect(table.schema.length).toBeGreaterThan(40);
    expect(await textsOf(table)).toEqual([]);
  });

  test("is named where a cell does not fit", async () => {
    const table = await open("RemotePort\nhttps\n", { table: "DeviceNetworkEvents" });
    expect(await failure(() => textsOf(table))).toBe(
      "KQ314: t.csv:2:1: the column `RemotePort` expects an int, found `https`\n" +
        "it is the type of this column in the table `DeviceNetworkEvents`; " +
        "a file `DeviceNetworkEvents.schema.json` can say otherwise",
    );
  });
});

test("txt and raw need a schema of one column", async () => {
  expect(await failure(() => open("x\n", {}, "t.txt"))).toBe(
    "KQ332: t.txt: a schema cannot be read off data in the format `txt`\ndeclare the columns in `TABLE.schema.json` beside it",
  );
  const schema = schemaOf("Line:string");
  expect(await textsOf(await open("x\n\ny,z\n", { schema }, "t.txt"))).toEqual(["x", "y,z"]);
  expect(await textsOf(await open("x\ny\n", { schema }, "t.raw"))).toEqual(["x\ny\n"]);
  expect(await failure(() => open("x\n", { schema: schemaOf("a:string, b:string") }, "t.txt"))).toBe(
    "KQ333: t.txt: data in the format `txt` has one column, the schema declares 2",
  );
});

test("a format that the name does not tell is refused", async () => {
  expect(await failure(() => open("x", {}, "t.dat"))).toMatch(/^KQ301: t\.dat: the name does not say which format/);
  expect(await failure(() => open("x", {}, "t.avro"))).toBe(
    "KQ300: t.avro: the data format `avro` is not supported yet",
  );
  expect(await textsOf(await open("a\n1\n", { format: "csv" }, "t.dat"))).toEqual(["1"]);
});
