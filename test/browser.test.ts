import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

// The compiler alone does not keep `node:` out: some packages bring Node's types along. A bundler cannot be fooled.
test("the main entry bundles for browsers, within 250 KB of gzip", async () => {
  const { outputFiles, errors } = await build({
    entryPoints: ["src/index.ts"],
    bundle: true,
    write: false,
    minify: true,
    splitting: true,
    outdir: "unused",
    platform: "browser",
    format: "esm",
    logLevel: "silent",
  });
  expect(errors).toEqual([]);
  const entry = outputFiles.filter((file) => file.path.endsWith("index.js"));
  expect(entry.length).toBe(1);
  // Chunks behind import() load when they are needed: Parquet is one.
  const bytes = entry.reduce((sum, file) => sum + gzipSync(file.contents).length, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(250_000);
});
