import { fileURLToPath } from "node:url";
import type { Plugin } from "vitest/config";

const suite = fileURLToPath(new URL("./kql-suite.ts", import.meta.url));

/** Lets vitest collect `.test.kql` files: each becomes a module that registers its cases. */
export function kqlTests(): Plugin {
  return {
    name: "kqlite:test.kql",
    enforce: "pre",
    load(id) {
      const [path = ""] = id.split("?");
      if (!path.endsWith(".test.kql")) return null;
      const call = `registerFile(${JSON.stringify(path)});`;
      return { code: `import { registerFile } from ${JSON.stringify(suite)};\n${call}\n`, map: null };
    },
  };
}
