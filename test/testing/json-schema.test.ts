import { expect, test } from "vitest";
import * as z from "zod";
import { specSchema } from "../../src/testing/spec/model.ts";

const schema = z.toJSONSchema(specSchema, { target: "draft-7", io: "input" });

test("schema/test.v1.json is what specs are checked with; `vitest -u` writes it", async () => {
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot("../../schema/test.v1.json");
});

test("it refuses keys that are not known, as the check does", () => {
  expect(schema).toMatchObject({ type: "object", additionalProperties: false, required: ["query", "tests"] });
  expect(Object.keys(schema.properties ?? {})).toContain("watchlists");
});
