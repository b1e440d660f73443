import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseDatetime } from "../src/data/datetime.ts";
import type { Schema } from "../src/data/types.ts";
import { KqlError } from "../src/diagnostics/diagnostic.ts";
import { openDocument } from "../src/documents/open.ts";
import { catalogueColumns, catalogueTables } from "../src/readers/catalogue/tables.ts";
import { parseSchemaFile } from "../src/readers/schema-file.ts";
import { synthesize } from "../src/synthesis/synthesize.ts";

/*
 * How many of the queries of a folder get rows that make them fire, and what defeats the others:
 *
 *     npm run -s corpus -- FOLDER [TABLES.json]
 */

const [folder = "test/synthesis", tables] = process.argv.slice(2);
const now = parseDatetime("2025-01-15T12:00:00Z") ?? 0n;
const declared = tables === undefined ? {} : (JSON.parse(readFileSync(tables, "utf8")) as Record<string, unknown>);
const schemas = new Map<string, Schema>([
  ...catalogueTables.map((name): [string, Schema] => [
    name,
    [...(catalogueColumns(name) ?? [])].map(([column, type]) => ({ name: column, type })),
  ]),
  ...Object.entries(declared).map(([name, columns]): [string, Schema] => [
    name,
    parseSchemaFile(name, JSON.stringify(columns)),
  ]),
]);

const queries = filesBelow(folder).flatMap((path) => {
  const found = openDocument(path, readFileSync(path, "utf8"));
  return "message" in found ? [] : found;
});
let [bound, fired, misses] = [0, 0, 0];
const refusals = new Map<string, number>();
const defeats = new Map<string, number>();
for (const { name, text } of queries) {
  try {
    const { fires, nearMisses, unsolved } = await synthesize(text, schemas, { now });
    bound++;
    misses += nearMisses.length;
    if (fires) fired++;
    else {
      const causes = unsolved.map(
        ({ span, why }) => `${why}: ${text.slice(span.start, span.end).replace(/\s+/g, " ")}`,
      );
      for (const cause of causes.length > 0 ? causes : ["the rows that were found do not fire"]) count(defeats, cause);
      console.log(`${name}  ${causes.join("; ")}`);
    }
  } catch (thrown) {
    if (thrown instanceof KqlError) count(refusals, thrown.message);
    else console.log(`${name}  defect: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
const percent = (part: number, whole: number) => `${whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10} %`;
console.log(`${queries.length} queries, ${bound} bind`);
console.log(`${fired} fire (${percent(fired, bound)} of those that bind), ${misses} near misses`);
show("not bound", refusals);
show("defeated by", defeats);

function count(into: Map<string, number>, key: string): void {
  into.set(key, (into.get(key) ?? 0) + 1);
}

function show(title: string, counts: ReadonlyMap<string, number>): void {
  if (counts.size === 0) return;
  console.log(`\n${title}`);
  const sorted = [...counts].sort(([, a], [, b]) => b - a).slice(0, 30);
  for (const [key, times] of sorted) console.log(`  ${String(times).padStart(4)}  ${key.slice(0, 160)}`);
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .map((name) => join(path, name))
    .flatMap((each) =>
      statSync(each).isDirectory() ? filesBelow(each) : /\.(kql|csl|kusto|md|ya?ml)$/i.test(each) ? [each] : [],
    );
}
