import { parseDatetime, printDatetime } from "../../data/datetime.ts";
import { timespanWithUnit } from "../../data/timespan.ts";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import { SpecFault } from "./fault.ts";
import { substituted } from "./matrix.ts";
import type { GeneratedRows, GivenRow, SpecInputs } from "./model.ts";
import type { SpecFile } from "./read.ts";
import type { Path } from "./yaml.ts";

/** The rows of a table as a spec gives them. */
export type TableRows =
  | { readonly kind: "rows"; readonly rows: readonly StatedRow[]; readonly path: Path }
  | { readonly kind: "inline"; readonly text: string; readonly path: Path }
  | { readonly kind: "file"; readonly file: string; readonly path: Path };

export interface StatedRow {
  readonly values: GivenRow;
  readonly path: Path;
  /** The time of a row of a series, as text, for the time columns that it does not name. */
  readonly time?: string | undefined;
}

/** The tables that one level of a spec states. */
export function tableRows(inputs: SpecInputs, path: Path, file: SpecFile): ReadonlyMap<string, TableRows> {
  const tables = new Map<string, TableRows>();
  for (const [name, given] of Object.entries(inputs.tables ?? {})) {
    const at = [...path, "tables", name];
    if (Array.isArray(given)) {
      tables.set(name, { kind: "rows", rows: given.map((values, i) => ({ values, path: [...at, i] })), path: at });
    } else if ("inline" in given) tables.set(name, { kind: "inline", text: given.inline, path: [...at, "inline"] });
    else tables.set(name, { kind: "file", file: given.file, path: [...at, "file"] });
  }
  for (const [name, series] of Object.entries(inputs.generate ?? {})) {
    const at = [...path, "generate", name];
    const before = tables.get(name) ?? { kind: "rows", rows: [], path: at };
    if (before.kind !== "rows") throw new SpecFault(problem.generateOverFile(file.keyAt(at), name));
    const rows = series.flatMap((each, i) => rowsOf(each, [...at, i], file));
    tables.set(name, { kind: "rows", rows: [...before.rows, ...rows], path: before.path });
  }
  return tables;
}

const mostRows = 100_000;

function rowsOf({ repeat = 1, every, from, row }: GeneratedRows, path: Path, file: SpecFile): readonly StatedRow[] {
  const count = Number(repeat);
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new SpecFault(problem.notRepeatable(file.valueAt([...path, "repeat"]), problem.foundWords(repeat)));
  }
  if (count > mostRows) throw new SpecFault(problem.tooManyRows(file.valueAt([...path, "repeat"]), mostRows));
  const start = parseDatetime(from ?? timeIn(row) ?? "");
  if (every !== undefined && start === null)
    throw new SpecFault(problem.everyWithoutStart(file.keyAt([...path, "every"])));
  const step = (every === undefined ? undefined : timespanWithUnit(every)) ?? 0n;
  return Array.from({ length: count }, (_, i) => {
    const values = substituted(row, new Map([["i", i]]));
    // The time of the series beats that of the row, which is only where it starts.
    const time = start === null || (every === undefined && from === undefined) ? undefined : start + BigInt(i) * step;
    const others =
      time === undefined ? values : Object.fromEntries(Object.entries(values).filter(([key]) => !isTime(key)));
    return {
      values: others,
      path: [...path, "row"],
      time: time === undefined ? undefined : printDatetime(time),
    };
  });
}

/** The columns that say when a row of a security table is from, the more telling one first. */
export const timeColumns: readonly string[] = ["TimeGenerated", "Timestamp"];

function isTime(column: string): boolean {
  return timeColumns.includes(column);
}

function timeIn(row: GivenRow): string | undefined {
  const found = timeColumns.map((column) => row[column]).find((value) => typeof value === "string");
  return typeof found === "string" ? found : undefined;
}
