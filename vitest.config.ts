import { defineConfig } from "vitest/config";
import { kqlTests } from "./test/support/kql-plugin.ts";

export default defineConfig({
  plugins: [kqlTests()],
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.kql", "queries/**/*.test.kql"],
    // Files share their workers' modules: the function library loads once per worker, not once per file.
    isolate: false,
    pool: "threads",
    testTimeout: 30_000,
  },
});
