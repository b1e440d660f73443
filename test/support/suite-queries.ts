import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { markdownQueries } from "../../src/documents/markdown.ts";
import { parseTestFile } from "../../src/testing/test-file.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const texts = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => readFileSync(join(root, folder, path), "utf8"));

/** Every query of the test suite and of `queries/`. */
export const suiteQueries: readonly string[] = [
  ...texts("test", ".test.kql").flatMap((text) => parseTestFile(text).map((each) => each.query)),
  ...texts("queries", ".md").flatMap((text) => markdownQueries("page.md", text).map((each) => each.text)),
].filter((query) => query !== "");
