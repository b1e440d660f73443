import { gzipSync, strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../src/data/column.ts";
import { type ExternalResolver, externalTable } from "../../src/engine/external.ts";
import { addressOf } from "../../src/readers/address.ts";
import { type Input, inputOf } from "../../src/readers/input.ts";
import { failure, schemaOf, textInputOf, textsOf } from "../readers/support.ts";

/** A resolver that knows addresses by their keys. */
function resolver(files: Readonly<Record<string, string | Uint8Array | Input>>): ExternalResolver {
  return async (url) => {
    const { key } = addressOf(url);
    const data = files[key];
    if (data === undefined) return undefined;
    if (typeof data === "string") return textInputOf(key, data);
    return data instanceof Uint8Array ? inputOf(key, data) : data;
  };
}

function read(
  uris: string | readonly string[],
  columns: string,
  options: Readonly<Record<string, Cell>>,
  files: Parameters<typeof resolver>[0],
): Promise<string[]> {
  const request = {
    uris: typeof uris === "string" ? [uris] : uris,
    columns: schemaOf(columns),
    options: new Map(Object.entries(options)),
  };
  return textsOf(externalTable(request, { resolve: resolver(files) }));
}

const url = "https://host/list.csv";

describe("the format", () => {
  const csv = "1,x\n2,y\n";
  const columns = "n:long, s:string";
  const rows = ["1 | x", "2 | y"];

  test.each<[string, string | Uint8Array]>([
    ["https://host/list.csv", csv],
    ["https://host/list.CSV", csv],
    ["https://host/list.tsv", "1\tx\n2\ty\n"],
    ["https://host/list.psv", "1|x\n2|y\n"],
    ["https://host/list.csv.gz", gzipSync(strToU8(csv))],
    ["https://host/list.csv.zip", zipSync({ "any.txt": strToU8(csv) })],
    ["https://host/list.zip", zipSync({ "list.csv": strToU8(csv) })],
    ["https://host/list.zip", zipSync({ list: strToU8(csv) })],
    ["https://host/list.gz", gzipSync(strToU8(csv))],
    ["https://host/list.json", '{"n":1,"s":"x"}\n{"s":"y","n":2}\n'],
    ["https://host/list.multijson", '[{"n":1,"s":"x"},\n{"s":"y","n":2}]'],
    // What has no format in its name is CSV.
    ["https://host/api/list", csv],
    ["https://host/list.php?download=1", csv],
    ["https://host/list.dat", csv],
  ])("of %s is told by the address", async (address, data) => {
    expect(await read(address, columns, {}, { [address]: data })).toEqual(rows);
  });

  test("is that of `format`, whatever the address says", async () => {
    expect(await read(url, columns, { format: "psv" }, { [url]: "1|x\n2|y\n" })).toEqual(rows);
    expect(await read(url, "s:string", { format: "TXT" }, { [url]: csv })).toEqual(["1,x", "2,y"]);
    expect(await read(url, "s:string", { format: "raw" }, { [url]: csv })).toEqual([csv]);
  });

  test("is not told by a signature behind it", async () => {
    const address = "https://account.blob.core.windows.net/c/list.json?sv=2020&sig=a.csv";
    const data = { "https://account.blob.core.windows.net/c/list.json": '{"n":1,"s":"x"}' };
    expect(await read(address, columns, {}, data)).toEqual(["1 | x"]);
  });

  test("is refused when there is no reader for it", async () => {
    expect(await failure(() => read("https://host/list.avro", columns, {}, {}))).toBe(
      "KQ300: https://host/list.avro: the data format `avro` is not supported yet",
    );
    expect(await failure(() => read(url, columns, { format: "w3clogfile" }, {}))).toBe(
      "KQ300: https://host/list.csv: the data format `w3clogfile` is not supported yet",
    );
    expect(await failure(() => read(url, columns, { format: "excel" }, {}))).toMatch(
      /^KQ302: `excel` is not a data format/,
    );
  });

  test("of JSON is an object per line, as in Kusto", async () => {
    expect(await failure(() => read("https://host/a.json", columns, {}, { "https://host/a.json": '[{"n":1}]' }))).toBe(
      "KQ317: https://host/a.json:1:1: an object is expected here, one per row, found `[`\n" +
        "for an array of records the format is `multijson`",
    );
  });
});

describe("a copy of the data", () => {
  const zipUrl = "https://host/list.csv.zip";

  test("may be unpacked where the address is that of an archive", async () => {
    expect(await read(zipUrl, "n:long", {}, { [zipUrl]: textInputOf("downloads/list.csv", "1\n") })).toEqual(["1"]);
  });

  test("may be packed where the address is not", async () => {
    const packed = inputOf("downloads/list.csv.gz", gzipSync(strToU8("1\n")));
    expect(await read(url, "n:long", {}, { [url]: packed })).toEqual(["1"]);
  });

  test("is packed as the address says when its name says nothing", async () => {
    const packed = inputOf("/tmp/blob", zipSync({ "a.csv": strToU8("1\n") }));
    expect(await read(zipUrl, "n:long", {}, { [zipUrl]: packed })).toEqual(["1"]);
  });
});

describe("ignoreFirstRecord", () => {
  const text = "n\n1\n2\n";

  test.each<[Cell]>([[true], ["true"], ["True"]])("leaves out the first record when it is %j", async (value) => {
    expect(await read(url, "n:long", { ignoreFirstRecord: value }, { [url]: text })).toEqual(["1", "2"]);
    expect(await read(url, "n:long", { ignorefirstrecord: value }, { [url]: text })).toEqual(["1", "2"]);
  });

  test("leaves out nothing when it is false", async () => {
    expect(await read(url, "n:long", { ignoreFirstRecord: false }, { [url]: text })).toEqual(["null", "1", "2"]);
  });

  test("counts for every file", async () => {
    const zip = "https://host/b.csv.zip";
    const data = { [url]: text, [zip]: zipSync({ "1.csv": strToU8("n\n3\n"), "2.csv": strToU8("n\n4\n") }) };
    expect(await read([url, zip], "n:long", { ignoreFirstRecord: true }, data)).toEqual(["1", "2", "3", "4"]);
  });

  test.each(["json", "multijson", "raw", "parquet"])("is refused for %s", async (format) => {
    expect(await failure(() => read(url, "n:long", { format, ignoreFirstRecord: true }, {}))).toBe(
      `KQ353: \`ignoreFirstRecord\` is not supported for data in the format \`${format}\`\n` +
        "it is for files whose first line names the columns",
    );
  });

  test("is refused when the files in an archive turn out to be JSON", async () => {
    const zip = "https://host/a.zip";
    const data = { [zip]: zipSync({ "a.json": strToU8("{}") }) };
    expect(await failure(() => read(zip, "n:long", { ignoreFirstRecord: true }, data))).toMatch(/^KQ353/);
  });

  test("is refused when it is no flag", async () => {
    for (const value of [1n, "yes", null]) {
      expect(await failure(() => read(url, "n:long", { ignoreFirstRecord: value }, {}))).toBe(
        "KQ352: the property `ignoreFirstRecord` of `externaldata` expects `true` or `false`",
      );
    }
  });
});

describe("ingestionMapping", () => {
  const mapped = (columns: string, mapping: unknown, data: string, more: Readonly<Record<string, Cell>> = {}) => {
    const options = { ingestionMapping: typeof mapping === "string" ? mapping : JSON.stringify(mapping), ...more };
    return read(url, columns, options, { [url]: data });
  };
  const column = (Column: string, Properties: object) => ({ Column, Properties });

  test("takes fields of delimited text by their place", async () => {
    const mapping = [column("b", { Ordinal: "2" }), column("a", { Ordinal: 0 }), column("c", { ConstValue: "7" })];
    expect(
      await mapped("a:long, b:string, c:int, d:string", mapping, "n,x,y\n1,x,p\n2,x,q\n", { ignoreFirstRecord: true }),
    ).toEqual(["1 | p | 7 | ", "2 | q | 7 | "]);
  });

  test("takes values of JSON by their path", async () => {
    const mapping = [
      column("a", { Path: "$.id" }),
      column("b", { Path: "$.who.name" }),
      column("c", { Path: "$['some ports'][1]" }),
      column("d", { path: "$.who" }),
      column("e", { Path: "fixed" }),
    ];
    const data = '{"id":1,"who":{"name":"ann"},"some ports":[1,22]}\n{"id":2,"who":null}\n';
    expect(await mapped("a:long, b:string, c:int, d:dynamic, e:string", mapping, data, { format: "json" })).toEqual([
      '1 | ann | 22 | {"name":"ann"} | fixed',
      "2 |  | null | null | fixed",
    ]);
  });

  test("may be written in the older form", async () => {
    expect(await mapped("a:long", [{ column: "a", path: "$.x" }], '{"x":5}', { format: "json" })).toEqual(["5"]);
  });

  test.each([
    ["x", "KQ352: the property `ingestionMapping` of `externaldata` expects a JSON list of columns"],
    [
      [column("z", { Ordinal: 0 })],
      "KQ352: the property `ingestionMapping` of `externaldata` expects columns of the table, each once, which `z` is not",
    ],
    [
      [column("a", {})],
      "KQ352: the property `ingestionMapping` of `externaldata` expects an `Ordinal`, a `Path` or a `ConstValue`",
    ],
    [[column("a", { Path: "$" })], "KQ351: the property `ingestionMapping $` of `externaldata` is not supported yet"],
    [
      [column("a", { Path: "$.x", Transform: "SourceLocation" })],
      "KQ351: the property `ingestionMapping Transform` of `externaldata` is not supported yet",
    ],
    [
      [column("a", { Path: "$.x" })],
      "KQ352: the property `ingestionMapping` of `externaldata` expects an `Ordinal` for fields",
    ],
  ])("%j is refused", async (mapping, message) => {
    expect(await failure(() => mapped("a:long", mapping, "1\n"))).toBe(message);
  });
});

describe("other properties are refused", () => {
  test.each(["ingestionMappingReference", "mapping", "zipPattern"])("%s by name", async (name) => {
    expect(await failure(() => read(url, "n:long", { [name]: "x" }, {}))).toBe(
      `KQ351: the property \`${name}\` of \`externaldata\` is not supported yet`,
    );
  });

  test("unknown ones", async () => {
    expect(await failure(() => read(url, "n:long", { ignoreFirstRow: true }, {}))).toBe(
      "KQ350: `externaldata` has no property `ignoreFirstRow`\nit takes `format`, `ignoreFirstRecord`, `ingestionMapping`",
    );
    expect(await failure(() => read(url, "n:long", { format: 1n }, {}))).toBe(
      "KQ352: the property `format` of `externaldata` expects the name of a format",
    );
    expect(await failure(() => read(url, "n:long", { format: "csv", Format: "tsv" }, {}))).toBe(
      "KQ352: `externaldata` is given the property `Format` twice",
    );
  });
});

describe("data that is not there", () => {
  test("is an error that says which flag to add, and shows no secret", async () => {
    const address = "https://a.blob.core.windows.net/c/users.csv?sv=2020&sig=SECRET;SECRETKEY==";
    expect(await failure(() => read(address, "n:long", {}, {}))).toBe(
      "KQ354: the external data at `https://a.blob.core.windows.net/c/users.csv` is not pinned\n" +
        "give a file with `-x 'https://a.blob.core.windows.net/c/users.csv=FILE'`, " +
        "or keep a copy of the data with `kqlite pin FILE`",
    );
  });

  test("is an error without a resolver", async () => {
    const request = { uris: [url], columns: schemaOf("n:long"), options: new Map() };
    expect(await failure(() => textsOf(externalTable(request, {})))).toMatch(/^KQ354/);
  });

  test("is an error though another address has rows", async () => {
    const rows = read([url, "https://host/other.csv"], "n:long", {}, { [url]: "1\n" });
    expect(await failure(() => rows)).toMatch(/^KQ354: the external data at `https:\/\/host\/other.csv`/);
  });
});

test("nothing is fetched before somebody reads, and then once", async () => {
  let fetched = 0;
  const resolve: ExternalResolver = async () => {
    fetched++;
    return textInputOf("list.csv", "1\n");
  };
  const table = externalTable({ uris: [url], columns: schemaOf("n:long"), options: new Map() }, { resolve });
  expect(fetched).toBe(0);
  expect(await textsOf(table)).toEqual(["1"]);
  expect(await textsOf(table)).toEqual(["1"]);
  expect(fetched).toBe(1);
});

test("columns are by position in text, by name in JSON; what does not fit is null", async () => {
  expect(await read(url, "n:int, at:datetime, s:string", {}, { [url]: "1,2024-01-02,x,more\nx,y\n\n" })).toEqual([
    "1 | 2024-01-02T00:00:00.0000000Z | x",
    "null | null | ",
  ]);
  const json = "https://host/a.json";
  expect(await read(json, "n:int, s:string", {}, { [json]: '{"s":"x","other":1}\n{"n":"y"}\n' })).toEqual([
    "null | x",
    "null | ",
  ]);
});
