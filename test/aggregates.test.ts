import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellAt, columnFromCells, constantColumn } from "../src/data/cells.ts";
import type { Cell, Column } from "../src/data/column.ts";
import { compareCells, dynamicKey } from "../src/data/compare.ts";
import { Decimal } from "../src/data/decimal.ts";
import type { Dynamic } from "../src/data/dynamic.ts";
import { cellText, toDynamic } from "../src/data/text.ts";
import type { ScalarType } from "../src/data/types.ts";
import {
  addHash,
  countOfHll,
  emptyHll,
  hash64,
  hllFromDynamic,
  hllToDynamic,
} from "../src/functions/algorithms/hyperloglog.ts";
import { nearestRank } from "../src/functions/algorithms/nearest-rank.ts";
import { PairTable } from "../src/functions/algorithms/pair-table.ts";
import {
  digestCount,
  digestFromDynamic,
  digestOf,
  digestPercentile,
  digestRank,
  digestToDynamic,
  mergeDigests,
} from "../src/functions/algorithms/tdigest.ts";
import { aggregateFunction } from "../src/functions/registry.ts";

/* Every accumulator, over batches of any size, groups that come as they will and constant columns, against one row after another. */

const cells: { readonly [T in ScalarType]: fc.Arbitrary<Cell> } = {
  bool: fc.option(fc.boolean()),
  int: fc.option(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer())),
  long: fc.option(fc.oneof(fc.bigInt(-3n, 3n), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n))),
  real: fc.option(
    fc.oneof(
      fc.integer({ min: -4, max: 4 }).map((n) => n / 2),
      fc.constant(Number.NaN),
      fc.double(),
    ),
  ),
  decimal: fc.option(fc.integer({ min: -50, max: 50 }).map((n) => new Decimal(n).dividedBy(10))),
  datetime: fc.option(fc.bigInt(600_000_000_000_000_000n, 640_000_000_000_000_000n)),
  timespan: fc.option(fc.bigInt(-1000n, 1000n)),
  string: fc.oneof(fc.constantFrom("", "a", "A", "b"), fc.string({ maxLength: 3 })),
  guid: fc.option(fc.constantFrom("74be27de-1e4e-49d9-b579-fe0b331d3642", "00000000-0000-0000-0000-000000000000")),
  dynamic: fc.constantFrom<Dynamic[]>(null, 1, 2.5, "a", [1, 2], new Map([["a", 1]]), true),
};

interface Batch {
  readonly rows: readonly { readonly group: number; readonly args: readonly Cell[] }[];
  /** Arguments whose every cell is that of the first row. */
  readonly constant: readonly boolean[];
}

function batches(types: readonly ScalarType[]): fc.Arbitrary<readonly Batch[]> {
  const row = fc.record({ group: fc.nat({ max: 5 }), args: fc.tuple(...types.map((type) => cells[type])) });
  const constant = fc.tuple(...types.map(() => fc.boolean().map((chosen) => chosen)));
  return fc.array(
    fc.record({ rows: fc.array(row, { maxLength: 12 }), constant }).map((batch) => ({
      ...batch,
      rows: batch.rows.map((one) => ({
        ...one,
        args: one.args.map((cell, i) => (batch.constant[i] ? batch.rows[0]!.args[i]! : cell)),
      })),
    })),
    { maxLength: 4 },
  );
}

/** Groups are numbered as they come, as the engine does. */
function run(name: string, types: readonly ScalarType[], input: readonly Batch[], constants: readonly Cell[] = []) {
  const fn = aggregateFunction(name)!;
  const given: readonly ScalarType[] = [...types, ...constants.map((): ScalarType => "real")];
  const overload = fn.overloads.find(({ params }) =>
    types.every((type, i) => [type, "scalar", "number"].includes(params[Math.min(i, params.length - 1)]!.type)),
  )!;
  const outputs =
    fn.shape === "arguments" ? types : fn.shape === "constants" ? constants.map(() => types[0]!) : [types[0]!];
  const accumulator = overload.create({
    types: given,
    constants: [...types.map(() => undefined), ...constants],
    outputs,
    random: () => 0,
  });
  const ids = new Map<number, number>();
  const groups: (readonly Cell[])[][] = [];
  for (const { rows, constant } of input) {
    const columns = types.map((type, i): Column => {
      if (constant[i] && rows.length > 0) return constantColumn(type, rows[0]!.args[i]!);
      return columnFromCells(
        type,
        rows.map(({ args }) => args[i]!),
      );
    });
    const numbers = rows.map(({ group, args }) => {
      const id = ids.get(group) ?? ids.size;
      ids.set(group, id);
      groups[id] ??= [];
      groups[id].push(args);
      return id;
    });
    accumulator.add(
      [...columns, ...constants.map((cell) => constantColumn("real", cell))],
      Int32Array.from(numbers),
      ids.size,
    );
  }
  // One group more than there are rows for.
  groups.push([]);
  const results = accumulator.finish(groups.length);
  return groups.map((rows, g) => ({
    rows,
    found: results.map((column) => ({ type: column.type, cell: cellAt(column, g) })),
  }));
}

function text(type: ScalarType, cell: Cell): string {
  return cell === null ? "null" : `${type}:${cellText(type, cell)}`;
}

type Reference = (rows: readonly (readonly Cell[])[], types: readonly ScalarType[]) => readonly [ScalarType, Cell][];

function check(
  name: string,
  types: readonly ScalarType[],
  reference: Reference,
  constants: readonly Cell[] = [],
): void {
  test(`${name}(${types.join(", ")})`, () => {
    fc.assert(
      fc.property(batches(types), (input) => {
        for (const { rows, found } of run(name, types, input, constants)) {
          expect(found.map(({ type, cell }) => text(type, cell))).toEqual(
            reference(rows, types).map(([type, cell]) => text(type, cell)),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
}

const present = (rows: readonly (readonly Cell[])[]) => rows.map(([cell]) => cell!).filter((cell) => cell !== null);
const kept = (rows: readonly (readonly Cell[])[]) => rows.filter((row) => row.at(-1) === true);
const allTypes = Object.keys(cells) as ScalarType[];
const ordered: readonly ScalarType[] = ["bool", "int", "long", "real", "decimal", "datetime", "timespan", "string"];
const ranked: readonly ScalarType[] = ["int", "long", "real", "decimal", "datetime", "timespan"];
const unwritten = (type: ScalarType): Cell => (type === "string" ? "" : null);

describe("sums and counts", () => {
  check("count", [], (rows) => [["long", BigInt(rows.length)]]);
  check("countif", ["bool"], (rows) => [["long", BigInt(kept(rows).length)]]);
  check("sum", ["long"], (rows) => [
    [
      "long",
      BigInt.asIntN(
        64,
        present(rows).reduce<bigint>((a, b) => a + (b as bigint), 0n),
      ),
    ],
  ]);
  check("sum", ["timespan"], (rows) => [["timespan", present(rows).reduce<bigint>((a, b) => a + (b as bigint), 0n)]]);
  check("sum", ["int"], (rows) => [["long", present(rows).reduce<bigint>((a, b) => a + BigInt(b as number), 0n)]]);
  check("sum", ["real"], (rows) => [["real", present(rows).reduce<number>((a, b) => a + (b as number), 0)]]);
  check("sum", ["decimal"], (rows) => [
    ["decimal", present(rows).reduce<Decimal>((a, b) => a.plus(b as Decimal), new Decimal(0))],
  ]);
  check("sumif", ["int", "bool"], (rows) => [
    ["long", present(kept(rows)).reduce<bigint>((a, b) => a + BigInt(b as number), 0n)],
  ]);
  for (const type of ["datetime", "timespan"] as const) {
    check("avg", [type], (rows) => {
      const values = present(rows) as bigint[];
      return [[type, values.length === 0 ? null : values.reduce((a, b) => a + b, 0n) / BigInt(values.length)]];
    });
  }
  check("avg", ["int"], (rows) => {
    const values = present(rows) as number[];
    return [["real", values.reduce((a, b) => a + b, 0) / values.length]];
  });
  check("avgif", ["long", "bool"], (rows) => {
    const values = present(kept(rows)) as bigint[];
    const sum = BigInt.asIntN(
      64,
      values.reduce((a, b) => a + b, 0n),
    );
    return [["real", Number(sum) / values.length]];
  });
});

describe("extremes", () => {
  const best = (type: ScalarType, values: readonly NonNullable<Cell>[], sign: number): Cell => {
    const compare = compareCells(type);
    // NaN sorts first, and is the greatest as well.
    if (values.some((value) => Number.isNaN(value))) return Number.NaN;
    return values.reduce<Cell>((a, b) => (a === null || sign * compare(b, a) > 0 ? b : a), null) ?? unwritten(type);
  };
  for (const type of ordered) {
    check("min", [type], (rows) => [[type, best(type, present(rows), -1)]]);
    check("max", [type], (rows) => [[type, best(type, present(rows), 1)]]);
    check("maxif", [type, "bool"], (rows) => [[type, best(type, present(kept(rows)), 1)]]);
    for (const [name, sign] of [
      ["arg_max", 1],
      ["arg_min", -1],
    ] as const) {
      check(name, [type, "string", "dynamic"], (rows, types) => {
        const value = best(type, present(rows), sign);
        const compare = compareCells(type);
        const row = rows.find(([cell]) => cell !== null && value !== null && compare(cell!, value) === 0) ?? rows[0];
        return types.map((one, i) => [one, row ? row[i]! : unwritten(one)]);
      });
    }
  }
});

describe("distinct values and collections", () => {
  for (const type of allTypes) {
    const keyOf = (cell: Cell) => dynamicKey(toDynamic(type, cell));
    check("dcount", [type], (rows) => [["long", BigInt(new Set(present(rows).map(keyOf)).size)]]);
    check("dcountif", [type, "bool"], (rows) => [["long", BigInt(new Set(present(kept(rows)).map(keyOf)).size)]]);
    check("make_list", [type], (rows) => [
      [
        "dynamic",
        type === "dynamic"
          ? rows.flatMap(([cell]) => cell as Dynamic)
          : present(rows).map((cell) => toDynamic(type, cell)),
      ],
    ]);
    check("make_list_with_nulls", [type], (rows) => [
      [
        "dynamic",
        type === "dynamic" ? rows.flatMap(([cell]) => cell as Dynamic) : rows.map(([cell]) => toDynamic(type, cell!)),
      ],
    ]);
    check("make_set", [type], (rows) => {
      const seen = new Set<string>();
      const items = present(rows).flatMap((cell) =>
        type === "dynamic" && Array.isArray(cell) ? cell : [toDynamic(type, cell)],
      );
      const distinct = items.filter((item) => {
        const key = dynamicKey(item);
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      });
      return [["dynamic", distinct as Dynamic[]]];
    });
    check("take_any", [type], (rows) => [[type, present(rows).find((cell) => cell !== "") ?? unwritten(type)]]);
  }
  check("take_any", ["long", "string"], ([first]) => [
    ["long", first?.[0] ?? null],
    ["string", first?.[1] ?? ""],
  ]);
});

describe("bits", () => {
  const fold = (rows: readonly (readonly Cell[])[], combine: (a: bigint, b: bigint) => bigint): Cell => {
    const [first, ...rest] = present(rows) as bigint[];
    return first === undefined ? null : BigInt.asIntN(64, rest.reduce(combine, first));
  };
  check("binary_all_and", ["long"], (rows) => [["long", fold(rows, (a, b) => a & b)]]);
  check("binary_all_or", ["long"], (rows) => [["long", fold(rows, (a, b) => a | b)]]);
  check("binary_all_xor", ["long"], (rows) => [["long", fold(rows, (a, b) => a ^ b)]]);
});

describe("percentiles", () => {
  for (const type of ranked) {
    const result = type === "int" ? "long" : type === "decimal" ? "real" : type;
    const as = (cell: Cell): Cell =>
      cell === null ? null : result === "long" ? BigInt(cell as number) : result === "real" ? Number(cell) : cell;
    check(
      "percentiles",
      [type],
      (rows) => {
        const values = present(rows).sort(compareCells(type));
        return [0, 33, 50, 99.9, 100].map((p) => [
          result,
          values.length === 0 ? null : as(values[nearestRank(p, values.length) - 1]!),
        ]);
      },
      [0, 33, 50, 99.9, 100],
    );
  }

  test("a weight repeats a value", () => {
    const weighted = batches(["real", "long"]).map((input) =>
      input.map((batch) => ({
        constant: [false, false],
        rows: batch.rows.map(({ group, args }) => ({
          group,
          args: [args[0]!, args[1] === null ? null : (args[1] as bigint) & 3n],
        })),
      })),
    );
    fc.assert(
      fc.property(weighted, (input) => {
        for (const { rows, found } of run("percentilesw", ["real", "long"], input, [20, 50])) {
          const repeated = rows.flatMap(([value, weight]) =>
            value === null ? [] : new Array<Cell>(Number(weight ?? 0n)).fill(value!),
          );
          const values = (repeated as number[]).sort(compareCells("real"));
          const wanted = [20, 50].map((p) => (values.length === 0 ? null : values[nearestRank(p, values.length) - 1]!));
          expect(found.map(({ cell }) => text("real", cell))).toEqual(wanted.map((cell) => text("real", cell)));
        }
      }),
    );
  });

  test("the nearest rank is the first with enough values at or before it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 5000 }), (tenths, count) => {
        const rank = nearestRank(tenths / 10, count);
        const enough = (at: number) => at * 1000 >= tenths * count;
        expect(enough(rank) && (rank === 1 || !enough(rank - 1))).toBe(true);
      }),
    );
  });
});

describe("deviations", () => {
  const near = (
    name: string,
    types: readonly ScalarType[],
    reference: (rows: readonly (readonly number[])[]) => number,
  ) =>
    test(name, () => {
      const small = fc.option(fc.integer({ min: -100, max: 100 }).map((n) => n / 4));
      const row = fc.record({ group: fc.nat({ max: 3 }), args: fc.tuple(...types.map(() => small)) });
      const input = fc.array(
        fc.record({ rows: fc.array(row, { maxLength: 20 }), constant: fc.constant(types.map(() => false)) }),
        {
          maxLength: 3,
        },
      );
      fc.assert(
        fc.property(input, (given) => {
          for (const { rows, found } of run(name, types, given)) {
            const whole = rows.filter((cells) => !cells.includes(null)) as number[][];
            expect(found[0]!.cell).toBeCloseTo(reference(whole), 8);
          }
        }),
      );
    });
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const products = (rows: readonly (readonly number[])[]) => {
    const [first, last] = [rows.map((row) => row[0]!), rows.map((row) => row.at(-1)!)];
    return rows.reduce((sum, row) => sum + (row[0]! - mean(first)) * (row.at(-1)! - mean(last)), 0);
  };
  const over = (sum: number, divisor: number) => (divisor < 1 ? 0 : sum / divisor);
  near("variance", ["real"], (rows) => over(products(rows), rows.length - 1));
  near("variancep", ["real"], (rows) => over(products(rows), rows.length));
  near("stdev", ["real"], (rows) => Math.sqrt(over(products(rows), rows.length - 1)));
  near("stdevp", ["real"], (rows) => Math.sqrt(over(products(rows), rows.length)));
  near("covariance", ["real", "real"], (rows) => over(products(rows), rows.length - 1));
  near("covariancep", ["real", "real"], (rows) => over(products(rows), rows.length));
});

describe("algorithms", () => {
  test("a pair table numbers pairs as they come", () => {
    const pair = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
    fc.assert(
      fc.property(fc.array(fc.oneof(pair, fc.tuple(fc.integer(), fc.constant(0))), { maxLength: 200 }), (pairs) => {
        const table = new PairTable();
        const ids = new Map<string, number>();
        for (const [a, b] of pairs) {
          const key = `${a},${b}`;
          if (!ids.has(key)) ids.set(key, ids.size);
          const id = table.idOf(a, b);
          expect(id).toBe(ids.get(key));
          expect([table.firstOf(id), table.secondOf(id)]).toEqual([a, b]);
        }
        expect(table.size).toBe(ids.size);
      }),
    );
  });

  test("a HyperLogLog counts exactly at first, and to its accuracy then", () => {
    for (const [accuracy, error] of [
      [0, 0.016],
      [1, 0.008],
      [2, 0.004],
      [3, 0.0028],
      [4, 0.002],
    ] as const) {
      for (const count of [0, 1, 1024, 20_000, 300_000]) {
        const hll = emptyHll(accuracy);
        for (let i = 0; i < count; i++) addHash(hll, ...hash64(`value ${i}`));
        const counted = countOfHll(hllFromDynamic(hllToDynamic(hll))!);
        if (count <= 1024) expect(counted).toBe(count);
        else expect(Math.abs(counted - count) / count).toBeLessThan(4 * error);
      }
    }
  });

  test("a merged HyperLogLog is that of all values", () => {
    const state = (from: number, to: number): Cell => {
      const hll = emptyHll(1);
      for (let i = from; i < to; i++) addHash(hll, ...hash64(`${i}`));
      return hllToDynamic(hll);
    };
    for (const [a, b] of [
      [500, 1000],
      [2000, 2500],
      [500, 5000],
    ] as const) {
      const rows = [state(0, a), state(a - 100, b)].map((cell) => ({ group: 0, args: [cell] }));
      const [merged] = run("hll_merge", ["dynamic"], [{ rows, constant: [false] }]);
      expect(merged!.found[0]!.cell?.toString()).toBe(state(0, b)?.toString());
    }
  });

  test("a digest of few values is exact, and one of many near", () => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => i + 1);
    for (const digest of [digestOf("real", values.subarray(0, 1000)), digestOf("real", values)]) {
      const back = digestFromDynamic(digestToDynamic(digest))!;
      const count = digestCount(back);
      for (const p of [0, 0.1, 5, 50, 95, 99.9, 100]) {
        const found = digestPercentile(back, p) as { readonly value: number } | number;
        const value = typeof found === "number" ? found : found.value;
        const allowed = count <= 1000 ? 0 : 0.01 * count * Math.sqrt((p / 100) * (1 - p / 100));
        expect(Math.abs(value - nearestRank(p, count))).toBeLessThanOrEqual(allowed);
      }
      expect(Math.abs(digestRank(back, count / 2) - count / 2)).toBeLessThanOrEqual(count <= 1000 ? 0 : 0.01 * count);
    }
    const merged = mergeDigests([
      digestOf("long", BigInt64Array.of(1n, 3n)),
      digestOf("long", BigInt64Array.of(2n, 3n)),
    ]);
    expect(merged).toEqual({ kind: "long", values: [1n, 2n, 3n], weights: [1, 1, 2] });
  });
});
