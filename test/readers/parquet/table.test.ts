import { readFileSync } from "node:fs";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import type { ScanPredicate } from "../../../src/data/batch.ts";
import { cellAt } from "../../../src/data/cells.ts";
import { type Input, inputOf } from "../../../src/readers/input.ts";
import { type LocalTable, openTable, type TableOptions } from "../../../src/readers/open.ts";
import { tableOver } from "../../../src/readers/scan.ts";
import { cellsOf, failure, schemaOf, textsOf } from "../support.ts";

/* The fixtures are written by DuckDB, with `copy (select …) to '….parquet' (format parquet, …)`. */

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/${name}.parquet`, import.meta.url));
}

function open(name: string, options: Partial<TableOptions> = {}): Promise<LocalTable> {
  return openTable(inputOf(`${name}.parquet`, fixture(name)), { table: "T", ...options });
}

async function firstCells(name: string): Promise<Record<string, string | undefined>> {
  const table = await open(name);
  const columns = table.schema.map((field) => field.name);
  const found: Record<string, string | undefined> = {};
  for (const column of columns) {
    try {
      found[column] = (await textsOf(table, { columns: [column] }))[0];
    } catch {
      found[column] = undefined;
    }
  }
  return found;
}

describe("Parquet", () => {
  test("gives each type exactly", async () => {
    expect(await firstCells("types")).toEqual({
      id: "1",
      bool: "true",
      int8: "1",
      int16: "-2",
      int32: "3",
      int64: "9223372036854775807",
      uint8: "200",
      uint16: "60000",
      uint32: "4000000000",
      uint64: undefined,
      f32: "1.5",
      f64: "0.1",
      text: "é😀",
      bytes: "abc",
      dec4: "123.45",
      dec8: "12345678901234.5678",
      dec16: "123456789012345678901234567890.1234",
      day: "0001-01-01T00:00:00.0000000Z",
      micros: "1969-12-31T23:59:59.9999990Z",
      seconds: "2020-01-01T00:00:01.0000000Z",
      millis: "2020-01-01T00:00:00.0010000Z",
      nanos: "2020-01-01T00:00:00.1234567Z",
      zoned: "2019-12-31T22:00:00.0000000Z",
      clock: "10:11:12.1234560",
      guid: "74be27de-1e4e-49d9-b579-fe0b331d3642",
      json: '{"a":[1,2.0]}',
    });
  });

  test("knows the types of its columns", async () => {
    const { schema, reasons } = await open("types");
    expect(reasons.every((reason) => reason.source === "stored")).toBe(true);
    expect(schema.map(({ name, type }) => `${name}:${type}`).join(" ")).toBe(
      "id:int bool:bool int8:int int16:int int32:int int64:long uint8:int uint16:int uint32:long uint64:long f32:real " +
        "f64:real text:string bytes:string dec4:decimal dec8:decimal dec16:decimal day:datetime micros:datetime " +
        "seconds:datetime millis:datetime nanos:datetime zoned:datetime clock:timespan guid:guid json:dynamic",
    );
  });

  test("gives null for null, and the empty string for a string that is null", async () => {
    const table = await open("types");
    const columns = table.schema.map(({ name }) => name).filter((name) => name !== "uint64");
    const [, row = []] = await cellsOf(table, { columns });
    const strings = ["text", "bytes"];
    expect(row).toEqual(columns.map((name) => (name === "id" ? 2 : strings.includes(name) ? "" : null)));
  });

  test("refuses a number that a long cannot hold, but only to who reads it", async () => {
    const table = await open("types");
    expect(await failure(() => textsOf(table, { columns: ["uint64"] }))).toBe(
      "KQ314: types.parquet, row 1: the column `uint64` expects a long, found `18446744073709551615`",
    );
  });

  test("gives nested groups as dynamics", async () => {
    const table = await open("nested");
    expect(await textsOf(table, { columns: ["id", "list", "lists"] })).toEqual([
      '1 | [1,null,3] | [["a"],[],null,["b","c"]]',
      "2 | [] | []",
      "3 | null | null",
    ]);
    expect(await textsOf(table, { columns: ["struct", "map"] })).toEqual([
      '{"x":1,"y":{"z":"q"}} | {"k":1,"__proto__":2,"10":null}',
      '{"x":null,"y":{"z":null}} | {}',
      "null | null",
    ]);
    expect(await textsOf(table, { columns: ["structs", "days", "times"] })).toEqual([
      '[{"a":1},{"a":null}] | {"1":"2020-01-01T00:00:00.0000000Z"} | ["2020-01-01T00:00:00.5000000Z",null]',
      "[] | null | []",
      "null | null | null",
    ]);
  });

  test("refuses a group that it cannot tell, but only to who reads it", async () => {
    const table = await open("nested");
    expect(await failure(() => textsOf(table, { columns: ["proto"] }))).toBe(
      "KQ327: nested.parquet: the column `proto` is of the parquet type group, which is not supported yet",
    );
  });

  test.each(["snappy", "gzip", "brotli", "lz4_raw", "uncompressed"])("may be packed as %s", async (codec) => {
    const rows = await textsOf(await open(codec));
    expect(rows).toEqual(Array.from({ length: 200 }, (_, i) => `${i} | name ${i}`));
  });

  test("is read row group by row group, and only the columns that are wanted", async () => {
    const bytes = fixture("groups");
    let read = 0;
    const input: Input = {
      name: "groups.parquet",
      size: bytes.length,
      slice: (start, end) => {
        read += end - start;
        return bytes.subarray(start, end);
      },
    };
    const table = await openTable(input, { table: "T" });
    read = 0;
    const lengths: number[] = [];
    for await (const batch of table.scan({ columns: new Set([1]) })) {
      lengths.push(batch.length);
      expect(cellAt(batch.column(1), 0)).toMatch(/^name /);
    }
    expect(lengths).toEqual([2048, 2048, 904]);
    const footer = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8).getUint32(0, true);
    expect(read).toBeLessThan(bytes.length + footer);
  });

  test("applies a predicate before it reads the other columns", async () => {
    const table = await open("groups");
    const predicate: ScanPredicate = {
      columns: new Set([0]),
      keep: (batch) =>
        Uint8Array.from({ length: batch.length }, (_, row) =>
          Number((cellAt(batch.column(0), row) as bigint) % 1000n === 7n),
        ),
    };
    expect(await textsOf(table, { columns: ["n", "name", "maybe"], predicate })).toEqual([
      "7 | name 7 | 14",
      "1007 | name 7 | 2014",
      "2007 | name 7 | null",
      "3007 | name 7 | 6014",
      "4007 | name 7 | 8014",
    ]);
  });

  test("may hold the old timestamps of 96 bits", async () => {
    // Nanoseconds of the day, and the Julian day: 2440588 is 1970-01-01.
    const stamps = [
      [0n, 2_440_588],
      [86_399_999_999_999n, 2_440_587],
      [1_234_567_890n, 2_459_946],
    ] as const;
    const data = stamps.map(([nanos, day]) => {
      const stamp = new Uint8Array(12);
      new DataView(stamp.buffer).setBigInt64(0, nanos, true);
      new DataView(stamp.buffer).setInt32(8, day, true);
      return stamp;
    });
    const schema = [
      { name: "root", num_children: 1 },
      { name: "at", type: "FIXED_LEN_BYTE_ARRAY" as const, type_length: 12, repetition_type: "REQUIRED" as const },
    ];
    const bytes = new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: "at", data }], schema, codec: "UNCOMPRESSED" }),
    );
    // Both spell their values alike: the type in the schema (7 becomes 3), and that of the column.
    const patched = Buffer.from(bytes.map((byte, i) => (isTypeOfColumn(bytes, i) ? 6 : byte)));
    const table = await openTable(inputOf("t.parquet", patched), { table: "T" });
    expect(table.schema).toEqual(schemaOf("at:datetime"));
    expect(await textsOf(table)).toEqual([
      "1970-01-01T00:00:00.0000000Z",
      "1969-12-31T23:59:59.9999999Z",
      "2023-01-01T00:00:01.2345678Z",
    ]);
  });

  test("goes by a schema where that loses nothing", async () => {
    const schema = schemaOf("n:int, name:string, maybe:real, span:dynamic, more:guid");
    const table = await open("groups", { schema });
    expect((await textsOf(table, { columns: ["n", "maybe", "more"] })).slice(0, 3)).toEqual([
      "0 | null | null",
      "1 | 2.0 | null",
      "2 | 4.0 | null",
    ]);
    const text = await open("snappy", { schema: schemaOf("n:string, name:dynamic") });
    expect((await textsOf(text))[1]).toBe("1 | name 1");
  });

  test("is refused where its schema says something else", async () => {
    const mismatch = await open("snappy", { schema: schemaOf("n:datetime, name:string") });
    expect(await failure(() => textsOf(mismatch))).toBe(
      "KQ328: snappy.parquet: the schema says that `n` is a datetime, the file holds INT64 (INT_64)",
    );
    const unknown = await open("snappy", { schema: schemaOf("n:long") });
    expect(await failure(() => textsOf(unknown))).toBe(
      "KQ312: snappy.parquet: the column `name` is not in the schema\nthe schema has `n`",
    );
    const cell = await open("snappy", { schema: schemaOf("n:long, name:long") });
    expect(await failure(() => textsOf(cell))).toBe(
      "KQ314: snappy.parquet, row 1: the column `name` expects a long, found `name 0`\n" +
        "the schema file declares this type",
    );
  });

  test("refuses an interval, but only to who reads it", async () => {
    const table = await open("groups");
    expect(await failure(() => textsOf(table, { columns: ["span"] }))).toBe(
      "KQ327: groups.parquet: the column `span` is of the parquet type FIXED_LEN_BYTE_ARRAY (INTERVAL), " +
        "which is not supported yet",
    );
  });

  test("by the rules of ingestion has columns by name, and null where a cell does not fit", async () => {
    const files = async () => [inputOf("snappy.parquet", fixture("snappy"))];
    const table = tableOver(files, "parquet", schemaOf("other:int, name:long, n:int"), {
      rules: "ingestion",
      header: "absent",
    });
    expect((await textsOf(table)).slice(0, 2)).toEqual(["null | null | 0", "null | null | 1"]);
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ["is empty", () => new Uint8Array(0)],
    ["is text", () => Buffer.from("a,b\n1,2\n")],
    ["is cut off", (bytes) => bytes.subarray(0, bytes.length - 100)],
    ["has lost its start", (bytes) => bytes.subarray(500)],
    [
      "has a footer without an end",
      (bytes) => bytes.map((byte, i) => (i >= bytes.length - 8 && i < bytes.length - 4 ? 255 : byte)),
    ],
    [
      "has a damaged footer",
      (bytes) => bytes.map((byte, i) => (i > bytes.length - 400 && i < bytes.length - 300 ? 0xff : byte)),
    ],
    ["has damaged pages", (bytes) => bytes.map((byte, i) => (i > 20 && i < 400 ? byte ^ 0x55 : byte))],
  ])("that %s is refused", async (_, damage) => {
    const rows = async () => textsOf(await openTable(inputOf("t.parquet", damage(fixture("snappy"))), { table: "T" }));
    expect(await failure(rows)).toMatch(/^KQ326: t\.parquet: the parquet data cannot be read: ./);
  });
});

function isTypeOfColumn(bytes: Uint8Array, at: number): boolean {
  // `15 0e` is the first field of a thrift struct, an int of 7. The length of the type follows, or the encodings.
  if (bytes[at] !== 0x0e || bytes[at - 1] !== 0x15) return false;
  return (bytes[at + 1] === 0x15 && bytes[at + 2] === 24) || bytes[at + 1] === 0x19;
}
