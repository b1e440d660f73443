import { type Dynamic, isArray } from "../../data/dynamic.ts";
import { PairTable } from "./pair-table.ts";

/*
 * HyperLogLog over 64-bit hashes. While there are few distinct ones they are kept, and the count is exact; then 2^bits
 * registers take their place. In a dynamic: [[limit, bits], [hash, …], [register, …]], one of the two lists empty.
 * https://en.wikipedia.org/wiki/HyperLogLog
 */
export interface HyperLogLog {
  /** Up to so many distinct hashes are kept. */
  readonly limit: number;
  readonly bits: number;
  /** The distinct hashes, as pairs of 32-bit halves; undefined once there are registers. */
  hashes: PairTable | undefined;
  registers: Uint8Array | undefined;
}

const levels = [
  { limit: 1024, bits: 12 },
  { limit: 1024, bits: 14 },
  { limit: 8192, bits: 16 },
  { limit: 8192, bits: 17 },
  { limit: 8192, bits: 18 },
] as const;

/** https://learn.microsoft.com/kusto/query/hll-aggregation-function#estimation-accuracy */
export function emptyHll(accuracy: 0 | 1 | 2 | 3 | 4): HyperLogLog {
  return { ...levels[accuracy], hashes: new PairTable(), registers: undefined };
}

export function addHash(hll: HyperLogLog, high: number, low: number): void {
  if (hll.hashes) {
    hll.hashes.idOf(high, low);
    if (hll.hashes.size > hll.limit) toRegisters(hll, hll.hashes);
  } else {
    register(hll, high, low);
  }
}

function toRegisters(hll: HyperLogLog, hashes: PairTable): void {
  hll.hashes = undefined;
  hll.registers = new Uint8Array(2 ** hll.bits);
  for (let id = 0; id < hashes.size; id++) register(hll, hashes.firstOf(id), hashes.secondOf(id));
}

/** The first bits choose the register; it holds the greatest position of the first 1 in the rest. */
function register({ registers, bits }: HyperLogLog, high: number, low: number): void {
  const rest = (high << bits) | (low >>> (32 - bits));
  const zeros = rest !== 0 ? Math.clz32(rest) : Math.min(32 + Math.clz32(low << bits), 64 - bits);
  const index = high >>> (32 - bits);
  if (registers![index]! <= zeros) registers![index] = zeros + 1;
}

/** Adds what `source` has seen; both have the same `bits`. */
export function mergeHll(target: HyperLogLog, source: HyperLogLog): void {
  if (source.hashes) {
    for (let id = 0; id < source.hashes.size; id++)
      addHash(target, source.hashes.firstOf(id), source.hashes.secondOf(id));
    return;
  }
  if (target.hashes) toRegisters(target, target.hashes);
  for (let i = 0; i < target.registers!.length; i++) {
    target.registers![i] = Math.max(target.registers![i]!, source.registers![i]!);
  }
}

/** The number of distinct values: exact while hashes are kept. Ertl's estimator, which needs no tables of corrections. */
export function countOfHll({ hashes, registers, bits }: HyperLogLog): number {
  if (hashes) return hashes.size;
  const size = 2 ** bits;
  const depth = 64 - bits;
  const histogram = new Float64Array(depth + 2);
  for (const value of registers!) histogram[value]!++;
  let z = size * tau(1 - histogram[depth + 1]! / size);
  for (let k = depth; k >= 1; k--) z = 0.5 * (z + histogram[k]!);
  z += size * sigma(histogram[0]! / size);
  return Math.round((size * size) / (2 * Math.LN2 * z));
}

/** https://arxiv.org/abs/1702.01284, algorithms 5 and 6 */
function sigma(start: number): number {
  if (start === 1) return Number.POSITIVE_INFINITY;
  let [x, y, z] = [start, 1, start];
  for (let before = -1; before !== z; ) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(start: number): number {
  if (start === 0 || start === 1) return 0;
  let [x, y, z] = [start, 1, 1 - start];
  for (let before = -1; before !== z; ) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}

/** Two 32-bit halves of a hash of `text`, the high one first. */
export function hash64(text: string): readonly [number, number] {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return [finished(high), finished(low)];
}

function finished(half: number): number {
  let hash = half ^ (half >>> 16);
  hash = Math.imul(hash, 0x7feb352d);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x846ca68b);
  return hash ^ (hash >>> 16);
}

export function hllToDynamic({ limit, bits, hashes, registers }: HyperLogLog): Dynamic {
  const texts: string[] = [];
  for (let id = 0; hashes !== undefined && id < hashes.size; id++) {
    texts.push(String((BigInt(hashes.firstOf(id)) << 32n) | BigInt(hashes.secondOf(id) >>> 0)));
  }
  return [[limit, bits], texts, registers ? [...registers] : []];
}

/** The state in a dynamic; undefined where there is none. */
export function hllFromDynamic(value: Dynamic): HyperLogLog | undefined {
  if (!isArray(value) || !value.every(isArray)) return undefined;
  const [header = [], texts = [], items = []] = value;
  const level = levels.find(({ limit, bits }) => header[0] === limit && header[1] === bits);
  if (!level) return undefined;
  if (items.length > 0) {
    if (items.length !== 2 ** level.bits || !items.every((item) => typeof item === "number")) return undefined;
    return { ...level, hashes: undefined, registers: Uint8Array.from(items) };
  }
  const hashes = new PairTable();
  for (const text of texts) {
    if (typeof text !== "string" || !/^-?\d{1,19}$/.test(text)) return undefined;
    const hash = BigInt(text);
    hashes.idOf(Number(BigInt.asIntN(32, hash >> 32n)), Number(BigInt.asIntN(32, hash)));
  }
  return { ...level, hashes, registers: undefined };
}
