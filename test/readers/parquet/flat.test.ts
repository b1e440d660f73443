import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../../src/data/column.ts";
import { inputOf } from "../../../src/readers/input.ts";
import { openTable } from "../../../src/readers/open.ts";
import { cellsOf, failure } from "../support.ts";

/* Columns without nesting give what was written, whatever their encoding, with values missing in any place. */

const types = {
  text: "STRING",
  unique: "STRING",
  small: "INT32",
  int: "INT32",
  long: "INT64",
  real: "DOUBLE",
  single: "FLOAT",
  flag: "BOOLEAN",
} as const;
const names = Object.keys(types) as (keyof typeof types)[];

const row = fc.record({
  text: fc.option(fc.constantFrom("", "a", "b", "é😀", "x".repeat(200), "one", "two", "three", "four")),
  unique: fc.option(fc.string({ unit: "grapheme", maxLength: 9 })),
  small: fc.option(fc.integer({ min: -3, max: 3 })),
  int: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  long: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  // The writer takes -0 for 0 in a dictionary.
  real: fc.option(fc.double().map((value) => value + 0)),
  single: fc.option(fc.float().map((value) => value + 0)),
  flag: fc.option(fc.boolean()),
});
const full = row.map((values) => ({
  text: values.text ?? "a",
  unique: values.unique ?? "",
  small: values.small ?? 0,
  int: values.int ?? 1,
  long: values.long ?? 0n,
  real: values.real ?? 0,
  single: values.single ?? 0,
  flag: values.flag ?? true,
}));
const rows = fc.oneof(
  fc.array(row, { minLength: 1, maxLength: 300 }),
  fc.array(full, { minLength: 1, maxLength: 300 }),
);

describe("flat columns", () => {
  test("hold what was written", async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(40, 400, 1 << 20),
        fc.integer({ min: 1, max: 5 }),
        async (rows, pageSize, share) => {
          const columnData = names.map((name) => ({ name, data: rows.map((row) => row[name]), type: types[name] }));
          const file = parquetWriteBuffer({ columnData, rowGroupSize: [100], pageSize });
          const table = await openTable(inputOf("t.parquet", new Uint8Array(file)), { table: "T" });
          const expected = rows.map((row) =>
            names.map((name): Cell => row[name] ?? (types[name] === "STRING" ? "" : null)),
          );
          expect(await cellsOf(table)).toEqual(expected);
          // Some rows of each batch: batches begin where row groups do.
          const keep = ({ length }: { readonly length: number }) =>
            Uint8Array.from({ length }, (_, i) => Number(i % share === 0));
          const kept = expected.filter((_, i) => (i % 100) % share === 0);
          expect(await cellsOf(table, { predicate: { columns: new Set([0]), keep } })).toEqual(kept);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each(["V1", "V2"])("written by DuckDB in version %s hold what was written", async (version) => {
    const path = join(mkdtempSync(join(tmpdir(), "parquet-")), "t.parquet");
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const query = `SELECT i::BIGINT AS id, 'text ' || i % 7 AS word, CASE WHEN i % 3 = 0 THEN 'unique ' || i END AS own,
      make_timestamp(i * 1000003) AS micros, make_timestamp_ns(i * 1000003) AS nanos, epoch_ms(-i)::TIMESTAMP_MS AS millis,
      DATE '1970-01-01' + (i % 5000)::INT AS day, CASE WHEN i % 2 = 0 THEN (i % 10)::INT END AS some, i * 0.5::DOUBLE AS half,
      i % 5 = 0 AS flag FROM range(5000) t(i)`;
    await connection.run(
      `COPY (${query}) TO '${path}' (FORMAT parquet, PARQUET_VERSION ${version}, ROW_GROUP_SIZE 2048)`,
    );
    const table = await openTable(inputOf("t.parquet", readFileSync(path)), { table: "T" });
    const epoch = 621_355_968_000_000_000n;
    const floor = (value: bigint, by: bigint) => (value - (((value % by) + by) % by)) / by;
    const expected = Array.from({ length: 5000 }, (_, i): Cell[] => [
      BigInt(i),
      `text ${i % 7}`,
      i % 3 === 0 ? `unique ${i}` : "",
      epoch + BigInt(i) * 10_000_030n,
      epoch + floor(BigInt(i) * 1_000_003n, 100n),
      epoch - BigInt(i) * 10_000n,
      epoch + BigInt(i % 5000) * 864_000_000_000n,
      i % 2 === 0 ? i % 10 : null,
      i * 0.5,
      i % 5 === 0,
    ]);
    expect(await cellsOf(table)).toEqual(expected);
  });

  test("with a byte changed are refused, or read as something", async () => {
    const columnData = names.map((name) => ({
      name,
      data: fc.sample(full, { numRuns: 50, seed: 5 }).map((row) => row[name]),
      type: types[name],
    }));
    const file = new Uint8Array(parquetWriteBuffer({ columnData, codec: "UNCOMPRESSED", pageSize: 100 }));
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(255), async (at, value) => {
        const damaged = file.slice();
        damaged[at] = value;
        const read = async () => cellsOf(await openTable(inputOf("t.parquet", damaged), { table: "T" }));
        outcomes.add((await failure(read)).slice(0, 5));
      }),
      { numRuns: 600, seed: 7 },
    );
    // Errors all have a code; anything else that is thrown fails the test.
    expect(outcomes).toContain("KQ326");
  });
});
