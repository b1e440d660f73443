/*
 * The decimal digits of a real as the engine finds them, which is by Grisu2 (Loitsch, "Printing Floating-Point Numbers
 * Quickly and Accurately with Integers", 2010) as a JSON library of 2016 had it: the digits always give the real back
 * and are nearly always the fewest that do, yet where the last digit lies behind the ninth place of the scaled number
 * they are not brought nearest to it. So 0.1 + 0.2 ends in 7 rather than in 4.
 */

export interface RealDigits {
  readonly digits: string;
  /** The power of ten that the last digit counts. */
  readonly power: number;
}

/** The places behind the point of the scaled number, from the ninth on, where the last digit stays as it was found. */
const nearestBefore = 9;

const bits = new DataView(new ArrayBuffer(8));
const fractionBits = 52n;
const hidden = 1n << fractionBits;
const half = 1n << 63n;

/** Of a real above zero that is finite. */
export function realDigits(value: number): RealDigits {
  if (Number.isSafeInteger(value)) {
    const text = String(value);
    const digits = text.replace(/0+$/, "");
    return { digits, power: text.length - digits.length };
  }
  return fewDigits(value) ?? digitsBetween(scaled(value));
}

/**
 * The digits of a decimal of at most fifteen of them, as most are that people write: no other one of its length is read
 * back as the real. Where it is about as far from the real as may be, the bounds that the engine computes decide.
 */
function fewDigits(value: number): RealDigits | undefined {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const places = digits.length - 1 - Number(exponent);
  if (digits.length > 15 || places < 1 || places > 22) return undefined;
  const power = 10 ** places; // exact, as the digits are
  const product = value * power;
  const distance = Math.abs(Number(digits) - product - roundedAway(value, power, product));
  bits.setFloat64(0, value);
  const halfUnit = 2 ** ((bits.getUint32(0) >>> 20) - 1076);
  return distance < 0.98 * halfUnit * power ? { digits, power: -places } : undefined;
}

/** What the product of two reals lost when it was rounded, exactly: by Dekker's product of their halves. */
function roundedAway(a: number, b: number, product: number): number {
  const [highA, lowA] = halves(a);
  const [highB, lowB] = halves(b);
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

function halves(value: number): readonly [number, number] {
  const wide = value * 134_217_729; // 2 ** 27 + 1
  const high = wide - (wide - value);
  return [high, value - high];
}

/** The real and the bounds of what is read back as it, times a power of ten, in units of 2 ** -shift. */
interface Scaled {
  readonly middle: bigint;
  readonly lower: bigint;
  readonly upper: bigint;
  readonly shift: bigint;
  /** What the whole numbers of the scaled real count, as a power of ten. */
  readonly power: number;
}

function scaled(value: number): Scaled {
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const biased = Number(word >> fractionBits);
  const significand = biased === 0 ? word : (word & (hidden - 1n)) | hidden;
  const length = biased === 0 ? significand.toString(2).length : Number(fractionBits) + 1;
  const left = BigInt(63 - length);
  const exponent = (biased === 0 ? -1074 : biased - 1075) - (64 - length);
  const twice = significand << 1n;
  const below = significand === hidden ? ((twice << 1n) - 1n) << (left - 1n) : (twice - 1n) << left;

  // Powers of ten are kept for every eighth exponent: the first one that leaves the product between 2 ** -60 and 2 ** -32.
  const wanted = Math.ceil((-61 - exponent) * 0.30102999566398114 + 347);
  const scale = (Math.trunc(wanted / 8) + 1) * 8 - 348;
  const [factor, factorExponent] = powerOfTen(scale);
  const times = (part: bigint): bigint => (part * factor + half) >> 64n;
  return {
    middle: times(twice << left),
    lower: times(below) + 1n,
    upper: times((twice + 1n) << left) - 1n,
    shift: BigInt(-(exponent + factorExponent + 64)),
    power: -scale,
  };
}

const powers = new Map<number, readonly [bigint, number]>();

/** A power of ten as 64 bits times a power of two. */
function powerOfTen(exponent: number): readonly [bigint, number] {
  const known = powers.get(exponent);
  if (known) return known;
  const ten = 10n ** BigInt(Math.abs(exponent));
  // One bit more than 64, which says how to round.
  let places = 65 - (exponent < 0 ? 1 - ten.toString(2).length : ten.toString(2).length);
  const at = (shift: number): bigint => {
    if (exponent < 0) return (1n << BigInt(shift)) / ten;
    return shift < 0 ? ten >> BigInt(-shift) : ten << BigInt(shift);
  };
  while (at(places) >> 65n > 0n) places--;
  const found = [(at(places) + 1n) >> 1n, 1 - places] as const;
  powers.set(exponent, found);
  return found;
}

/** Enough places behind the point for the bounds to part. */
const mostPlaces = 17;
const tens = Array.from({ length: mostPlaces + 1 }, (_, place) => 10n ** BigInt(place));

/** The digits of the upper bound up to the first one in which the lower bound differs. */
function digitsBetween({ middle, lower, upper, shift, power }: Scaled): RealDigits {
  const width = upper - lower;
  const aside = upper - middle;
  const one = 1n << shift;
  const whole = String(upper >> shift);
  const wholeBelow = String((lower - 1n) >> shift).padStart(whole.length, "0");
  if (whole !== wholeBelow) {
    const place = whole.length - 1 - firstDifference(whole, wholeBelow);
    const unit = tens[place]! << shift;
    const digits = nearest(upper / unit, { rest: upper % unit, unit, width, aside });
    return { digits: String(digits), power: power + place };
  }
  const behind = (bound: bigint): string =>
    String(((bound & (one - 1n)) * tens[mostPlaces]!) >> shift).padStart(mostPlaces, "0");
  const place = firstDifference(behind(upper), behind(lower)) + 1;
  const times = tens[place]!;
  const digits = nearest((upper * times) >> shift, {
    rest: (upper * times) & (one - 1n),
    unit: one,
    width: width * times,
    aside: place < nearestBefore ? aside * times : 0n,
  });
  return { digits: String(digits), power: power - place };
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (a[at] === b[at]) at++;
  return at;
}

interface Found {
  readonly rest: bigint;
  readonly unit: bigint;
  readonly width: bigint;
  readonly aside: bigint;
}

/** The digits, counted down from the upper bound as long as that brings them nearer to the real. */
function nearest(digits: bigint, { rest: first, unit, width, aside }: Found): bigint {
  let found = digits;
  let rest = first;
  while (rest < aside && width - rest >= unit && (rest + unit < aside || aside - rest > rest + unit - aside)) {
    found--;
    rest += unit;
  }
  return found;
}
