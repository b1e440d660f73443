import { describe, expect, test } from "vitest";
import type { Format } from "../../../src/readers/format.ts";
import { inputOf } from "../../../src/readers/input.ts";
import { openTable, type TableOptions } from "../../../src/readers/open.ts";
import { tableOver } from "../../../src/readers/scan.ts";
import { failure, schemaOf, textInputOf, textsOf } from "../support.ts";

async function read(text: string, options: Partial<TableOptions> = {}): Promise<string[]> {
  return textsOf(await openTable(textInputOf("t.csv", text), { table: "T", ...options }));
}

function ingested(text: string, columns: string, format: Format = "csv", header: "present" | "absent" = "absent") {
  const files = async () => [textInputOf("t.csv", text)];
  return textsOf(tableOver(files, format, schemaOf(columns), { rules: "ingestion", header }));
}

describe("a local file", () => {
  test.each([
    ["lines that end in \\n", "a,b\n1,x\n2,y\n"],
    ["lines that end in \\r\\n", "a,b\r\n1,x\r\n2,y\r\n"],
    ["a last line without an end", "a,b\n1,x\n2,y"],
    ["both ends of lines", "a,b\r\n1,x\n2,y\r\n"],
    ["a byte order mark", "\ufeffa,b\n1,x\n2,y\n"],
    ["quotes around everything", '"a","b"\n"1","x"\n"2","y"\n'],
    ["blank lines at its end", "a,b\n1,x\n2,y\n\n\r\n\n"],
    ["a carriage return at its end", "a,b\n1,x\n2,y\r"],
  ])("may have %s", async (_, text) => {
    expect(await read(text)).toEqual(["1 | x", "2 | y"]);
  });

  test("may have delimiters, line breaks and quotes in quotes", async () => {
    const rows = await read('a,b\n"x,1","line 1\r\nline 2"\n"say ""hi""",""""\n');
    expect(rows).toEqual(["x,1 | line 1\r\nline 2", 'say "hi" | "']);
  });

  test("may have quotes inside fields that start with another letter", async () => {
    expect(await read('a,b\n5" disk,x"y"\n')).toEqual(['5" disk | x"y"']);
  });

  test("may hold empty fields: the empty string, and null of other types", async () => {
    expect(await read('a,b,c\n,,\n1,,2\n3,"",4\n')).toEqual(["null |  | null", "1 |  | 2", "3 |  | 4"]);
  });

  test("may be UTF-16 with a byte order mark", async () => {
    const text = "a,b\n1,é😀\n";
    for (const big of [false, true]) {
      const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
      if (big) bytes.swap16();
      expect(await textsOf(await openTable(inputOf("t.csv", bytes), { table: "T" }))).toEqual(["1 | é😀"]);
    }
  });

  test("keeps a byte order mark that does not start it", async () => {
    expect(await read("a\n\ufeffx\n")).toEqual(["\ufeffx"]);
  });

  test("without rows is a table without rows", async () => {
    const table = await openTable(textInputOf("t.csv", "a,b\n"), { table: "T" });
    expect(table.schema).toEqual(schemaOf("a:string, b:string"));
    expect(await textsOf(table)).toEqual([]);
  });

  test("without a header has columns by position", async () => {
    const table = await openTable(textInputOf("t.csv", "1,x\n2,y\n"), { table: "T", header: "absent" });
    expect(table.schema).toEqual(schemaOf("Column1:long, Column2:string"));
    expect(await textsOf(table)).toEqual(["1 | x", "2 | y"]);
  });

  test("may lack columns of its schema: they are null", async () => {
    const schema = schemaOf("b:string, c:int, a:real");
    expect(await read("a,b\n1,x\n", { schema })).toEqual(["x | null | 1.0"]);
  });

  test("of one column has a row for each line but blank ones at no place", async () => {
    expect(await read("a\nx\n\ny\n")).toEqual(["x", "", "y"]);
  });

  test.each<[string, string, string]>([
    ["is empty", "", "KQ306: t.csv: the file is empty\nits first line names the columns"],
    ["has a record that is short", "a,b\n1,x\n2\n", "KQ309: t.csv:3: 2 fields expected, found 1"],
    ["has a record that is long", 'a,b\n"1\n",x\n2,y,z\n', "KQ309: t.csv:4: 2 fields expected, found 3"],
    ["has a blank line between records", "a,b\n1,x\n\n2,y\n", "KQ309: t.csv:3: 2 fields expected, found a blank line"],
    ["never closes a quote", 'a,b\n1,"x\n2,y\n', "KQ307: t.csv:2:3: the quote that opens here is never closed"],
    [
      "goes on after a quote",
      'a,b\n1,"x"y\n',
      'KQ308: t.csv:2:6: the field goes on after its closing quote\na quote inside a quoted field is written twice: `""`',
    ],
    ["names a column twice", "a,b,a\n", "KQ310: t.csv:1: the header names the column `a` twice"],
    ["leaves a column unnamed", "a,,b\n", "KQ311: t.csv:1: the header gives no name to column 2"],
    [
      "ends its lines in lone carriage returns",
      "a,b\r1,x\r",
      "KQ313: t.csv:1: the lines end in a lone carriage return\nend them in \\n or \\r\\n",
    ],
    [
      "holds a NUL byte",
      "a,b\n1,x\u0000y\n",
      "KQ304: t.csv:2:4: a NUL byte, so this is not a text file\n" +
        "it may be compressed, binary, or UTF-16 without a byte order mark",
    ],
  ])("is refused when it %s", async (_, text, expected) => {
    expect(await failure(() => read(text))).toBe(expected);
  });

  test("is refused when it is not UTF-8", async () => {
    const bytes = Uint8Array.from([...Buffer.from("a,b\n1,x\n2,"), 0xe9, 0x0a]);
    const table = await openTable(inputOf("t.csv", bytes), { table: "T", schema: schemaOf("a:int, b:string") });
    const help = "save the file as UTF-8, or as UTF-16 with a byte order mark";
    expect(await failure(() => textsOf(table))).toBe(`KQ303: t.csv:3:3: these bytes are not UTF-8\n${help}`);
    // Who does not look at the column has no use for its text.
    expect(await textsOf(table, { columns: ["a"] })).toEqual(["1", "2"]);
  });

  test("is refused when two broken fields make a character together", async () => {
    const bytes = Uint8Array.from([...Buffer.from("a\n"), 0xc3, 0x0a, 0xa9, 0x0a]);
    const table = await openTable(inputOf("t.csv", bytes), { table: "T", schema: schemaOf("a:string") });
    expect(await failure(() => textsOf(table))).toContain("KQ303: t.csv:2:1");
  });

  test("is refused when it is half UTF-16", async () => {
    const bytes = Uint8Array.from([0xff, 0xfe, 0x61, 0x00, 0x62]);
    const open = () => openTable(inputOf("t.csv", bytes), { table: "T" });
    expect(await failure(open)).toBe("KQ303: t.csv: it starts like UTF-16 text, but is not");
  });

  test("is refused when a cell does not fit its type", async () => {
    const schema = schemaOf("Port:int, Name:string");
    const rows = () => read('Name,Port\nweb,443\n"a\nb",http\n', { schema });
    const help = "the schema file declares this type";
    expect(await failure(rows)).toBe(`KQ314: t.csv:4:4: the column \`Port\` expects an int, found \`http\`\n${help}`);
  });

  test("is refused when it has a column that the schema does not know", async () => {
    const rows = () => read("Prot\n1\n", { schema: schemaOf("Port:int") });
    const help = "a column with a similar name exists: `Port`";
    expect(await failure(rows)).toBe(`KQ312: t.csv:1: the column \`Prot\` is not in the schema\n${help}`);
  });

  test("is refused when a record does not end in 128 MiB", async () => {
    const size = 200 * 1024 * 1024;
    const window = new Uint8Array(size).fill(120);
    const endless = { name: "t.csv", size, slice: (start: number, end: number) => window.subarray(start, end) };
    const table = openTable(endless, { table: "T", schema: schemaOf("a:string"), header: "absent" });
    const rows = async () => textsOf(await table);
    expect(await failure(rows)).toBe(
      "KQ305: t.csv:1:1: one record is longer than 128 MiB\nis a closing quote or bracket missing?",
    );
  });
});

describe("data by the rules of ingestion", () => {
  test("has columns by position; what is missing is null, what is too many is left out", async () => {
    expect(await ingested("1,x\n2\n3,y,z\n", "a:long, b:string, c:int")).toEqual([
      "1 | x | null",
      "2 |  | null",
      "3 | y | null",
    ]);
  });

  test("has null where a cell does not fit", async () => {
    expect(await ingested("x,1.5,maybe\n1,2,true\n", "a:long, b:real, c:bool")).toEqual([
      "null | 1.5 | null",
      "1 | 2.0 | true",
    ]);
  });

  test("may start with a record that is left out", async () => {
    expect(await ingested("n\n1\n2\n", "n:long", "csv", "present")).toEqual(["1", "2"]);
    expect(await ingested("", "n:long", "csv", "present")).toEqual([]);
  });

  test("skips blank lines", async () => {
    expect(await ingested("1\n\n2\r\n\r\n", "n:long")).toEqual(["1", "2"]);
  });

  test.each<[Format, string]>([
    ["tsv", "1\tx;y\n"],
    ["psv", "1|x;y\n"],
    ["scsv", '1;"x;y"\n'],
    ["sohsv", "1\u0001x;y\n"],
  ])("may be %s", async (format, text) => {
    expect(await ingested(text, "a:long, b:string", format)).toEqual(["1 | x;y"]);
  });

  test("may be txt: each line is a cell, quotes and all", async () => {
    expect(await ingested('"a,b"\n\n 1.2.3.4 \r\n', "line:string", "txt")).toEqual(['"a,b"', " 1.2.3.4 "]);
  });

  test("may be raw: the file is a cell", async () => {
    expect(await ingested("a,b\nc\n", "all:string, other:int", "raw")).toEqual(["a,b\nc\n | null"]);
  });

  test("is refused when a quote is not closed", async () => {
    expect(await failure(() => ingested('1,"x\n2,y\n', "a:long, b:string"))).toContain("KQ307: t.csv:1:3");
  });
});
