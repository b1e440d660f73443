import { CsvError, parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KqlError } from "../../../src/diagnostics/diagnostic.ts";
import { dialects } from "../../../src/readers/delimited/scanner.ts";
import { recordsOf } from "../scanning.ts";

/*
 * The scanner reads what csv-parse reads. Where they are meant to differ, and so do not meet here:
 * - a quote inside a field that does not start with one is text, as in Kusto; csv-parse calls it an error;
 * - a carriage return that ends the file ends the line too.
 */

const delimiters = { csv: ",", tsv: "\t", psv: "|", scsv: ";" } as const;
type Name = keyof typeof delimiters;

const name = fc.constantFrom<Name>("csv", "tsv", "psv", "scsv");
/** Windows that cut records, quotes, line ends and characters anywhere. */
const step = fc.constantFrom(1, 2, 3, 5, 8, 13, 1 << 20);
const rows = fc.constantFrom(1, 2, 3, 1000);

function library(text: string, name: Name, strict: boolean): string[][] {
  return parse(text, {
    delimiter: delimiters[name],
    record_delimiter: ["\r\n", "\n"],
    skip_empty_lines: true,
    relax_column_count: !strict,
  });
}

describe("the scanner agrees with csv-parse", () => {
  const piece = fc.constantFrom("a", "1", " ", ",", ";", "|", "\t", '"', "\n", "\r", "\r\n", "é", "€", "😀", "'", "\\");
  const field = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));

  test("on records that a program has written", async () => {
    const record = fc.array(fc.tuple(field, fc.boolean()), { minLength: 2, maxLength: 5 });
    const file = fc.record({
      name,
      step,
      rows,
      records: fc.array(record, { maxLength: 8 }),
      lineEnd: fc.constantFrom("\n", "\r\n"),
      ends: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(file, async ({ name, step, rows, records, lineEnd, ends }) => {
        const text = records
          .map((fields) => fields.map(([text, quoted]) => written(text, quoted, name)).join(delimiters[name]))
          .join(lineEnd);
        const found = await recordsOf(text + (ends ? lineEnd : ""), dialects[name], { step, rows });
        expect(found).toEqual(records.map((fields) => fields.map(([text]) => text)));
        expect(found).toEqual(library(text, name, false));
      }),
      { numRuns: 2000 },
    );
  });

  test("on any text, errors included", async () => {
    const special = fc.constantFrom(",", '"', "\n", '""');
    const hostile = fc.array(fc.oneof({ weight: 3, arbitrary: piece }, { weight: 2, arbitrary: special }), {
      maxLength: 24,
    });
    const file = fc.record({ name, step, rows, text: hostile.map((pieces) => pieces.join("")) });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(file, async ({ name, step, rows, text }) => {
        const expected = outcome(() => library(text, name, false));
        fc.pre(!text.endsWith("\r") && expected !== "INVALID_OPENING_QUOTE");
        const found = await outcomeOf(() => recordsOf(text, dialects[name], { step, rows, most: 30 }));
        expect(Array.isArray(found) ? found : "error").toEqual(Array.isArray(expected) ? expected : "error");
        compared++;
      }),
      { numRuns: 4000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  test("on records of different lengths", async () => {
    const record = fc.array(fc.constantFrom("a", "", "b"), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), step, async (records, step) => {
        const text = records.map((fields) => fields.join(",")).join("\n");
        const expected = outcome(() => library(text, "csv", true));
        const first = records.find((fields) => fields.length > 1 || fields[0] !== "");
        fc.pre(first !== undefined && first.length > 1 && records.every((fields) => fields.join(",") !== ""));
        const found = await outcomeOf(() => recordsOf(text, dialects.csv, { step, width: first?.length }));
        expect(Array.isArray(found) ? found : "error").toEqual(Array.isArray(expected) ? expected : "error");
      }),
    );
  });
});

function written(text: string, quoted: boolean, name: Name): string {
  const needed = quoted || text === "" || /["\r\n]/.test(text) || text.includes(delimiters[name]);
  return needed ? `"${text.replaceAll('"', '""')}"` : text;
}

function outcome(run: () => string[][]): string[][] | string {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof CsvError) return thrown.code;
    throw thrown;
  }
}

async function outcomeOf(run: () => Promise<(string | undefined)[][]>): Promise<(string | undefined)[][] | string> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof KqlError) return thrown.diagnostics[0].code;
    throw thrown;
  }
}
