// Writes src/functions/algorithms/user-agents/patterns.ts out of the patterns of the package uap-core.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parse } from "yaml";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const target = join(root, "src/functions/algorithms/user-agents/patterns.ts");

const versions = (prefix) =>
  ["v1_replacement", "v2_replacement", "v3_replacement", "v4_replacement"].map((name) => prefix + name);
/** Of each list: the place of the flags, if it has any, then of what stands for the groups. */
const lists = {
  browser: ["user_agent_parsers", "family_replacement", ...versions("").slice(0, 3)],
  os: ["os_parsers", "os_replacement", ...versions("os_")],
  device: ["device_parsers", "device_replacement", "brand_replacement", "model_replacement"],
};

/** The text of the file. */
export function patternsFile() {
  const folder = dirname(createRequire(import.meta.url).resolve("uap-core/package.json"));
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const data = parse(readFileSync(join(folder, "regexes.yaml"), "utf8"));
  const known = new Set(["regex", "regex_flag", ...Object.values(lists).flatMap(([, ...members]) => members)]);
  const rows = Object.entries(lists).map(([name, [list, ...members]]) => {
    const entries = data[list].map((entry) => {
      const strange = Object.keys(entry).find((member) => !known.has(member));
      if (strange) throw new Error(`uap-core has a member \`${strange}\` that this script does not know`);
      const cells = [entry.regex, entry.regex_flag ?? null, ...members.map((member) => entry[member] ?? null)];
      while (cells.at(-1) === null) cells.pop();
      return cells;
    });
    return [name, entries];
  });
  // ASCII alone, as the bundle wants it: JSON has its own escapes.
  const json = JSON.stringify(Object.fromEntries(rows)).replace(
    /[^\0-\x7f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  if (/[`]|\$\{/.test(json)) throw new Error("a pattern does not fit a raw template");
  return `/*
 * The patterns of uap-core ${version}, https://github.com/ua-parser/uap-core, under the Apache License 2.0, as
 * \`node scripts/user-agents.mjs\` writes them: expression, flags, then what replaces the groups.
 */

export const patterns = String.raw\`${json}\`;
`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(target, patternsFile());
