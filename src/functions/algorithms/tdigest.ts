import { type Dynamic, isArray, isTyped } from "../../data/dynamic.ts";
import { longOf, realOf } from "../../data/json.ts";
import { nearestRank } from "./nearest-rank.ts";

/*
 * A t-digest: values with the number of times that each stands for, coarse in the middle and fine at both ends.
 * Up to `exactSize` distinct values it is exact. In a dynamic: [[7], [value, …], [weight, …]].
 * https://github.com/tdunning/t-digest/blob/main/docs/t-digest-paper/histo.pdf
 */

/** The type of the values. Reals are numbers, all others bigints (of ticks, where they are times). */
export type DigestKind = "long" | "real" | "datetime" | "timespan";
export type DigestValue = number | bigint;

export interface Digest {
  readonly kind: DigestKind;
  /** Ascending and distinct. */
  readonly values: readonly DigestValue[];
  /** Positive whole numbers, one per value. */
  readonly weights: readonly number[];
}

const exactSize = 1024;
/** The number of centroids that a compressed digest has at most, within a factor of two. */
const compression = 500;

/** The digest of values in ascending order. */
export function digestOf(kind: DigestKind, values: ArrayLike<DigestValue>, weights?: ArrayLike<number>): Digest {
  const distinct: DigestValue[] = [];
  const counts: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i]! : 1;
    const last = distinct.length - 1;
    if (last >= 0 && same(distinct[last]!, values[i]!)) {
      counts[last]! += weight;
    } else {
      distinct.push(values[i]!);
      counts.push(weight);
    }
  }
  return distinct.length <= exactSize
    ? { kind, values: distinct, weights: counts }
    : compressed(kind, distinct, counts);
}

function same(a: DigestValue, b: DigestValue): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/**
 * Neighbours are merged as long as they span no more than one step of the scale, which is steep at both ends. The least
 * and the greatest value stay alone: the percentiles 0 and 100 are always exact.
 */
function compressed(kind: DigestKind, values: readonly DigestValue[], weights: readonly number[]): Digest {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scale = (share: number) => (compression / (2 * Math.PI)) * Math.asin(2 * Math.min(share, 1) - 1);
  const means: DigestValue[] = [];
  const merged: number[] = [];
  let start = 0;
  let before = 0;
  let weight = weights[0]!;
  const close = (end: number) => {
    means.push(meanOf(values.slice(start, end), weights.slice(start, end)));
    merged.push(weight);
  };
  for (let i = 1; i < values.length; i++) {
    const step = scale((before + weight + weights[i]!) / total) - scale(before / total);
    if (step <= 1 && start > 0 && i < values.length - 1) {
      weight += weights[i]!;
      continue;
    }
    close(i);
    start = i;
    before += weight;
    weight = weights[i]!;
  }
  close(values.length);
  return { kind, values: means, weights: merged };
}

/** The weighted mean; of integers, rounded to an integer. */
function meanOf(values: readonly DigestValue[], weights: readonly number[]): DigestValue {
  const [first] = values;
  if (values.length === 1) return first!;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (typeof first === "bigint") {
    const sum = values.reduce<bigint>((at, value, i) => at + BigInt(value) * BigInt(weights[i]!), 0n);
    return sum / BigInt(total);
  }
  return values.reduce<number>((mean, value, i) => mean + Number(value) * (weights[i]! / total), 0);
}

/** One digest of several of the same kind; undefined where kinds differ that have no common order. */
export function mergeDigests(digests: readonly Digest[]): Digest | undefined {
  const [first] = digests;
  if (!first) return undefined;
  const numbers = digests.every(({ kind }) => kind === "long" || kind === "real");
  const kind = digests.every((digest) => digest.kind === first.kind) ? first.kind : "real";
  if (kind !== first.kind && !numbers) return undefined;
  const all = digests.flatMap(({ values, weights }) =>
    values.map((value, i) => ({ value: kind === "real" ? Number(value) : value, weight: weights[i]! })),
  );
  all.sort((a, b) => compare(a.value, b.value));
  return digestOf(
    kind,
    all.map(({ value }) => value),
    all.map(({ weight }) => weight),
  );
}

/** NaN comes before every number. */
function compare(a: DigestValue, b: DigestValue): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(!Number.isNaN(a)) - Number(!Number.isNaN(b));
}

/** The value at a percentile from 0 to 100; null of an empty digest. */
export function digestPercentile({ kind, values, weights }: Digest, percentile: number): Dynamic {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const rank = nearestRank(percentile, total);
  let end = 0;
  for (let i = 0; i < values.length; i++) {
    end += weights[i]!;
    if (end >= rank) return dynamicOf(kind, values[i]!);
  }
  return null;
}

/** The number of values at or below `value`. */
export function digestRank({ values, weights }: Digest, value: DigestValue): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! <= value) count += weights[i]!;
  return count;
}

/** The number of values that the digest stands for. */
export function digestCount({ weights }: Digest): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

export function digestToDynamic({ kind, values, weights }: Digest): Dynamic {
  return [[7], values.map((value) => dynamicOf(kind, value)), weights];
}

function dynamicOf(kind: DigestKind, value: DigestValue): Dynamic {
  switch (kind) {
    case "real":
      return realOf(Number(value));
    case "long":
      return longOf(BigInt(value));
    default:
      return { typed: kind, value: BigInt(value) };
  }
}

/** The digest in a dynamic; undefined where there is none. */
export function digestFromDynamic(value: Dynamic): Digest | undefined {
  if (!isArray(value)) return undefined;
  const [header, items, weights] = value;
  if (!isArray(header ?? null) || !isArray(items ?? null) || !isArray(weights ?? null)) return undefined;
  const read = (items as readonly Dynamic[]).map(readValue);
  const counts = weights as readonly Dynamic[];
  const known = read.filter((item) => item !== undefined);
  if (known.length !== read.length || counts.length !== read.length) return undefined;
  if (!counts.every((count) => typeof count === "number" && count > 0)) return undefined;
  const parts = known.map(
    ({ kind, value: item }, i): Digest => ({ kind, values: [item], weights: [counts[i] as number] }),
  );
  return parts.length === 0 ? { kind: "long", values: [], weights: [] } : mergeDigests(parts);
}

function readValue(item: Dynamic): { readonly kind: DigestKind; readonly value: DigestValue } | undefined {
  if (typeof item === "bigint") return { kind: "long", value: item };
  if (typeof item === "number") {
    return Number.isInteger(item) ? { kind: "long", value: BigInt(item) } : { kind: "real", value: item };
  }
  if (!isTyped(item)) return undefined;
  switch (item.typed) {
    case "real":
    case "datetime":
    case "timespan":
      return { kind: item.typed, value: item.value };
    default:
      return undefined;
  }
}
