import fc from "fast-check";
import { expect, test } from "vitest";
import type { Condition } from "../../src/insight/conditions.ts";
import { casesOf, decidingRows, mostAtoms } from "../../src/insight/coverage/truth.ts";
import type { Call, Expr } from "../../src/plan/nodes.ts";

/* The form of a condition is all that counts here: neither expressions nor calls are looked at. */
const expr: Expr = { kind: "Literal", value: true, type: "bool", span: { start: 0, end: 0 } };
const call = {} as Call;

const conditions = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constant<Condition>({ kind: "atom", expr }),
    tie("tree").map((one): Condition => ({ kind: "not", call, operands: [one] })),
    fc
      .tuple(fc.constantFrom("and" as const, "or" as const), tie("tree"), tie("tree"))
      .map(([kind, a, b]): Condition => ({ kind, call, operands: [a, b] })),
  ),
})).tree;

type Truth = boolean | null;

function truthOf(condition: Condition, atoms: Truth[]): Truth {
  if (condition.kind === "atom") return atoms.shift() ?? null;
  const [a, b] = condition.operands.map((operand) => truthOf(operand, atoms));
  if (condition.kind === "not") return a === null || a === undefined ? null : !a;
  const decisive = condition.kind === "or";
  if (a === decisive || b === decisive) return decisive;
  return a === null || b === null ? null : !decisive;
}

function atomCount(condition: Condition): number {
  return condition.kind === "atom" ? 1 : condition.operands.reduce((sum, operand) => sum + atomCount(operand), 0);
}

test("an atom decides where the row would fare otherwise if it were otherwise", () => {
  fc.assert(
    fc.property(
      conditions,
      fc.array(fc.constantFrom<Truth>(true, false, null), { minLength: 32, maxLength: 32 }),
      (condition, drawn) => {
        const atoms = drawn.slice(0, atomCount(condition));
        const kept = truthOf(condition, [...atoms]) === true;
        const expected = atoms.map((atom, i) => {
          const others = atom === null ? [true, false] : [!atom];
          return others.some((other) => (truthOf(condition, atoms.with(i, other)) === true) !== kept) ? 1 : 0;
        });
        const truths = atoms.map((atom) => Uint8Array.of(atom === null ? 2 : Number(atom)));
        expect(decidingRows(condition, truths, 1)).toEqual(expected);
        if (atoms.length > mostAtoms) return;
        const cases = casesOf(condition, atoms.length);
        const code = truths.reduce((before, [truth = 0]) => before * 3 + truth, 0);
        expect(cases.deciding.map((flags) => flags[code])).toEqual(expected);
        expect(cases.truths.map((digits) => digits[code])).toEqual(truths.map(([truth]) => truth));
        expect(cases.whole[code] === 1).toBe(kept);
      },
    ),
    { numRuns: 500 },
  );
});
