import { Document, type Scalar, visit, YAMLMap, YAMLSeq } from "yaml";
import type { Cell } from "../../data/column.ts";
import type { Dynamic } from "../../data/dynamic.ts";
import { printDynamic } from "../../data/json.ts";
import { cellText } from "../../data/text.ts";
import type { ScalarType } from "../../data/types.ts";
import * as words from "../../diagnostics/catalogue/init.ts";
import type { Synthesis } from "../../synthesis/synthesize.ts";
import type { SynthesizedTable } from "../../synthesis/tables.ts";

export interface SpecHead {
  /** Relative to the spec. */
  readonly query: string;
  readonly schema: string | { readonly file: string; readonly extends: string };
  readonly now: string;
  readonly ingestionTime: string | undefined;
  readonly externaldata: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
}

export interface Todo {
  /** `rule.kql:3:9` */
  readonly place: string;
  readonly text: string;
  readonly why: string;
}

/** The text of a `*.test.yaml`. `textAt` gives what stands at a place of the query. */
export function specText(
  head: SpecHead,
  synthesis: Synthesis,
  todo: readonly Todo[],
  textAt: (span: { readonly start: number; readonly end: number }) => string,
): string {
  const { fires, tables, nearMisses } = synthesis;
  const tests = [
    {
      name: words.firesName,
      ...rowsOf(tables),
      expect: { alert: true },
      ...(fires ? {} : { skip: words.notFiredSkip }),
    },
    ...named(nearMisses.map((miss) => ({ miss, name: words.missName(miss.kind, textAt(miss.span)) }))).map(
      ({ miss, name }) => ({ name, ...rowsOf(miss.tables), expect: { alert: false } }),
    ),
  ];
  const document = new Document({
    query: head.query,
    schema: head.schema,
    now: head.now,
    ...(head.ingestionTime === undefined ? {} : { ingestionTime: head.ingestionTime }),
    ...(head.externaldata.size > 0 ? { externaldata: Object.fromEntries(head.externaldata) } : {}),
    ...(head.parameters.size > 0 ? { parameters: Object.fromEntries(head.parameters) } : {}),
    tests,
  });
  flatten(document);
  const open = fires ? [] : [`TODO ${words.notFired}`];
  const comments = [...open, ...todo.map(({ place, text, why }) => `TODO ${place} ${text}: ${why}`)];
  const notes = comments.map((line) => `# ${line}\n`).join("");
  return notes + document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Rows, expectations and other small things on one line each. */
function flatten(document: Document): void {
  visit(document, {
    Pair(_, pair) {
      const key = (pair.key as Scalar | null)?.value;
      if (key === "expect" && pair.value instanceof YAMLMap) pair.value.flow = true;
      if (key === "schema" && pair.value instanceof YAMLMap) pair.value.flow = true;
      if ((key !== "tables" && key !== "generate") || !(pair.value instanceof YAMLMap)) return undefined;
      for (const table of pair.value.items) {
        if (!(table.value instanceof YAMLSeq)) continue;
        for (const row of table.value.items) if (row instanceof YAMLMap) row.flow = true;
      }
      return visit.SKIP;
    },
  });
}

/** Names of tests are different. */
function named<T extends { readonly name: string }>(tests: readonly T[]): readonly T[] {
  const seen = new Map<string, number>();
  return tests.map((test) => {
    const count = (seen.get(test.name) ?? 0) + 1;
    seen.set(test.name, count);
    return count === 1 ? test : { ...test, name: `${test.name} (${count})` };
  });
}

type Value = unknown;
type Values = Readonly<Record<string, Value>>;

/** So many rows alike are written once. */
const longRun = 4;

function rowsOf(tables: ReadonlyMap<string, SynthesizedTable>): {
  readonly tables?: Readonly<Record<string, readonly Values[]>>;
  readonly generate?: Readonly<Record<string, readonly { readonly repeat: number; readonly row: Values }[]>>;
} {
  const plain: Record<string, readonly Values[]> = {};
  const generated: Record<string, readonly { readonly repeat: number; readonly row: Values }[]> = {};
  for (const [name, table] of tables) {
    const runs = runsOf(table);
    // Generated rows stand behind the others; `${…}` in them has a meaning of its own.
    const long = runs.filter(({ count, text }) => count >= longRun && !text.includes("${"));
    const short = runs.filter((run) => !long.includes(run));
    if (short.length > 0 || long.length === 0)
      plain[name] = short.flatMap(({ row, count }) => new Array<Values>(count).fill(row));
    if (long.length > 0) generated[name] = long.map(({ row, count }) => ({ repeat: count, row }));
  }
  return {
    ...(Object.keys(plain).length > 0 ? { tables: plain } : {}),
    ...(Object.keys(generated).length > 0 ? { generate: generated } : {}),
  };
}

/** Rows that are alike, and how many there are, in the order of the first of them. */
function runsOf({
  columns,
  rows,
}: SynthesizedTable): readonly { readonly row: Values; readonly text: string; readonly count: number }[] {
  const runs = new Map<string, { row: Values; text: string; count: number }>();
  for (const cells of rows) {
    const row: Record<string, Value> = {};
    for (const [i, { name, type }] of columns.entries()) {
      const cell = cells[i] ?? null;
      if (cell !== null) row[name] = yamlValue(type, cell);
    }
    const text = JSON.stringify(row, (_, value: Value) => (typeof value === "bigint" ? `${value}n` : value));
    const run = runs.get(text);
    if (run) run.count++;
    else runs.set(text, { row, text, count: 1 });
  }
  return [...runs.values()];
}

/** As a spec writes a cell. */
function yamlValue(type: ScalarType, cell: NonNullable<Cell>): Value {
  switch (type) {
    case "bool":
    case "int":
    case "long":
    case "real":
    case "string":
      return cell;
    case "dynamic":
      return JSON.parse(printDynamic(cell as Dynamic)) as Value;
    case "datetime":
      return cellText(type, cell).replace(/\.?0+Z$/, "Z");
    default:
      return cellText(type, cell);
  }
}
