import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDynamic } from "../../../src/data/json.ts";
import { KqlError } from "../../../src/diagnostics/diagnostic.ts";
import { bare } from "../../../src/readers/fields.ts";
import { jsonScanner, type Layout } from "../../../src/readers/json/scanner.ts";
import { jsonSpelling, quoted } from "../../../src/readers/json/spelling.ts";
import { fieldsIn } from "../scanning.ts";

const step = fc.constantFrom(1, 2, 3, 7, 16, 1 << 20);

/** The values of the properties `a` and `b` of each record, as JSON values; undefined where there is none, or null. */
async function valuesOf(text: string, layout: Layout, step: number, rows = 1000): Promise<unknown[][]> {
  const names = ["a", "b"];
  const scanner = jsonScanner(
    layout,
    (name) => (names.includes(name) ? names.indexOf(name) : undefined),
    () => 2,
    rows,
  );
  const found: unknown[][] = [];
  for await (const fields of fieldsIn(text, scanner, step)) {
    for (let row = 0; row < fields.rows; row++) {
      found.push(
        names.map((_, slot) => {
          const start = fields.starts[slot]![row]!;
          if (start < 0) return undefined;
          const end = fields.ends[slot]![row]!;
          const text = new TextDecoder().decode(fields.bytes.subarray(start, bare(end)));
          if (!quoted(fields.bytes, start)) return JSON.parse(text) as unknown;
          return end < 0 ? jsonSpelling.unescape(text) : text;
        }),
      );
    }
  }
  return found;
}

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false, 0, 1, -1.5, 1e21, "", "x", 'say "hi"', "\\", "é\n", "😀", "\u0000", "\u2028"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", '"', "__proto__"), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;
const record = fc.record({ a: value, b: value, c: value, 'q"': value }, { requiredKeys: [] });

describe("the scanner finds what JSON.parse finds", () => {
  test.each<[string, Layout, (records: readonly unknown[]) => string]>([
    ["an object per line", "lines", (records) => records.map((r) => `${JSON.stringify(r)}\n`).join("")],
    [
      "an object per line, blank lines between",
      "lines",
      (records) => records.map((r) => `\r\n${JSON.stringify(r)} \r\n`).join("\n"),
    ],
    ["objects one after another", "free", (records) => records.map((r) => JSON.stringify(r)).join("")],
    ["objects in any layout", "free", (records) => records.map((r) => JSON.stringify(r, undefined, 2)).join("\n\n")],
    ["an array", "free", (records) => JSON.stringify(records)],
    ["an array in any layout", "free", (records) => `\n ${JSON.stringify(records, undefined, "\t")}\r\n`],
  ])("in %s", async (_, layout, write) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 6 }),
        step,
        fc.constantFrom(1, 2, 100),
        async (records, step, rows) => {
          const expected = records.map(({ a, b }) => [a ?? undefined, b ?? undefined]);
          expect(await valuesOf(write(records), layout, step, rows)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("and refuses what it refuses", async () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"b"',
      "1",
      "-",
      "0",
      ".5",
      "e",
      "true",
      "nul",
      '"',
      "\\",
      " ",
      "\n",
      "null",
      "\t",
    );
    const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          text,
          text.map((inner) => `{"a":${inner}}`),
          text.map((inner) => `[{${inner}}]`),
        ),
        step,
        async (text, step) => {
          const expected = parsed(text);
          const found = await outcome(text, step);
          // Objects one after another are fine too, and so is nothing.
          fc.pre(text.trim() !== "" && !/^\s*\{.*\}\s*\{/s.test(text));
          // Only the outside of a nested value is checked here; who wants it parses it.
          const nested =
            Array.isArray(found) && found.flat().some((value) => typeof value === "object" && value !== null);
          if (expected === undefined) expect(Array.isArray(found) && !nested && !/[[{].*[[{]/s.test(text)).toBe(false);
          else expect(found).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/** The records of an array or of one object; undefined when the text is neither. */
function parsed(text: string): unknown[][] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const records = Array.isArray(value) ? value : [value];
    if (records.some((record) => typeof record !== "object" || record === null || Array.isArray(record)))
      return undefined;
    return records.map(({ a, b }: Record<string, unknown>) => [a ?? undefined, b ?? undefined]);
  } catch {
    return undefined;
  }
}

async function outcome(text: string, step: number): Promise<unknown[][] | string> {
  try {
    return await valuesOf(text, "free", step);
  } catch (thrown) {
    // A value that is wanted and does not parse is found out when its column is made.
    if (thrown instanceof SyntaxError) return "error";
    if (thrown instanceof KqlError) return thrown.diagnostics[0].code;
    throw thrown;
  }
}

test("a record that is deeply nested does not exhaust the stack", async () => {
  const deep = `{"c":${"[".repeat(500)}${"]".repeat(500)}}`;
  expect(await valuesOf(deep, "free", 1 << 20)).toEqual([[undefined, undefined]]);
  expect(await outcome(`{"c":${"[".repeat(100_000)}`, 1 << 20)).toBe("KQ318");
  expect(parseDynamic("[".repeat(100_000))).toBeUndefined();
});
