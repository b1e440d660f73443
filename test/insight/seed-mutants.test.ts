import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { TableSource } from "../../src/data/batch.ts";
import { openDocument } from "../../src/documents/open.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { externalTable } from "../../src/engine/external.ts";
import { externalInMemory, inMemory } from "../../src/engine/in-memory.ts";
import { rowsOf } from "../../src/engine/rows.ts";
import { type LeftOut, noticeable } from "../../src/insight/mutation/check.ts";
import { mutantsOf } from "../../src/insight/mutation/mutants.ts";
import { runMutants, scoreOf } from "../../src/insight/mutation/run.ts";
import { externalResolver } from "../../src/node/externals.ts";
import { openTableFile, tablesIn } from "../../src/node/files.ts";
import { nodeInflaters } from "../../src/node/inflate.ts";
import { findLock } from "../../src/node/lock.ts";

const path = "queries/network-connection-from-msbuild-with-asn-enrichment.md";

test("the mutants of the seed query run over data that is read once", async () => {
  const found = openDocument(path, readFileSync(path, "utf8"), "1");
  const [document] = "message" in found ? [] : found;
  if (!document) throw new Error("the page has a query");
  let scans = 0;
  const counted = (source: TableSource): TableSource => ({
    schema: source.schema,
    scan: (request) => {
      scans++;
      return source.scan(request);
    },
  });
  const [file] = await tablesIn("fixtures");
  if (!file) throw new Error("there are fixtures");
  const resolve = externalResolver({ files: new Map(), lock: await findLock("queries"), network: { hosts: [] } });
  const database = createDatabase({
    tables: new Map([[file.table, inMemory(counted(await openTableFile(file)))]]),
    external: externalInMemory((request) => counted(externalTable(request, { resolve, inflaters: nodeInflaters }))),
    clock: () => 638_000_000_000_000_000n,
  });
  const rowsFor = async (text: string) => String((await database.query(text)).results.map(rowsOf));
  const expected = await rowsFor(document.text);
  const leftOut: LeftOut[] = [];
  const mutants = noticeable(database, document.text, mutantsOf(document.text), {}, (why) => leftOut.push(why));
  const judged = [];
  for await (const one of runMutants(mutants, async ({ text }) => (await rowsFor(text)) === expected)) judged.push(one);
  // Without the `distinct` of the subquery, or without the join, the columns are others.
  expect([judged.length, leftOut]).toEqual([14, ["broken", "broken"]]);
  // Each filter of the subquery says again what one of the pipeline says: either may go, and nobody notices. Only the
  // name of the process must stay in the pipeline: its addresses are those of other processes, too.
  expect(scoreOf(judged)).toMatchObject({ killed: 11, survived: 3 });
  expect(judged.filter(({ verdict }) => verdict === "survived").map(({ mutant }) => mutant.operator)).toEqual([
    "drop operator",
    "drop operator",
    "drop operator",
  ]);
  expect(scans).toBe(2);
});
