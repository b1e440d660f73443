import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { tokenize } from "../../src/parser/lexer.ts";
import { parse } from "../../src/parser/parse.ts";
import { parseTestFile } from "../../src/testing/test-file.ts";
import { officialSyntax } from "./official.ts";

/*
 * Queries of the suite, and what becomes of them when a word is lost, doubled, misspelled or out of place: we and the
 * official parser refuse the same ones.
 */

const root = resolve(fileURLToPath(import.meta.url), "../..");
const queries = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.kql"))
  .sort()
  .flatMap((path) => parseTestFile(readFileSync(join(root, path), "utf8")).map(({ query }) => query))
  .filter((_, index) => index % 6 === 0);

/**
 * What our parser says and the official one leaves to its checker, or does not say: operators in the wrong place
 * (KS174, KS175), names of types (KS160), values that a literal cannot hold (KQ100, KQ101), and texts that are not for us
 * (KQ103, KQ104, KS250).
 */
const notSyntax: ReadonlySet<string> = new Set([
  "KS160",
  "KS174",
  "KS175",
  "KQ100",
  "KQ101",
  "KQ103",
  "KQ104",
  "KS250",
]);

/** Classes of texts about which we differ on purpose: see differences.md. */
const onPurpose: readonly RegExp[] = [
  /\bparse(-where)?\b[^|]*\bwith\s*($|[|;)])/,
  /\bfork\s*\(\s*\w+\s*\|/,
  /\bdynamic\b.*\b(bool|datetime)\(/s,
  /<-\[\w*\]->/,
  // A table behind a scalar parameter.
  /\(\s*\w+\s*:\s*\w+\s*,\s*\w+\s*:\s*\(/,
];

type Token = ReturnType<typeof tokenize>["tokens"][number];
const endOf = (token: Token) => token.startOffset + token.image.length;

/** The same numbers each time: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function mutants(query: string, roll: (sides: number) => number): readonly string[] {
  const { tokens } = tokenize(query);
  const names = tokens.filter(({ image }) => /^[A-Za-z_]\w*$/.test(image));
  const pick = (from: readonly Token[]) => from[roll(from.length)];
  const [dropped, doubled, last, renamed] = [pick(tokens), pick(tokens), pick(tokens), pick(names)];
  const at = roll(tokens.length - 1);
  const [left, right] = tokens.slice(at, at + 2);
  const without = (from: number, to: number, text: string) => query.slice(0, from) + text + query.slice(to);
  return [
    ...(dropped ? [without(dropped.startOffset, endOf(dropped), "")] : []),
    ...(doubled ? [without(endOf(doubled), endOf(doubled), ` ${doubled.image}`)] : []),
    ...(last ? [query.slice(0, endOf(last))] : []),
    ...(renamed ? [without(renamed.startOffset, endOf(renamed), "renamed_")] : []),
    ...(left && right
      ? [
          without(
            left.startOffset,
            endOf(right),
            right.image + query.slice(endOf(left), right.startOffset) + left.image,
          ),
        ]
      : []),
  ];
}

const database = createDatabase({ clock: () => 638_396_640_000_000_000n });

/** Some of what is syntax there is for our binder to say: which options an operator has, for one. */
async function refuses(text: string): Promise<boolean> {
  if (parse(text).diagnostics.some(({ code }) => !notSyntax.has(code))) return true;
  if ((officialSyntax(text)?.length ?? 0) === 0) return false;
  try {
    await database.prepare(text);
    return false;
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    return true;
  }
}

describe("broken queries", () => {
  test("we and the official parser refuse the same", { timeout: 300_000 }, async () => {
    const roll = dice(20_240_101);
    const disagreements: string[] = [];
    let compared = 0;
    for (const text of queries.flatMap((query) => [query, ...mutants(query, roll)])) {
      const theirs = officialSyntax(text);
      if (!theirs || onPurpose.some((pattern) => pattern.test(text))) continue;
      compared++;
      const refused = await refuses(text);
      if (refused === theirs.length > 0) continue;
      disagreements.push(`${text}\nwe ${refused ? "refuse" : "take"} it; they say ${theirs[0] ?? "nothing"}`);
    }
    expect(compared).toBeGreaterThan(2000);
    expect(disagreements.length / compared, disagreements.join("\n\n")).toBeLessThan(0.002);
  });
});
