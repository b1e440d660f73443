import fc from "fast-check";
import { expect, test } from "vitest";
import { keyIndex } from "../../src/runtime/keys.ts";
import { batchesOf, keyType, rowsOfTypes, rowText, schemaOf } from "./tables.ts";

const input = fc
  .array(keyType, { minLength: 1, maxLength: 3 })
  .chain((types) =>
    fc.record({ types: fc.constant(types), rows: rowsOfTypes(types), size: fc.integer({ min: 1, max: 20 }) }),
  );

test("equal combinations have equal ids, counted up as they appear, whatever the batches", () => {
  fc.assert(
    fc.property(input, ({ types, rows, size }) => {
      const index = keyIndex(types);
      const ids = batchesOf(schemaOf(types), rows, size).flatMap((batch) => [
        ...index.add(
          types.map((_, i) => batch.column(i)),
          batch.length,
        ),
      ]);
      const known = new Map<string, number>();
      const expected = rows.map((row) => {
        const text = rowText(row);
        if (!known.has(text)) known.set(text, known.size);
        return known.get(text);
      });
      expect(ids).toEqual(expected);
      expect(index.count).toBe(known.size);
    }),
    { numRuns: 300 },
  );
});

test("find gives the ids that add gave, and -1 for what is new", () => {
  fc.assert(
    fc.property(input, input, ({ types, rows, size }, other) => {
      const index = keyIndex(types);
      const idsOf = (mode: "add" | "find", of: typeof rows) =>
        batchesOf(schemaOf(types), of, size).flatMap((batch) => [
          ...index[mode](
            types.map((_, i) => batch.column(i)),
            batch.length,
          ),
        ]);
      const added = idsOf("add", rows);
      expect(idsOf("find", rows)).toEqual(added);
      if (other.types.join() !== types.join()) return;
      const known = new Map(rows.map((row, i) => [rowText(row), added[i]]));
      expect(idsOf("find", other.rows)).toEqual(other.rows.map((row) => known.get(rowText(row)) ?? -1));
    }),
    { numRuns: 300 },
  );
});

test("many longs keep their ids while the table grows", () => {
  const index = keyIndex(["long"]);
  const data = BigInt64Array.from({ length: 50_000 }, (_, i) => BigInt(i) * 4_294_967_296n - 7n);
  const first = index.add([{ type: "long", data }], data.length);
  expect(first[49_999]).toBe(49_999);
  expect(index.add([{ type: "long", data }], data.length)).toEqual(first);
});
