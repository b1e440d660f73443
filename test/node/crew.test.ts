import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { freshCli } from "../../scripts/build.mjs";
import { createDatabase } from "../../src/index.ts";
import { crewOf } from "../../src/node/crew.ts";
import { fileInput } from "../../src/node/files.ts";
import type { Found } from "../../src/readers/crew.ts";
import type { Hire } from "../../src/readers/input.ts";
import { openTable } from "../../src/readers/open.ts";
import { textsOf } from "../readers/support.ts";

/* Threads of the built program read a file of three parts. */

const rows = 400_000;
let script: URL;
let path: string;

beforeAll(async () => {
  script = new URL("worker.js", pathToFileURL(await freshCli()));
  path = join(mkdtempSync(join(tmpdir(), "crew-")), "T.csv");
  const line = (_: unknown, i: number) => `${i},${["a", "b", '"c ""d"""'][i % 3]},${"x".repeat(90)}`;
  writeFileSync(path, `n,s,padding\n${Array.from({ length: rows }, line).join("\n")}\n`);
}, 120_000);

async function answer(query: string, hire: Hire): Promise<readonly string[]> {
  const table = await openTable({ ...(await fileInput(path)), crew: hire }, { table: "T" });
  const { results } = await createDatabase({ tables: new Map([["T", table]]) }).query(query);
  const batch = results[0]!.rows;
  return textsOf({
    schema: batch.schema,
    scan: async function* () {
      yield batch;
    },
  });
}

test("threads give all rows, once and in their order", async () => {
  const { size, mtimeMs } = statSync(path);
  let parts = 0;
  const hire: Hire = async (task) => {
    const crew = crewOf({ path, size, mtimeMs }, task, script);
    if (!crew) throw new Error("the program was built, and there is no crew");
    const read: typeof crew.read = async (part) => {
      const found = (await crew.read(part)) as Found | undefined;
      if (found?.end === part.end) parts++;
      return found;
    };
    return { ...crew, read };
  };
  expect(await answer("T | summarize count(), sum(n) by s", hire)).toEqual([
    "a | 133334 | 26666733333",
    "b | 133333 | 26666466667",
    'c "d" | 133333 | 26666600000',
  ]);
  expect(await answer('T | where s == "b" | serialize before = prev(n) | where n <= before | count', hire)).toEqual([
    "0",
  ]);
  expect(parts).toBe(4);
});

test("a thread that is told of a file that has changed has nothing to say", async () => {
  const { size, mtimeMs } = statSync(path);
  const hire: Hire = async (task) => crewOf({ path, size, mtimeMs: mtimeMs + 1 }, task, script);
  expect(await answer("T | count", hire)).toEqual([String(rows)]);
});
