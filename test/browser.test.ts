import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

// The compiler alone does not keep `node:` out: some packages bring Node's types along. A bundler cannot be fooled.
test.each(["src/index.ts", "src/editor/index.ts"])(
  "the entry %s bundles for browsers, within 250 KB of gzip",
  async (entry) => {
    const { outputFiles, errors, metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      minify: true,
      splitting: true,
      metafile: true,
      outdir: "unused",
      platform: "browser",
      format: "esm",
      logLevel: "silent",
    });
    expect(errors).toEqual([]);
    // The entry and what it imports at once. Chunks behind import() load when they are needed: Parquet is one.
    const needed = new Set<string>();
    const need = (path: string): void => {
      if (needed.has(path)) return;
      needed.add(path);
      for (const { kind, path: next } of metafile.outputs[path]?.imports ?? [])
        if (kind === "import-statement") need(next);
    };
    need("unused/index.js");
    const files = outputFiles.filter((file) => [...needed].some((path) => file.path.endsWith(path)));
    expect(files.length).toBe(needed.size);
    const bytes = files.reduce((sum, file) => sum + gzipSync(file.contents).length, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(250_000);
  },
);
