import { readFileSync } from "node:fs";
import { parseDatetime, printDatetime } from "../../src/data/datetime.ts";
import { printDynamic } from "../../src/data/json.ts";
import type { Schema } from "../../src/data/types.ts";
import { catalogueColumns, catalogueTables } from "../../src/readers/catalogue/tables.ts";
import { parseSchemaFile } from "../../src/readers/schema-file.ts";
import { type Synthesis, type SynthesisOptions, synthesize } from "../../src/synthesis/synthesize.ts";

export const now = parseDatetime("2025-01-15T12:00:00Z") ?? 0n;

const own = JSON.parse(readFileSync("test/synthesis/tables.json", "utf8")) as Record<string, unknown>;

/** The tables of the catalogue, those of `tables.json`, and a small one. */
export const schemas: ReadonlyMap<string, Schema> = new Map<string, Schema>([
  ...catalogueTables.map((table): [string, Schema] => [
    table,
    [...(catalogueColumns(table) ?? [])].map(([name, type]) => ({ name, type })),
  ]),
  ...Object.entries(own).map(([table, columns]): [string, Schema] => [
    table,
    parseSchemaFile(table, JSON.stringify(columns)),
  ]),
]);

export function rowsFor(text: string, options: Partial<SynthesisOptions> = {}): Promise<Synthesis> {
  return synthesize(text, schemas, { now, ...options });
}

/** Each row as `Table Column=value Column=value`. */
export function shown(tables: Synthesis["tables"]): readonly string[] {
  return [...tables].flatMap(([table, { columns, rows }]) =>
    rows.map((row) =>
      [
        table,
        ...columns.flatMap(({ name, type }, i) => {
          const cell = row[i] ?? null;
          if (cell === null) return [];
          const text =
            type === "datetime"
              ? printDatetime(cell as bigint)
              : type === "dynamic"
                ? printDynamic(cell as never)
                : String(cell);
          return [`${name}=${text}`];
        }),
      ].join(" "),
    ),
  );
}

/** What the near misses are about. */
export function missed(text: string, { nearMisses }: Synthesis): readonly string[] {
  return nearMisses.map(({ span }) => text.slice(span.start, span.end));
}
