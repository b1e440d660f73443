import type { ScalarType } from "../data/types.ts";
import type { Overload, Param, Returns } from "../functions/signature.ts";

interface WithSignature {
  readonly params: readonly Param[];
  readonly returns: Returns;
}

/** What an overload makes of a list of arguments. */
export interface Match<O extends WithSignature = Overload> {
  readonly overload: O;
  /** The type that each argument must be converted to; undefined: as it is. */
  readonly targets: readonly (ScalarType | undefined)[];
  readonly params: readonly Param[];
  readonly type: ScalarType;
}

/** The cheapest overload that takes arguments of `types`; of equals, the first. */
export function matchOverload<O extends WithSignature>(
  overloads: readonly O[],
  types: readonly ScalarType[],
): Match<O> | undefined {
  let best: Match<O> | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const overload of overloads) {
    const params = paramsFor(overload.params, types.length);
    if (!params) continue;
    let cost = 0;
    for (const [i, param] of params.entries()) cost += costOf(types[i] ?? "dynamic", param);
    if (cost >= bestCost) continue;
    const match = matchOf(overload, params, types);
    if (!match) continue;
    best = match;
    bestCost = cost;
  }
  return best;
}

/** True when some overload takes `count` arguments. */
export function takesCount(overloads: readonly WithSignature[], count: number): boolean {
  return overloads.some((overload) => paramsFor(overload.params, count) !== undefined);
}

/** The parameter behind each of `count` arguments. A group of repeated parameters repeats as a whole. */
export function paramsFor(params: readonly Param[], count: number): readonly Param[] | undefined {
  const start = params.findIndex((param) => param.presence === "repeated");
  if (start < 0) {
    const required = params.filter((param) => param.presence === "required").length;
    return count < required || count > params.length ? undefined : params.slice(0, count);
  }
  const group = params.filter((param) => param.presence === "repeated");
  const before = params.slice(0, start);
  const after = params.slice(start + group.length);
  const extra = count - before.length - after.length;
  if (extra < 0) {
    const required = before.filter((param) => param.presence === "required").length;
    return count < required + after.length ? undefined : [...before.slice(0, count - after.length), ...after];
  }
  if (extra % group.length !== 0) return undefined;
  const repeats = Array.from({ length: extra / group.length }, () => group).flat();
  return [...before, ...repeats, ...after];
}

function matchOf<O extends WithSignature>(
  overload: O,
  params: readonly Param[],
  types: readonly ScalarType[],
): Match<O> | undefined {
  const shared = types.filter((_, i) => isShared(params[i]));
  const strict = params.some((param) => param.type === "alike");
  const common = strict && !areAlike(shared) ? undefined : commonType(shared);
  if (common === undefined && params.some(isShared)) return undefined;
  const targets = params.map((param, i) => {
    if (param.type === "common" || param.type === "alike") return common;
    if (param.type === "scalar") return undefined;
    if (param.type === "number") return types[i] === "dynamic" ? "real" : undefined;
    return param.type;
  });
  const after = types.map((type, i) => targets[i] ?? type);
  return { overload, params, targets, type: resultType(overload.returns, after, params, common) };
}

function isShared(param: Param | undefined): boolean {
  return param?.type === "common" || param?.type === "alike";
}

/** Kusto makes a long of an int here, but no real of a long. */
function areAlike(types: readonly ScalarType[]): boolean {
  const kinds = types.flatMap((type) => (width[type] === undefined ? [] : Math.max(width[type], 1)));
  return new Set(kinds).size <= 1;
}

function resultType(
  returns: Returns,
  types: readonly ScalarType[],
  params: readonly Param[],
  common: ScalarType | undefined,
): ScalarType {
  if (typeof returns === "object") return types[returns.sameAs] ?? "dynamic";
  if (returns === "common") return common ?? "dynamic";
  if (returns === "widest") return commonType(types.filter((_, i) => params[i]?.type === "number")) ?? "real";
  return returns;
}

const width: Readonly<Partial<Record<ScalarType, number>>> = { int: 0, long: 1, real: 2, decimal: 3 };

/** The type that all of `types` convert to without loss of kind; undefined when there is none. */
export function commonType(types: readonly ScalarType[]): ScalarType | undefined {
  let common: ScalarType | undefined;
  for (const type of types) {
    const next: ScalarType | undefined = common === undefined ? type : commonOfTwo(common, type);
    if (next === undefined) return undefined;
    common = next;
  }
  return common;
}

function commonOfTwo(left: ScalarType, right: ScalarType): ScalarType | undefined {
  if (left === right) return left;
  // A dynamic beside a scalar is read as that scalar, as Kusto does in iff(c, d.x, "none").
  if (left === "dynamic") return right;
  if (right === "dynamic") return left;
  const a = width[left];
  const b = width[right];
  return a === undefined || b === undefined ? undefined : a > b ? left : right;
}

/** Infinite when the conversion is not implicit in Kusto. */
function costOf(from: ScalarType, { type: to }: Param): number {
  if (from === to) return 0;
  if (to === "scalar" || to === "common" || to === "alike") return 10;
  const source = width[from];
  if (to === "number") return source !== undefined ? 8 : from === "dynamic" ? 22 : Number.POSITIVE_INFINITY;
  const target = width[to];
  if (source !== undefined && target !== undefined && source < target) return target - source;
  if (from === "dynamic") return to === "string" ? 20 : 21;
  return Number.POSITIVE_INFINITY;
}
