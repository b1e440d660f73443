import fc from "fast-check";
import { expect, test } from "vitest";
import type { StringDictionary } from "../../src/data/column.ts";
import { dictionaryOf } from "../../src/data/dictionary.ts";
import { TextIds } from "../../src/functions/text-ids.ts";

/* The numbers are the same whether dictionaries know their texts by code or not. */

const text = fc.constantFrom("a", "b", "c", "d", "", "A");
const batches = fc.array(
  fc.record({ values: fc.uniqueArray(text, { minLength: 1 }), codes: fc.array(fc.nat(5)), indexed: fc.boolean() }),
);

test("texts are numbered in the order in which they come, across dictionaries", () => {
  fc.assert(
    fc.property(batches, batches, (added, looked) => {
      const ids = new TextIds();
      const expected = new Map<string, number>();
      for (const batch of added) {
        const { codes, dictionary, texts } = stringsOf(batch);
        const found = new Int32Array(codes.length);
        ids.add({ codes, dictionary }, codes.length, found);
        for (const value of texts) if (!expected.has(value)) expected.set(value, expected.size);
        expect([...found]).toEqual(texts.map((value) => expected.get(value)));
        expect(ids.size).toBe(expected.size);
      }
      for (const batch of looked) {
        const { codes, dictionary, texts } = stringsOf(batch);
        const found = new Int32Array(codes.length);
        ids.find({ codes, dictionary }, codes.length, found);
        expect([...found]).toEqual(texts.map((value) => expected.get(value) ?? -1));
      }
    }),
  );
});

interface Drawn {
  readonly values: readonly string[];
  readonly codes: readonly number[];
  readonly indexed: boolean;
}

const known = new WeakMap<Drawn, StringDictionary>();

function stringsOf(batch: Drawn) {
  const { values, indexed } = batch;
  const dictionary: StringDictionary =
    known.get(batch) ??
    (indexed ? { ...dictionaryOf(values), codeOf: (text) => values.indexOf(text) } : dictionaryOf(values));
  known.set(batch, dictionary);
  const codes = Int32Array.from(batch.codes, (code) => code % values.length);
  return { codes, dictionary, texts: [...codes].map((code) => values[code]!) };
}
