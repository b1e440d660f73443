import { expect, test } from "vitest";
import { lintsPage } from "../support/lints-page.ts";

test("docs/lints.md is what the rules say", async () => {
  await expect(lintsPage()).toMatchFileSnapshot("../../docs/lints.md");
});
