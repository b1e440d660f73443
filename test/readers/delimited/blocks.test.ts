import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KqlError } from "../../../src/diagnostics/diagnostic.ts";
import { delimitedFields } from "../../../src/readers/delimited/blocks.ts";
import { delimitedScanner, dialects, type ScanOptions } from "../../../src/readers/delimited/scanner.ts";
import { type Fields, fieldsOf, lasting } from "../../../src/readers/fields.ts";
import { recordsFrom } from "../scanning.ts";
import { textInputOf } from "../support.ts";

/* The scanner in WebAssembly gives what the one in JavaScript gives: records, errors, and their places. */

const piece = fc.constantFrom(
  ...["a", "1", " ", ",", "\t", '"', "\n", "\r", "\r\n", "é", "😀", "\0", '""', '"a",', ',"x""y"\n', "a,b,c\n"],
  ...["a,b,c\r\n".repeat(9), '"long, with\na line feed and ""quotes"""', "x".repeat(70)],
);
const hostile = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));
/** What a program writes: most of it well-formed, so that much of it is seen. */
const field = fc.constantFrom("", "a", "b c", '"q"', '"a,b"', '"a\n""b"""', "x".repeat(67), "é");
const regular = fc
  .tuple(fc.array(fc.tuple(field, field, field), { maxLength: 40 }), fc.constantFrom("\n", "\r\n"))
  .map(([records, lineEnd]) => records.map((record) => record.join(",") + lineEnd).join(""));

const sizes = fc.record({
  window: fc.constantFrom(1, 7, 64, 65, 200, 4096),
  headroom: fc.constantFrom(0, 3, 100, 4096),
  least: fc.constant(0),
});
const options = fc
  .record({
    wanted: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
    strict: fc.boolean(),
    rows: fc.constantFrom(1, 2, 5, 1000),
  })
  .map(({ wanted, strict, rows }): ScanOptions => {
    let slotCount = 0;
    const slots = Int32Array.from(wanted, (asked) => (asked ? slotCount++ : -1));
    return { slots, slotCount, width: strict ? 3 : undefined, rows };
  });
const dialect = fc.constantFrom(dialects.csv, dialects.tsv);

describe("the scanner in WebAssembly agrees with the one in JavaScript", () => {
  for (const [kind, text] of [["hostile", hostile] as const, ["regular", regular] as const]) {
    test(`on ${kind} text`, async () => {
      let records = 0;
      await fc.assert(
        fc.asyncProperty(text, dialect, options, sizes, async (text, dialect, options, sizes) => {
          const input = { input: textInputOf("t", text), start: 0 };
          const plain = await outcome(fieldsOf(input, delimitedScanner(dialect, options), 5));
          const found = await outcome(delimitedFields(input, dialect, options, 5, sizes));
          const kept = await outcome(copies(delimitedFields(input, dialect, options, 5, sizes)));
          expect(kept).toEqual(found);
          if (typeof plain !== "string") records += plain.length;
          // A zero byte is an error wherever it stands; which of two errors comes first depends on the window.
          if (text.includes("\0")) expect(typeof found).toBe(typeof plain);
          else expect(found).toEqual(plain);
        }),
        { numRuns: 1500 },
      );
      expect(records).toBeGreaterThan(1000);
    });
  }

  test("and is compiled from its source", () => {
    const made = join(mkdtempSync(join(tmpdir(), "kernel-")), "kernel.ts");
    execFileSync(process.execPath, ["scripts/wasm.mjs", "delimited", made]);
    expect(readFileSync("src/readers/delimited/kernel.ts", "utf8")).toBe(readFileSync(made, "utf8"));
  });
});

/** All fields, looked at when the last of them have come. */
async function* copies(found: AsyncIterable<Fields>): AsyncGenerator<Fields> {
  const kept: Fields[] = [];
  for await (const fields of found) kept.push(lasting(fields));
  yield* kept;
}

async function outcome(found: Parameters<typeof recordsFrom>[0]) {
  try {
    return await recordsFrom(found);
  } catch (thrown) {
    if (thrown instanceof KqlError) return thrown.message;
    throw thrown;
  }
}
