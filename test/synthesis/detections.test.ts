import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openDocument } from "../../src/documents/open.ts";
import { rowsFor } from "./rows.ts";

const page = openDocument("detections.md", readFileSync("test/synthesis/detections.md", "utf8"));
const queries = "message" in page ? [] : page;

describe("rows for detections", () => {
  test("there are some", () => expect(queries.length).toBeGreaterThan(50));

  test.each(queries.map(({ name, text }) => [name, text] as const))("%s fires", async (_, text) => {
    const synthesis = await rowsFor(text);
    expect(synthesis.unsolved).toEqual([]);
    expect(synthesis.fires).toBe(true);
    expect(synthesis.nearMisses.length).toBeGreaterThan(0);
  });
});
