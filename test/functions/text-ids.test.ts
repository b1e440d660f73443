import fc from "fast-check";
import { expect, test } from "vitest";
import type { StringDictionary } from "../../src/data/column.ts";
import { dictionaryOf, lateDictionary } from "../../src/data/dictionary.ts";
import { TextIds } from "../../src/functions/text-ids.ts";

/* Texts have the numbers in which they first come, whether they are strings or bytes, and however many they are. */

/** As a reader of files has it: places, as long as all texts are ASCII. */
function inBytes(texts: readonly string[]): StringDictionary {
  const bytes = new TextEncoder().encode(`#${texts.join("#")}`);
  const starts = new Int32Array(texts.length);
  const ends = new Int32Array(texts.length);
  let at = 0;
  for (const [i, text] of texts.entries()) {
    starts[i] = at + 1;
    at += 1 + text.length;
    ends[i] = at;
  }
  const isAscii = bytes.length === at;
  return lateDictionary(
    texts.length,
    () => texts,
    undefined,
    () => (isAscii ? { bytes, starts, ends } : undefined),
  );
}

const text = fc.oneof(
  fc.constantFrom("", "a", "b", "ab", "é", "😀", "a long text that is the same", "a long text that is not the same"),
  fc.integer({ min: 0, max: 30 }).map((n) => `text ${n}`),
);
const batch = fc.tuple(fc.array(text, { minLength: 1, maxLength: 20 }), fc.boolean());

function numbersOf(ids: TextIds, dictionary: StringDictionary): readonly number[] {
  const codes = Int32Array.from({ length: dictionary.length }, (_, code) => code);
  const numbers = new Int32Array(codes.length);
  ids.add({ codes, dictionary }, codes.length, numbers);
  return [...numbers];
}

function expected(batches: readonly (readonly string[])[]): readonly (readonly number[])[] {
  const known = new Map<string, number>();
  const numberOf = (one: string) => {
    if (!known.has(one)) known.set(one, known.size);
    return known.get(one)!;
  };
  return batches.map((texts) => texts.map(numberOf));
}

test("bytes and strings of one text have one number", () => {
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 6 }), (batches) => {
      const ids = new TextIds();
      const found = batches.map(([texts, bytes]) => numbersOf(ids, bytes ? inBytes(texts) : dictionaryOf(texts)));
      const wanted = expected(batches.map(([texts]) => texts));
      expect(found).toEqual(wanted);
      expect(ids.size).toBe(new Set(wanted.flat()).size);
      const all = [...new Set(batches.flatMap(([texts]) => texts)), "nowhere"];
      const codes = Int32Array.from(all.keys());
      const numbers = new Int32Array(all.length);
      ids.find({ codes, dictionary: dictionaryOf(all) }, all.length, numbers);
      expect(numbers.at(-1)).toBe(-1);
      expect(new Set(numbers).size).toBe(all.length);
    }),
  );
});

test("more texts than are kept as strings", () => {
  const count = 60_000;
  const texts = Array.from({ length: count }, (_, i) => (i % 1000 === 0 ? `é${i}` : `text ${i}`));
  const ids = new TextIds();
  const order = Array.from({ length: count }, (_, i) => i);
  expect(numbersOf(ids, dictionaryOf(texts))).toEqual(order);
  expect(numbersOf(ids, inBytes(texts.filter((one) => one.startsWith("text"))))).toEqual(
    order.filter((i) => i % 1000 !== 0),
  );
  expect(numbersOf(ids, dictionaryOf(["new", "text 59999", "é0"]))).toEqual([count, count - 1, 0]);
});
