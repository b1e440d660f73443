import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ScanPredicate } from "../../src/data/batch.ts";
import { cellAt, columnOf, storageFor } from "../../src/data/cells.ts";
import { bytePut, type PlainType } from "../../src/readers/byte-cells.ts";
import { distinctFields } from "../../src/readers/distinct.ts";
import type { Fields } from "../../src/readers/fields.ts";
import { openTable } from "../../src/readers/open.ts";
import { cellParser } from "../../src/readers/parse-cell.ts";
import { utf8Of } from "../../src/readers/text.ts";
import { cellsOf, schemaOf, textInputOf, textsOf } from "./support.ts";

describe("cells out of bytes are those out of texts", () => {
  const digits = fc.stringMatching(/^[0-9]{0,17}$/);
  const number = fc
    .tuple(fc.constantFrom("", "-", "+"), digits, fc.constantFrom("", ".", "e", "x"), digits)
    .map((parts) => parts.join(""));
  const two = fc.integer({ min: 0, max: 70 }).map((n) => String(n).padStart(2, "0"));
  const date = fc.tuple(fc.stringMatching(/^[0-2][0-9]{3}$/), two, two).map((parts) => parts.join("-"));
  const clock = fc
    .tuple(
      fc.constantFrom("T", " ", "t"),
      two,
      two,
      two,
      fc.constantFrom("", ".", ".1", ".1234567", ".12345678", ".x"),
      fc.constantFrom("", "Z", "z", "+01:00"),
    )
    .map(([t, h, m, s, fraction, zone]) => `${t}${h}:${m}:${s}${fraction}${zone}`);
  const datetime = fc.oneof(
    fc.tuple(date, clock).map((parts) => parts.join("")),
    fc
      .date({ noInvalidDate: true, min: new Date(-62_135_596_800_000), max: new Date(253_402_300_799_999) })
      .map((at) => at.toISOString()),
  );
  const word = fc.constantFrom("true", "false", "True", "FALSE", "tRue", "1", "0", "truе", "");
  const text = fc.oneof(
    number,
    datetime,
    word,
    fc.double().map(String),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }).map(String),
  );

  test.each<PlainType>(["bool", "int", "long", "real", "datetime"])("of %s", (type) => {
    const data = storageFor(type, 3);
    const put = bytePut(type, data as never)!; // it is the storage of `type`
    const parse = cellParser(type);
    let known = 0;
    fc.assert(
      fc.property(text, (text) => {
        const bytes = new TextEncoder().encode(`,${text},`);
        if (!put(bytes, 1, bytes.length - 1, 1)) return;
        known++;
        expect(Object.is(cellAt(columnOf(type, data as never), 1), parse(text))).toBe(true);
        expect([Number(data[0]), Number(data[2])]).toEqual([0, 0]);
      }),
      { numRuns: 5000 },
    );
    expect(known).toBeGreaterThan(100);
  });
});

describe("columns", () => {
  const lines = Array.from(
    { length: 3000 },
    (_, i) => `${i},${i % 7 ? `name ${i % 5}` : '"q""é"'},${i % 3 ? `unique ${i} é😀` : ""},${i / 4}`,
  );
  const text = `n,few,many,real\n${lines.join("\n")}\n`;
  const expected = lines.map((_, i) => [
    BigInt(i),
    i % 7 ? `name ${i % 5}` : 'q"é',
    i % 3 ? `unique ${i} é😀` : "",
    i / 4,
  ]);
  const open = () => openTable(textInputOf("t.csv", text), { table: "T" });

  test("of few and of many distinct strings give the same cells", async () => {
    expect(await cellsOf(await open())).toEqual(expected);
  });

  test("of few distinct strings share a dictionary", async () => {
    for await (const batch of (await open()).scan({ columns: new Set([1, 2]) })) {
      const [few, many] = [batch.column(1), batch.column(2)];
      expect(few.type === "string" && few.data.dictionary.length).toBe(6);
      expect(many.type === "string" && many.data.dictionary.length).toBe(3000);
    }
  });

  test("are made of what a predicate keeps", async () => {
    const predicate: ScanPredicate = {
      columns: new Set([0]),
      keep: (batch) =>
        Uint8Array.from({ length: batch.length }, (_, row) =>
          (cellAt(batch.column(0), row) as bigint) % 500n === 7n ? 1 : 0,
        ),
    };
    const kept = expected.filter((row) => (row[0] as bigint) % 500n === 7n);
    expect(await cellsOf(await open(), { predicate })).toEqual(kept);
    expect(await cellsOf(await open(), { predicate, columns: ["many"] })).toEqual(kept.map((row) => [row[2]]));
  });

  test("that nobody wants are not there", async () => {
    for await (const batch of (await open()).scan({ columns: new Set([1]) }))
      expect(() => batch.column(0)).toThrow("was not asked for");
  });

  test("may be many", async () => {
    const names = Array.from({ length: 5000 }, (_, i) => `c${i}`);
    const row = names.map((_, i) => String(i)).join(",");
    const table = await openTable(textInputOf("t.csv", `${names.join(",")}\n${`${row}\n`.repeat(3)}`), { table: "T" });
    expect(table.schema.length).toBe(5000);
    expect(await textsOf(table, { columns: ["c4999", "c0"] })).toEqual(["4999 | 0", "4999 | 0", "4999 | 0"]);
  });

  test("of bytes that are chosen to collide do not take forever", async () => {
    const blocks = collidingBlocks(12);
    const texts = Array.from({ length: 2 ** 12 }, (_, i) => blocks.map((pair, bit) => pair[(i >> bit) & 1]).join(""));
    const table = await openTable(textInputOf("t.csv", `x\n${texts.map((text) => `"${text}"`).join("\n")}\n`), {
      table: "T",
      schema: schemaOf("x:string"),
    });
    expect((await cellsOf(table)).map(([cell]) => cell)).toEqual(texts);
    // Few enough for a dictionary, were they not chosen.
    const some = Array.from({ length: 2048 }, (_, i) => texts[i % 512]!);
    expect(distinctFields(fieldsOver(some), 0)).toBeUndefined();
    expect(distinctFields(fieldsOver(some.map((text) => text.replace(/^./, "."))), 0)?.first.length).toBe(512);
  }, 60_000);
});

function fieldsOver(texts: readonly string[]): Fields {
  const bytes = utf8Of(texts.join(""));
  const ends = Int32Array.from(texts, (text) => text.length);
  for (let i = 1; i < ends.length; i++) ends[i]! += ends[i - 1]!;
  const starts = Int32Array.from(texts, (text, i) => ends[i]! - text.length);
  return {
    name: "",
    bytes,
    rows: texts.length,
    starts: [starts],
    ends: [ends],
    lines: new Int32Array(0),
    window: undefined,
  };
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Pairs of texts of eight bytes: taking either of each in a row gives texts with one hash. */
function collidingBlocks(count: number): readonly (readonly [string, string])[] {
  let state = count * 8;
  return Array.from({ length: count }, () => {
    const seen = new Map<number, number>();
    const text = (i: number) => Array.from({ length: 8 }, (_, at) => letters[mixed(mixed(i * 8 + at)) & 63]).join("");
    for (let i = 0; ; i++) {
      const view = new DataView(utf8Of(text(i)).buffer);
      const hash = mixed(mixed(state ^ view.getInt32(0, true)) ^ view.getInt32(4, true));
      const other = seen.get(hash);
      if (other !== undefined && text(other) !== text(i)) {
        state = hash;
        return [text(other), text(i)] as const;
      }
      seen.set(hash, i);
    }
  });
}

/** A step of the hash in readers/distinct.ts. */
function mixed(word: number): number {
  const product = Math.imul(word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
