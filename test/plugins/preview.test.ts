import { expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf } from "../../src/engine/rows.ts";

test("preview counts the rows that it shows, drawn by lot as they are", async () => {
  const database = createDatabase({ clock: () => 0n });
  const text = "range x from 1 to 1000 step 1 | where rand() < 0.5 | evaluate preview(1000)";
  const { results } = await database.query(text, { seed: 7 });
  expect(results).toHaveLength(2);
  const [shown, count] = results.map(rowsOf);
  expect(shown?.length).toBeGreaterThan(400);
  expect(count).toEqual([[BigInt(shown?.length ?? 0)]]);
});
