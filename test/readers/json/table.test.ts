import { describe, expect, test } from "vitest";
import type { Format } from "../../../src/readers/format.ts";
import { openTable, type TableOptions } from "../../../src/readers/open.ts";
import { tableOver } from "../../../src/readers/scan.ts";
import { cellsOf, failure, schemaOf, textInputOf, textsOf } from "../support.ts";

async function read(text: string, options: Partial<TableOptions> = {}, name = "t.json"): Promise<string[]> {
  return textsOf(await openTable(textInputOf(name, text), { table: "T", ...options }));
}

function ingested(text: string, columns: string, format: Format = "ndjson") {
  const files = async () => [textInputOf("t.json", text)];
  return textsOf(tableOver(files, format, schemaOf(columns), { rules: "ingestion", header: "absent" }));
}

describe("JSON", () => {
  test.each([
    ["an array", '[{"a":1,"b":"x"},{"b":"y","a":2}]'],
    ["an array with a byte order mark", '\ufeff[{"a":1,"b":"x"},\n{"b":"y","a":2}]\n'],
    ["lines", '{"a":1,"b":"x"}\n{"b":"y","a":2}\n'],
    ["objects in any layout", '{"a":1,\n "b":"x"} {"b":\n"y","a":2}'],
  ])("may be %s", async (_, text) => {
    expect(await read(text)).toEqual(["1 | x", "2 | y"]);
  });

  test("gives null for properties that are null or missing", async () => {
    expect(await read('[{"a":1},{"b":"x","a":null},{}]')).toEqual(["1 | ", "null | x", "null | "]);
  });

  test("takes the last of two properties with one name", async () => {
    expect(await read('[{"a":1,"a":2}]')).toEqual(["2"]);
  });

  test("reads escapes in names and values", async () => {
    const table = await openTable(textInputOf("t.json", '[{"\\u0061":"\\ud83d\\ude00\\n\\"","b\\/c":1}]'), {
      table: "T",
    });
    expect(table.schema).toEqual(schemaOf("a:string, b/c:long"));
    expect(await textsOf(table)).toEqual(['😀\n" | 1']);
  });

  test("keeps the text of what stands in a column of strings", async () => {
    const schema = schemaOf("a:string");
    const values = ['"x"', "1.50", "true", '{ "b": [ 1, "\\u0041" ] }', "null", '"{ }"', '""'];
    const text = values.map((value) => `{"a":${value}}`).join("\n");
    expect(await read(text, { schema })).toEqual(["x", "1.50", "true", '{"b":[1,"A"]}', "", "{ }", ""]);
  });

  test("converts what says the same in another type", async () => {
    const schema = schemaOf("l:long, r:real, b:bool, d:datetime, g:guid, t:timespan, m:decimal, y:dynamic");
    const text = `[
      {"l":"5","r":"1.5","b":"true","d":"2024-01-02","g":"74be27de-1e4e-49d9-b579-fe0b331d3642","t":"1.02:03:04","m":"0.1","y":"x"},
      {"l":5.0,"r":2,"b":1,"m":1e2,"y":{"a":[null]}},
      {"l":"","r":"","b":"","d":"","g":"","t":"","m":"","y":""}]`;
    expect(await read(text, { schema })).toEqual([
      "5 | 1.5 | true | 2024-01-02T00:00:00.0000000Z | 74be27de-1e4e-49d9-b579-fe0b331d3642 | 1.02:03:04 | 0.1 | x",
      '5 | 2.0 | true | null | null | null | 100 | {"a":[null]}',
      "null | null | null | null | null | null | null | ",
    ]);
  });

  test("keeps longs beyond what a double holds", async () => {
    expect(await read('[{"a":9223372036854775807},{"a":-9007199254740993}]')).toEqual([
      "9223372036854775807",
      "-9007199254740993",
    ]);
  });

  test.each<[string, string, string]>([
    ["is cut off", '[{"a":1},', "KQ315: t.json:1:10: an object expected, found the end of the data"],
    ["is cut off in a record", '{"a":[1,2', "KQ315: t.json:1:10: `]` expected, found the end of the data"],
    [
      "goes on after its array",
      '[{"a":1}] {"a":2}',
      'KQ315: t.json:1:11: the end of the data expected, found `{"a":2}`',
    ],
    ["lacks a comma", '[{"a":1}\n{"a":2}]', 'KQ315: t.json:2:1: `,` or `]` expected, found `{"a":2}]`'],
    ["has a comma too many", '[{"a":1},]', "KQ317: t.json:1:10: an object is expected here, one per row, found `]`"],
    ["holds a number that is none", '[{"a":01}]', "KQ315: t.json:1:7: a value expected, found `01}]`"],
    [
      "holds a line break in a string",
      '[{"a":"x\ny"}]',
      'KQ315: t.json:1:9: a closing quote expected, found `\\u000ay"}]`',
    ],
    ["holds an escape that is none", '[{"a":"\\x"}]', 'KQ315: t.json:1:8: an escape expected, found `\\x"}]`'],
    [
      "holds values that are no objects",
      "[1,2]",
      "KQ317: t.json:1:2: an object is expected here, one per row, found `1,2]`",
    ],
    ["crosses its brackets", '[{"a":[1}]', "KQ315: t.json:1:9: `]` expected, found `}]`"],
    [
      "says nothing",
      "[]",
      "KQ332: t.json: there is no record to read a schema off\ndeclare the columns in `TABLE.schema.json` beside it",
    ],
    ["is text", "hello", "KQ317: t.json:1:1: an object is expected here, one per row, found `hello`"],
  ])("is refused when it %s", async (_, text, expected) => {
    expect(await failure(() => read(text))).toBe(expected);
  });

  test("is refused when a value does not fit its column", async () => {
    const schema = schemaOf("Port:int, At:datetime");
    const help = "the schema file declares this type";
    expect(await failure(() => read('[{"Port":443},\n{"Port":"http"}]', { schema }))).toBe(
      `KQ314: t.json:2:10: the column \`Port\` expects an int, found \`http\`\n${help}`,
    );
    expect(await failure(() => read('[{"Port":1.5}]', { schema }))).toContain("expects an int, found `1.5`");
    // It may count seconds or milliseconds.
    expect(await failure(() => read('[{"At":1700000000}]', { schema }))).toContain(
      "expects a datetime, found `1700000000`",
    );
  });

  test("is refused when a record has a property that the schema does not know", async () => {
    const rows = () => read('[{"Port":1},\n {"Prot":1}]', { schema: schemaOf("Port:int") });
    const help = "a column with a similar name exists: `Port`";
    expect(await failure(rows)).toBe(`KQ312: t.json:2:3: the column \`Prot\` is not in the schema\n${help}`);
  });

  test("is refused when a nested value in a column of strings or dynamics is malformed", async () => {
    for (const type of ["string", "dynamic"]) {
      const rows = () => read('[{"a":[1 2]}]', { schema: schemaOf(`a:${type}`) });
      expect(await failure(rows)).toContain(`KQ314: t.json:1:7: the column \`a\` expects a ${type}, found \`[1 2]\``);
    }
  });

  test("with more than 10,000 properties is refused", async () => {
    const text = Array.from({ length: 10_001 }, (_, i) => `{"p${i}":1}`).join("\n");
    expect(await failure(() => read(text))).toBe("KQ329: t.json:10001:2: there are more than 10000 columns");
  });
});

test("text of a bag in a dynamic column is the bag in a file that stands for a table, and text in ingestion", async () => {
  const text = '{"a":"{\\"x\\":1}"}\n{"a":"[1"}\n{"a":"5"}\n';
  expect(await read(text, { schema: schemaOf("a:dynamic") })).toEqual(['{"x":1}', "[1", "5"]);
  const table = await openTable(textInputOf("t.json", '[{"AdditionalFields":"{\\"x\\":1}"}]'), {
    table: "DeviceEvents",
  });
  expect((await cellsOf(table))[0]).toEqual([new Map([["x", 1]])]);
  const files = async () => [textInputOf("t.json", text)];
  const ingestion = tableOver(files, "ndjson", schemaOf("a:dynamic"), { rules: "ingestion", header: "absent" });
  expect(await cellsOf(ingestion)).toEqual([['{"x":1}'], ["[1"], ["5"]]);
});

describe("lines of JSON", () => {
  test("may be far apart", async () => {
    const text = `{"a":1}${" ".repeat(10_000)}\n${"\r\n".repeat(100_000)}{"a":2}`;
    expect(await read(text, {}, "t.jsonl")).toEqual(["1", "2"]);
  });

  test.each<[string, string, string]>([
    [
      "a record goes on in the next line",
      '{"a":1,\n"b":2}\n',
      "KQ316: t.ndjson:1:1: the record does not end with its line\n" +
        "for records that span lines, and for an array of them, the format is `multijson`",
    ],
    [
      "two records share a line",
      '{"a":1} {"a":2}\n',
      'KQ315: t.ndjson:1:9: the end of the line expected, found `{"a":2}`',
    ],
    [
      "they are an array",
      '[{"a":1}]',
      "KQ317: t.ndjson:1:1: an object is expected here, one per row, found `[`\n" +
        "for an array of records the format is `multijson`",
    ],
  ])("are refused when %s", async (_, text, expected) => {
    expect(await failure(() => read(text, {}, "t.ndjson"))).toBe(expected);
  });
});

describe("JSON by the rules of ingestion", () => {
  test("gives columns by name, null where a value does not fit, and leaves out other properties", async () => {
    const text = '{"a":1,"x":[1]}\n{"a":"two","b":"y"}\n{"B":"z"}\n';
    expect(await ingested(text, "a:long, b:string")).toEqual(["1 | ", "null | y", "null | "]);
  });

  test("is refused when it is malformed", async () => {
    expect(await failure(() => ingested('{"a":1}\n{"a":\n', "a:long"))).toContain("KQ315: t.json:3:1");
  });
});
