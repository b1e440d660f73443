import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KqlError } from "../../../src/diagnostics/diagnostic.ts";
import { bare, type Fields, fieldsOf, lasting } from "../../../src/readers/fields.ts";
import { lineFields } from "../../../src/readers/json/blocks.ts";
import { jsonScanner, type SlotOf } from "../../../src/readers/json/scanner.ts";
import { textInputOf } from "../support.ts";

/* The scanner in WebAssembly gives what the one in JavaScript gives: values, errors, and their places. */

const scalar = fc.constantFrom(
  ...["1", "-0", "0", "12345678901234567890", "1.5e+10", "2E-3", "true", "false", "null", '""', '"x"', '"é😀"'],
  ...['"a \\"b\\" c"', '"\\\\"', '"\\u00e9"', '"x}y"', '"long text of more than sixteen bytes, with \\n in it"'],
);
const broken = fc.constantFrom(
  ...["01", "-", "1.", "1e", ".5", "tru", "nulls", "NaN", '"\\x"', '"\\u12"', '"open', "[1", "{]", '"\t"', '"\0"', ""],
);
const nested = fc.constantFrom("[]", "{}", "[1,[2,{}]]", '{"a":{"b":"}\\""}}', `${"[".repeat(30)}${"]".repeat(30)}`);
const blank = fc.constantFrom("", "", "", " ", "\t", "  \r");
const name = fc.constantFrom("a", "b", "c", "", "a name of more than sixteen bytes", "é", "\\u0061", "new", "refused");
const regularName = fc.constantFrom("a", "b", "c", "a name of more than sixteen bytes", "é");

function records(names: fc.Arbitrary<string>, values: fc.Arbitrary<string>, ends: fc.Arbitrary<string>) {
  const property = fc.tuple(blank, names, blank, values, blank).map(([a, key, b, value, c]) => {
    return `${a}"${key}"${b}:${a}${value}${c}`;
  });
  const record = fc.tuple(fc.array(property, { maxLength: 5 }), blank, ends).map(([properties, before, end]) => {
    return `${before}{${properties.join(",")}}${end}`;
  });
  return fc.array(record, { maxLength: 25 }).map((all) => all.join(""));
}

const regular = records(regularName, fc.oneof(scalar, nested), fc.constantFrom("\n", "\r\n", " \n\n"));
const hostile = records(
  fc.oneof({ weight: 9, arbitrary: regularName }, { weight: 1, arbitrary: name }),
  fc.oneof({ weight: 60, arbitrary: scalar }, { weight: 9, arbitrary: nested }, { weight: 1, arbitrary: broken }),
  fc.oneof({ weight: 30, arbitrary: fc.constant("\n") }, fc.constantFrom(",\n", "{}\n", "", " x\n", "\0\n", "}\n")),
);

const sizes = fc.record({
  window: fc.constantFrom(1, 7, 64, 65, 200, 4096),
  headroom: fc.constantFrom(0, 3, 100, 4096),
  least: fc.constant(0),
});
const rows = fc.constantFrom(1, 2, 5, 1000);
const likely = fc.constantFrom<readonly string[]>([], ["a", "b"], ["é", "c", "a name of more than sixteen bytes"]);

const wanted = ["a", "c", "é"];
const slotOf: SlotOf = (name, place) => {
  if (name === "refused") throw new Error(`${place()}: refused`);
  const slot = wanted.indexOf(name);
  return slot < 0 ? undefined : slot;
};

describe("the scanner in WebAssembly agrees with the one in JavaScript", () => {
  for (const [kind, text] of [["hostile", hostile] as const, ["regular", regular] as const]) {
    test(`on ${kind} text`, async () => {
      let values = 0;
      await fc.assert(
        fc.asyncProperty(text, likely, rows, sizes, async (text, likely, rows, sizes) => {
          const input = { input: textInputOf("t", text), start: 0 };
          const scanner = jsonScanner("lines", slotOf, () => wanted.length, rows);
          const plain = await outcome(fieldsOf(input, scanner));
          const found = await outcome(
            lineFields(input, { slotOf, slotCount: wanted.length, names: likely }, 1, rows, sizes),
          );
          const kept = await outcome(
            copies(lineFields(input, { slotOf, slotCount: wanted.length, names: likely }, 1, rows, sizes)),
          );
          expect(kept).toEqual(found);
          if (typeof plain !== "string") values += plain.length;
          // A zero byte is an error wherever it stands; which of two errors comes first depends on the window.
          if (text.includes("\0")) expect(typeof found).toBe(typeof plain);
          else expect(found).toEqual(plain);
        }),
        { numRuns: 1500 },
      );
      expect(values).toBeGreaterThan(1000);
    });
  }

  test("where the kernel gives up", async () => {
    const text = Array.from({ length: 3000 }, (_, i) => `{"\\u0061":${i},"c":"${i}"}\n`).join("");
    const input = { input: textInputOf("t", text), start: 0 };
    const found = await outcome(
      lineFields(input, { slotOf, slotCount: wanted.length, names: wanted }, 1, 100, {
        window: 4096,
        headroom: 100,
        least: 0,
      }),
    );
    expect(found).toEqual(
      await outcome(
        fieldsOf(
          input,
          jsonScanner("lines", slotOf, () => wanted.length),
        ),
      ),
    );
  });

  test("and is compiled from its source", () => {
    const made = join(mkdtempSync(join(tmpdir(), "kernel-")), "kernel.ts");
    execFileSync(process.execPath, ["scripts/wasm.mjs", "json", made]);
    expect(readFileSync("src/readers/json/kernel.ts", "utf8")).toBe(readFileSync(made, "utf8"));
  });
});

/** All fields, looked at when the last of them have come. */
async function* copies(found: AsyncIterable<Fields>): AsyncGenerator<Fields> {
  const kept: Fields[] = [];
  for await (const fields of found) kept.push(lasting(fields));
  yield* kept;
}

/** A message shows of what it found as much as was read. */
const seen = / found `.*`/s;

/** By record: its line, and the bytes of each value with what tells strings and escapes. */
async function outcome(found: AsyncIterable<Fields>) {
  const records: unknown[] = [];
  try {
    for await (const { rows, bytes, starts, ends, lines } of found) {
      for (let row = 0; row < rows; row++) {
        const values = starts.map((starts, slot) => {
          const start = starts[row]!;
          const end = ends[slot]![row]!;
          return start < 0
            ? undefined
            : [bytes[start - 1], end < 0, Buffer.from(bytes.slice(start, bare(end))).toString()];
        });
        records.push([lines[row], values]);
      }
    }
    return records;
  } catch (thrown) {
    if (thrown instanceof KqlError || (thrown instanceof Error && thrown.message.endsWith("refused"))) {
      return thrown.message.replace(seen, "");
    }
    throw thrown;
  }
}
