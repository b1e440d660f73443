import fc from "fast-check";
import { expect, test } from "vitest";
import { select, type TableSource } from "../../src/data/batch.ts";
import type { Cell } from "../../src/data/column.ts";
import type { ScalarType } from "../../src/data/types.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { optimize } from "../../src/plan/optimize.ts";
import { batchesOf, cellOf, type Row, rowsFrom, rowText } from "../runtime/tables.ts";

/*
 * Random pipelines over random tables: the optimized plan gives the same rows in the same order. The tables grant every
 * wish and keep to themselves what nobody asked for.
 */

interface Column {
  readonly name: string;
  readonly type: ScalarType;
}

const tables: Readonly<Record<"T" | "U", readonly Column[]>> = {
  T: [
    { name: "a", type: "long" },
    { name: "b", type: "string" },
    { name: "c", type: "real" },
    { name: "d", type: "dynamic" },
  ],
  U: [
    { name: "a", type: "long" },
    { name: "b", type: "string" },
    { name: "e", type: "bool" },
  ],
};

function reluctant(columns: readonly Column[], rows: readonly Row[], size: number): TableSource {
  return {
    schema: columns,
    scan: async function* ({ columns: wanted, predicate }) {
      for (const batch of batchesOf(columns, rows, size)) {
        const shown = (allowed: ReadonlySet<number>) => ({
          ...batch,
          column: (index: number) => {
            if (!allowed.has(index)) throw new Error(`nobody asked for the column ${columns[index]?.name}`);
            return batch.column(index);
          },
        });
        if (!predicate) {
          yield shown(wanted);
          continue;
        }
        const kept = predicate.keep(shown(predicate.columns));
        const all = Int32Array.from({ length: batch.length }, (_, row) => row);
        yield select(
          shown(wanted),
          all.filter((row) => kept[row] === 1),
        );
      }
    },
  };
}

/** Picks with numbers that fast-check made, so that it can shrink them. */
type Picks = readonly number[];

interface Step {
  readonly text: string;
  readonly columns: readonly Column[];
}

function literalOf(type: ScalarType, pick: number): string {
  const literals: Partial<Record<ScalarType, readonly string[]>> = {
    long: ["0", "1", "4294967296", "-1"],
    string: ['"a"', '""', '"A"', '"ab"'],
    real: ["0.0", "1.5", "real(nan)", "-1.5"],
    bool: ["true", "false"],
    dynamic: ["dynamic(1)"],
  };
  const among = literals[type] ?? ["0"];
  return among[pick % among.length]!;
}

function condition(columns: readonly Column[], [pick = 0, other = 0, third = 0]: Picks): string {
  const known = columns.filter(({ type }) => type !== "dynamic");
  const column = known[pick % Math.max(known.length, 1)];
  if (!column) return "true";
  const { name, type } = column;
  const comparison = `${name} ${["==", "!="][other % 2]} ${literalOf(type, third)}`;
  switch ((pick + third) % 5) {
    case 0:
      return type === "bool" ? name : `${name} >= ${literalOf(type, other)}`.replace(/(\w+) >= (".*")/, "$1 != $2");
    case 1:
      return `isnotnull(${name})`;
    case 2:
      return `${comparison} and ${name} != ${literalOf(type, other + 1)}`;
    case 3:
      return `${comparison} or isnull(${name})`;
    default:
      return comparison;
  }
}

function joined(left: readonly Column[], right: readonly Column[]): readonly Column[] {
  const all = [...left];
  for (const column of right) {
    let name = column.name;
    for (let i = 1; all.some((other) => other.name === name); i++) name = `${column.name}${i}`;
    all.push({ ...column, name });
  }
  return all;
}

const joinKinds = [
  "",
  "innerunique",
  "inner",
  "leftouter",
  "rightouter",
  "fullouter",
  "leftsemi",
  "leftanti",
  "rightsemi",
  "rightanti",
];

function step(columns: readonly Column[], picks: Picks): Step {
  const [kind = 0, pick = 0, other = 0, third = 0] = picks;
  const column = columns[pick % columns.length]!;
  const keyed = columns.filter(({ type }) => type !== "dynamic");
  const key = keyed[pick % Math.max(keyed.length, 1)];
  const same = (text: string): Step => ({ text, columns });
  switch (kind % 14) {
    case 0:
    case 1:
    case 2:
      return same(`where ${condition(columns, [pick, other, third])}`);
    case 3: {
      const name = `x${other % 3}`;
      const rest = columns.filter((one) => one.name !== name);
      if (rest.length < columns.length) return same(`where isnotnull(${name}) or true`);
      const value = column.type === "long" ? `${column.name} + 1` : column.name;
      return { text: `extend ${name} = ${value}`, columns: [...columns, { name, type: column.type }] };
    }
    case 4: {
      const kept = columns.filter((_, i) => i === pick % columns.length || (other >> i) % 2 === 1);
      return { text: `project ${kept.map(({ name }) => name).join(", ")}`, columns: kept };
    }
    case 5:
      if (!key) return same("take 7");
      return same(`sort by ${key.name} ${["asc", "desc", "asc nulls last", "desc nulls first"][other % 4]}`);
    case 6:
      return same(`take ${other % 9}`);
    case 7:
      return key ? same(`top ${other % 6} by ${key.name} ${third % 2 === 0 ? "asc" : "desc"}`) : same("take 3");
    case 8: {
      if (!key) return same("take 5");
      if (other % 2 === 0) return { text: `distinct ${key.name}`, columns: [key] };
      const by = [key, ...keyed.filter((one) => one !== key).slice(0, third % 2)];
      const name = by.some((one) => one.name === "n") ? "m" : "n";
      if (by.some((one) => one.name === name)) return same("take 4");
      return {
        text: `summarize ${name} = count() by ${by.map((one) => one.name).join(", ")}`,
        columns: [...by, { name, type: "long" }],
      };
    }
    case 9:
    case 13: {
      if (!columns.some(({ name, type }) => name === "a" && type === "long")) return same("where true");
      const type = joinKinds[other % joinKinds.length]!;
      const right = tables.U;
      const result = /left(semi|anti)/.test(type)
        ? columns
        : /right(semi|anti)/.test(type)
          ? right
          : joined(columns, right);
      return { text: `join ${type === "" ? "" : `kind=${type} `}(U) on a`, columns: result };
    }
    case 10: {
      const right = tables.U;
      const clash = right.some((one) => columns.some((mine) => mine.name === one.name && mine.type !== one.type));
      if (clash) return same("where true");
      const added = right.filter((one) => !columns.some((mine) => mine.name === one.name));
      return { text: "union (U)", columns: [...columns, ...added] };
    }
    case 11: {
      const list = columns.find(({ type }) => type === "dynamic");
      return list ? same(`mv-expand ${list.name}`) : same("where not(false)");
    }
    default: {
      if (columns.some(({ name }) => name === "rn")) return same("serialize");
      return { text: "serialize rn = row_number()", columns: [...columns, { name: "rn", type: "long" }] };
    }
  }
}

function pipeline(steps: readonly Picks[]): string {
  let columns: readonly Column[] = tables.T;
  const lines = ["T"];
  for (const picks of steps) {
    const next = step(columns, picks);
    lines.push(`| ${next.text}`);
    columns = next.columns;
  }
  return lines.join("\n");
}

/** Few, so that joins have matches. */
const fewLongs = fc.constantFrom<Cell>(0n, 1n, null);

const table = (name: "T" | "U", maxLength: number) =>
  fc.array(fc.tuple(...tables[name].map(({ name: column, type }) => (column === "a" ? fewLongs : cellOf(type)))), {
    maxLength,
  });

test("the optimized plan gives the rows of the plan as it is bound", async () => {
  await fc.assert(
    fc.asyncProperty(
      table("T", 25),
      table("U", 12),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.array(fc.nat(60), { minLength: 4, maxLength: 4 }), { maxLength: 7 }),
      async (rowsOfT, rowsOfU, size, steps) => {
        const database = createDatabase({
          tables: new Map([
            ["T", reluctant(tables.T, rowsOfT, size)],
            ["U", reluctant(tables.U, rowsOfU, size)],
          ]),
        });
        const text = pipeline(steps);
        const { results } = await database.prepare(text, { now: 0n });
        const plan = results[0]!.plan;
        const [optimized] = optimize([plan]);
        const expected = (await rowsFrom(plan)).map(rowText);
        expect((await rowsFrom(optimized!)).map(rowText), text).toEqual(expected);
      },
    ),
    { numRuns: 2500 },
  );
});

test("what two results share is pruned to what both need", async () => {
  const database = createDatabase({ tables: new Map([["T", reluctant(tables.T, [[1n, "x", 1.5, null]], 1)]]) });
  const text = "let t = T | extend f = c * 2; t | project a; t | where b == 'x' | project f; union t, t | project c";
  const { results } = await database.query(text, { now: 0n });
  expect(results.map(({ rows }) => rows.length)).toEqual([1, 1, 2]);
  for (const { rows, schema } of results) for (const index of schema.keys()) rows.column(index);
});
