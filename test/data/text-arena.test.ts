import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TextArena } from "../../src/data/text-arena.ts";

describe("an arena of texts", () => {
  // Lone surrogates too: they are texts that no bytes of UTF-8 spell.
  const text = fc.oneof(fc.string({ unit: "binary-ascii" }), fc.string({ unit: "binary" }), fc.constant("\ud800"));

  test("numbers them as a map does, and gives them back", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 200 }), text, (texts, other) => {
        const arena = new TextArena();
        const codes = new Map<string, number>();
        for (const one of texts) {
          if (!codes.has(one)) codes.set(one, codes.size);
          expect(arena.add(one)).toBe(codes.get(one));
        }
        expect(arena.length).toBe(codes.size);
        expect(arena.values).toEqual([...codes.keys()]);
        for (const [one, code] of codes) {
          expect(arena.text(code)).toBe(one);
          expect(arena.codeOf(one)).toBe(code);
        }
        expect(arena.codeOf(other)).toBe(codes.get(other) ?? -1);
      }),
    );
  });

  test("may hold many, and long ones", () => {
    const arena = new TextArena();
    const texts = Array.from({ length: 30_000 }, (_, i) => `${i % 7 === 0 ? "é" : "e"}-${i}`);
    texts.push("x".repeat(100_000), "", "é".repeat(100_000));
    const codes = [...texts.keys()];
    expect(texts.map((one) => arena.add(one))).toEqual(codes);
    expect(arena.values).toEqual(texts);
    expect(texts.map((one) => arena.add(one))).toEqual(codes);
    expect(codes.map((code) => arena.text(code))).toEqual(texts);
  });
});
