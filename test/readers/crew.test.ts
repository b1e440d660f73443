import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import type { TableSource } from "../../src/data/batch.ts";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { createDatabase } from "../../src/index.ts";
import { crewMember } from "../../src/node/crew-member.ts";
import { type Crew, type Hire, type Input, inputOf, type Part } from "../../src/readers/input.ts";
import { openTable } from "../../src/readers/open.ts";
import { schemaOf, textInputOf, textsOf } from "./support.ts";

/* What a crew reads in parts is what is read without one: rows, their order, and what is wrong. */

const schema = schemaOf("n:long, s:string, x:dynamic");

const cell = fc.constantFrom("1", "22", "-3", "", "007", '"5"');
const text = fc.constantFrom("", "a", "b c", '"q, r"', '"two\nlines"', '"say ""b"""', "é😀", "b".repeat(40));
const bag = fc.constantFrom("", '"{""k"":1}"', "[1]", "plain");
const line = fc.tuple(cell, text, bag).map((fields) => fields.join(","));
const odd = fc.constantFrom("", "x,a,", "1,a", '1,"open', "1,a,b,c", "\0,a,", '1,"a"b,');
const csv = { usual: lines(line), odd: lines(line, odd) };

const long = fc.constantFrom("1", "-22", "null", "3.0", '"44"').map((value) => `"n":${value}`);
const string = fc.constantFrom('"a"', '"b\\n\\u0062"', '{"k":[1,"b"]}', "1.5", '"é😀"').map((value) => `"s":${value}`);
const any = fc.constantFrom('{"k":1}', "[1]", '"plain"', "true", '"{\\"k\\":1}"').map((value) => `"x":${value}`);
const properties = fc.uniqueArray(fc.oneof(long, string, any), { maxLength: 3, selector: (property) => property[1] });
const record = properties.map((properties) => `{${properties.join(", ")}}`);
const oddRecord = fc.constantFrom("", "{", '{"other":1}', '{"n":1}{"n":2}', '{"\\u006e":4}', '{"n":1.5}');
const ndjson = { usual: lines(record), odd: lines(record, oddRecord) };

/** With `odd`, about one in twenty is out of the ordinary. */
function lines(usual: fc.Arbitrary<string>, odd?: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const line = odd ? fc.oneof({ arbitrary: usual, weight: 20 }, { arbitrary: odd, weight: 1 }) : usual;
  return fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
    .map(([all, closed]) => all.join("\n") + (closed ? "\n" : ""));
}

const queries = [
  "T",
  "T | count",
  'T | where s has "b" | project s, x',
  "T | where n > 0 and n < 1000 | summarize count(), make_list(s) by n",
  'T | where s in ("a", "b c") or isnull(n)',
  "T | where tostring(x.k) == '1'",
  'T | where s matches regex "b+" and n < tolong(now() - datetime(2020-01-01))',
];

interface Watched {
  readonly hire: Hire;
  /** Parts that a member read, and those that it gave back. */
  readonly counts: { read: number; refused: number };
}

/** Members that are no threads; what goes to them and comes from them is copied as if they were. */
function crewFor(input: Input, partBytes: number): Watched {
  const counts = { read: 0, refused: 0 };
  const hire = async (task: unknown): Promise<Crew> => {
    const members = [0, 1].map(() => crewMember(structuredClone(task), input));
    let turn = 0;
    const read = async (part: Part) => {
      const { found } = await members[turn++ % 2]!(part);
      if (found && (!("end" in found) || found.end === part.end)) counts.read++;
      else counts.refused++;
      return structuredClone(found);
    };
    return { size: 2, partBytes, read, dismiss: () => {} };
  };
  return { hire, counts };
}

/** Rows as texts, or what is wrong and in which line. */
async function outcome(input: Input, query: string): Promise<readonly string[] | string> {
  return rowsOrError(() => openTable(input, { table: "T", schema }), query);
}

async function rowsOrError(open: () => Promise<TableSource>, query: string): Promise<readonly string[] | string> {
  try {
    const database = createDatabase({ tables: new Map([["T", await open()]]) });
    const { results } = await database.query(query, { now: 10n ** 18n });
    const { rows } = results[0]!;
    return await textsOf({
      schema: rows.schema,
      scan: async function* () {
        yield rows;
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    // A text that is looked at late knows its line alone.
    return thrown.diagnostics.map(({ code, message }) => `${code} ${message.replace(/(:\d+):\d+/, "$1")}`).join("\n");
  }
}

const formats = [
  { name: "t.csv", header: "n,s,x\n", ...csv },
  { name: "t.ndjson", header: "", ...ndjson },
];
const parts = fc.constantFrom(1, 20, 90, 300);

describe("a crew gives what one reader gives", () => {
  for (const { name, header, usual, odd } of formats) {
    test(`of ${name}`, async () => {
      const seen = { read: 0, rows: 0 };
      await fc.assert(
        fc.asyncProperty(usual, fc.constantFrom(...queries), parts, async (text, query, partBytes) => {
          const input = textInputOf(name, header + text);
          const { hire, counts } = crewFor(input, partBytes);
          const alone = await outcome(input, query);
          expect(typeof alone).toBe("object");
          expect(await outcome({ ...input, crew: hire }, query)).toEqual(alone);
          seen.read += counts.read;
          seen.rows += alone.length;
        }),
        { numRuns: 200 },
      );
      for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
    });

    test(`of ${name} with lines that are out of the ordinary`, async () => {
      const seen = { read: 0, refused: 0, rows: 0, errors: 0 };
      await fc.assert(
        fc.asyncProperty(odd, fc.constantFrom(...queries), parts, async (text, query, partBytes) => {
          const input = textInputOf(name, header + text);
          const { hire, counts } = crewFor(input, partBytes);
          const alone = await outcome(input, query);
          const together = await outcome({ ...input, crew: hire }, query);
          seen.read += counts.read;
          seen.refused += counts.refused;
          // What is wrong in a row that a condition refuses is seen or not, as the rows fall into batches.
          if (typeof alone === "string" && (typeof together === "string" || query.includes("where"))) seen.errors++;
          else if (typeof together !== "string" || !query.includes("where")) {
            expect(together).toEqual(alone);
            seen.rows += together.length;
          }
        }),
        { numRuns: 200 },
      );
      for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
    });
  }
});

describe("a crew reads the row groups of Parquet", () => {
  const rows = 2000;
  const each = <T>(cell: (row: number) => T) => Array.from({ length: rows }, (_, row) => cell(row));
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: "n", data: each((row) => (row % 7 === 0 ? null : row)), type: "INT32" },
        { name: "s", data: each((row) => ["a", "bé", `😀${row}`, ""][row % 4]), type: "STRING" },
        { name: "t", data: each((row) => new Date(row * 3_600_000)), type: "TIMESTAMP" },
        { name: "r", data: each((row) => row / 4), type: "DOUBLE" },
        { name: "b", data: each((row) => (row % 5 === 0 ? null : row % 2 === 0)), type: "BOOLEAN" },
        { name: "x", data: each((row) => ({ row })), type: "JSON" },
      ],
      rowGroupSize: 150,
    }),
  );
  const answer = (query: string, crew?: Hire) =>
    rowsOrError(() => openTable({ ...inputOf("t.parquet", bytes), crew }, { table: "T" }), query);

  test.each([
    ["T | project n, s, t, r, b", 13],
    ["T | count", 13],
    ["T | where s has 'bé' and n > 700 | project s, t, r", 9],
    ["T | where s == 'nowhere' | project s, n", 13],
    ["T | where t between (datetime(1970-01-10) .. 30d) | summarize sum(r), dcount(s) by b", 5],
    // Bags are made where they are looked at.
    ["T | where n > 1990 | project x", 0],
  ])("%s", async (query, groups) => {
    const { hire, counts } = crewFor(inputOf("t.parquet", bytes), 0);
    const alone = await answer(query);
    expect(typeof alone).toBe("object");
    expect(await answer(query, hire)).toEqual(alone);
    expect(counts).toEqual({ read: groups, refused: 0 });
  });
});

test("a crew that fails is done without", async () => {
  const text = `n,s,x\n${"1,a,\n".repeat(100)}`;
  const crew: Crew = { size: 2, partBytes: 50, read: async () => undefined, dismiss: () => {} };
  const input = { ...textInputOf("t.csv", text), crew: async () => crew };
  expect(await outcome(input, "T | summarize sum(n)")).toEqual(["100"]);
});

test("a crew that was let go is not asked on", async () => {
  let asked = 0;
  const read = async () => {
    asked++;
    return undefined;
  };
  const crew: Crew = { size: 2, partBytes: 50, read, dismiss: () => {} };
  const input = { ...textInputOf("t.csv", `n,s,x\n${"1,a,\n".repeat(1000)}`), crew: async () => crew };
  expect(await outcome(input, "T | count")).toEqual(["1000"]);
  expect(asked).toBeLessThan(20);
});

test("who wants few rows lets the crew go", async () => {
  let dismissed = 0;
  const read = () => new Promise<never>(() => {});
  const crew: Crew = { size: 2, partBytes: 50, read, dismiss: () => dismissed++ };
  const input = { ...textInputOf("t.csv", `n,s,x\n${"1,a,\n".repeat(100)}`), crew: async () => crew };
  expect(await outcome(input, "T | take 2 | count")).toEqual(["2"]);
  expect(dismissed).toBe(1);
});
