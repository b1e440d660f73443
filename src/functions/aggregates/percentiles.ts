import { columnFromCells } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import type { Decimal } from "../../data/decimal.ts";
import { type Dynamic, isArray } from "../../data/dynamic.ts";
import { fromDynamic, toDynamic } from "../../data/text.ts";
import type { ScalarType } from "../../data/types.ts";
import { aggregate, prefixed } from "../aggregate-family.ts";
import { nearestRank } from "../algorithms/nearest-rank.ts";
import { Refusal } from "../refusal.ts";
import {
  type Accumulator,
  type AggregateFunction,
  type AggregateOverload,
  type ArgumentName,
  constant,
  type Param,
  repeated,
  required,
} from "../signature.ts";
import { type RankedType, type Sorted, ValueCollector } from "./value-collector.ts";

/** Kusto estimates these with a t-digest; here they are exact, by the nearest rank. */
class Percentiles implements Accumulator {
  readonly #values: ValueCollector;
  readonly #weighted: boolean;
  readonly #percentiles: readonly number[];
  readonly #result: ScalarType;
  readonly #array: boolean;

  constructor(type: RankedType, { weighted, array }: Kind, percentiles: readonly number[]) {
    this.#values = new ValueCollector(type, weighted);
    this.#weighted = weighted;
    this.#percentiles = percentiles;
    this.#result = resultType(type);
    this.#array = array;
  }

  add(args: readonly Column[], groups: Int32Array): void {
    this.#values.add(args[0]!, this.#weighted ? args[1] : undefined, groups);
  }

  finish(groupCount: number): readonly Column[] {
    const found = this.#values.sorted(groupCount).map((sorted) => cut(sorted, this.#percentiles));
    if (!this.#array) {
      return this.#percentiles.map((_, p) => {
        return columnFromCells(
          this.#result,
          found.map((cells) => cells?.[p] ?? null),
        );
      });
    }
    const arrays = found.map((cells) => cells?.map((cell) => toDynamic(this.#result, cell)) ?? null);
    return [columnFromCells("dynamic", arrays)];
  }
}

/** The value at each percentile; undefined where there are no values. */
function cut({ values, weights }: Sorted, percentiles: readonly number[]): readonly (number | bigint)[] | undefined {
  if (values.length === 0) return undefined;
  if (!weights) return percentiles.map((percentile) => values[nearestRank(percentile, values.length) - 1]!);
  const ends = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i]!;
    ends[i] = total;
  }
  return percentiles.map((percentile) => {
    const rank = nearestRank(percentile, total);
    return values[ends.findIndex((end) => end >= rank)]!;
  });
}

interface Kind {
  readonly weighted: boolean;
  /** One array of all percentiles, in place of a column for each. */
  readonly array: boolean;
}

/** Decimals give reals, as in Kusto. */
function resultType(type: RankedType): ScalarType {
  if (type === "int") return "long";
  return type === "decimal" ? "real" : type;
}

const rankedTypes: readonly [RankedType, ...RankedType[]] = ["long", "int", "real", "decimal", "datetime", "timespan"];

/** Overloads for every type that has an order to speak of; `ranks` are the parameters behind value and weight. */
function percentiles(kind: Kind, ranks: readonly Param[]): readonly [AggregateOverload, ...AggregateOverload[]] {
  const of = (type: RankedType): AggregateOverload => ({
    params: [required("expr", type), ...(kind.weighted ? [required("weight", "long")] : []), ...ranks],
    returns: kind.array ? "dynamic" : resultType(type),
    create: ({ types, constants }) => {
      const first = kind.weighted ? 2 : 1;
      const wanted = constants.slice(first).flatMap((cell, i) => percentilesIn(cell, types[first + i]));
      return new Percentiles(type, kind, wanted);
    },
  });
  const [first, ...rest] = rankedTypes;
  return [of(first), ...rest.map(of)];
}

/** The percentiles that a constant says: itself, or the items of an array. */
function percentilesIn(cell: Cell | undefined, type: ScalarType | undefined): readonly number[] {
  if (cell === undefined) throw new Error("the binder has let a percentile pass that is not constant");
  if (type !== "dynamic") return [percentileOf(cell === null ? null : Number(cell as number | bigint | Decimal))];
  const items = cell as Dynamic; // the cell is of `type`
  if (!isArray(items)) throw new Refusal("percentiles", "the percentiles are an array of numbers from 0 to 100");
  return items.map((item) =>
    percentileOf(typeof item === "string" ? null : (fromDynamic(item, "real") as number | null)),
  );
}

function percentileOf(value: number | null): number {
  if (value === null || !(value >= 0 && value <= 100)) {
    throw new Refusal("percentile", "a percentile is a number from 0 to 100");
  }
  return value;
}

/** `percentiles(x, 5, 99.9)` → `percentile_x_5`, `percentile_x_99_9` */
function percentileName(args: readonly ArgumentName[], output: number): string {
  const ranks = args.filter((arg) => arg.constant !== undefined);
  const text = (ranks[output]?.constant ?? "").replace(/\.0+$/, "").replace(/\W/g, "_");
  return `percentile_${args[0]?.name ?? ""}_${text}`;
}

const rank = constant(required("percentile", "number"));
const ranks = [rank, constant(repeated("percentile", "number"))];
const rankArray = [constant(required("percentiles", "dynamic"))];
const separate = { shape: "constants", outputName: percentileName } as const;
const together = { outputName: prefixed("percentiles") };
const docs = "percentiles-aggregation-function";
const weightedDocs = "percentilesw-aggregation-function";

export const percentileAggregates: readonly AggregateFunction[] = [
  aggregate(
    { name: "percentile", docs, ...separate },
    "The value that so many percent of the values do not exceed, by the nearest rank.",
    ...percentiles({ weighted: false, array: false }, [rank]),
  ),

  aggregate(
    { name: "percentiles", docs, ...separate },
    "A column for each of the percentiles.",
    ...percentiles({ weighted: false, array: false }, ranks),
  ),

  aggregate(
    { name: "percentiles_array", docs, ...together },
    "An array of the percentiles.",
    ...percentiles({ weighted: false, array: true }, ranks),
    ...percentiles({ weighted: false, array: true }, rankArray),
  ),

  aggregate(
    { name: "percentilew", docs: weightedDocs, ...separate },
    "The percentile of the values, each taken as often as its weight says.",
    ...percentiles({ weighted: true, array: false }, [rank]),
  ),

  aggregate(
    { name: "percentilesw", docs: weightedDocs, ...separate },
    "A column for each of the percentiles of weighted values.",
    ...percentiles({ weighted: true, array: false }, ranks),
  ),

  aggregate(
    { name: "percentilesw_array", docs: weightedDocs, ...together },
    "An array of the percentiles of weighted values.",
    ...percentiles({ weighted: true, array: true }, ranks),
    ...percentiles({ weighted: true, array: true }, rankArray),
  ),
];
