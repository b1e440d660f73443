import { expect, test } from "vitest";
import { stepsTaken, type Visit } from "../../src/functions/algorithms/funnel.ts";

/** One letter a minute: `a` is step 0, `b` step 1, …; `.` is nothing, `x` a state that is no step. */
const track = (text: string): readonly Visit[] =>
  [...text].flatMap((letter, i) => (letter === "." ? [] : [{ time: BigInt(i), step: "abc".indexOf(letter) }]));

test("steps are taken one after the other, within the period of the first", () => {
  expect(stepsTaken(track("abc"), 3, 10n)).toBe(3);
  expect(stepsTaken(track("a.b....c"), 3, 5n)).toBe(2);
  expect(stepsTaken(track("a.b"), 3, 10n)).toBe(2);
  expect(stepsTaken(track("bc"), 3, 10n)).toBe(0);
  expect(stepsTaken([], 3, 10n)).toBe(0);
  expect(stepsTaken(track("cba"), 3, 10n)).toBe(1);
  expect(stepsTaken(track("xxabxx"), 2, 10n)).toBe(2);
  expect(stepsTaken(track("aab"), 2, 10n)).toBe(2);
});

test("where the documentation leaves the number open, there is none", () => {
  expect(stepsTaken(track("axb"), 2, 10n)).toBeUndefined();
  expect(stepsTaken(track("abbc"), 3, 10n)).toBeUndefined();
  expect(stepsTaken(track("a..b"), 2, 3n)).toBeUndefined();
  expect(stepsTaken(track("a....a.b"), 2, 4n)).toBeUndefined();
  const together: readonly Visit[] = [
    { time: 1n, step: 1 },
    { time: 1n, step: 0 },
  ];
  expect(stepsTaken(together, 2, 10n)).toBeUndefined();
});

test("a long track takes no long time", () => {
  expect(stepsTaken(track("a".repeat(20_000)), 2, 100_000n)).toBe(1);
}, 2_000);
