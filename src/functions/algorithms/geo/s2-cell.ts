import { normalize, type Point } from "./sphere.ts";

/*
 * S2 cells: the sphere on a cube, each of its six faces a square that is quartered thirty times along a Hilbert curve.
 * A cell is its 64-bit id: face, two bits for each quarter, a one, zeros. https://s2geometry.io/devguide/s2cell_hierarchy
 */

/** The square of a cell on its face: `i` and `j` are its lower corner, in smallest cells. */
export interface Square {
  readonly face: number;
  readonly i: number;
  readonly j: number;
  readonly level: number;
}

export const deepestLevel = 30;
/** Smallest cells along the side of a face. */
const side = 2 ** deepestLevel;

/** By orientation of the curve and place on it: the quarter, 2 × right + upper. */
const quarterAt = [
  [0, 1, 3, 2],
  [0, 2, 3, 1],
  [3, 2, 0, 1],
  [3, 1, 0, 2],
] as const;
/** By place on the curve: how the curve is turned in that quarter. */
const turnAt = [1, 0, 0, 3] as const;

/** The token of a square: its id in hexadecimal, without the zeros at the end. */
export function tokenOf(square: Square): string {
  return idOf(square).toString(16).padStart(16, "0").replace(/0+$/, "");
}

function idOf({ face, i, j, level }: Square): bigint {
  let orientation = face & 1;
  let position = 0n;
  for (let depth = 1; depth <= level; depth++) {
    const shift = 2 ** (deepestLevel - depth);
    const quarter = (Math.floor(i / shift) & 1) * 2 + (Math.floor(j / shift) & 1);
    const at = (quarterAt[orientation]! as readonly number[]).indexOf(quarter);
    position = position * 4n + BigInt(at);
    orientation ^= turnAt[at]!;
  }
  return (BigInt(face) << 61n) | (((position << 1n) | 1n) << BigInt(2 * (deepestLevel - level)));
}

/** The square of a token; undefined for text that is none. */
export function squareOfToken(token: string): Square | undefined {
  if (!/^[0-9a-f]{1,16}$/i.test(token)) return undefined;
  const id = BigInt(`0x${token.padEnd(16, "0")}`);
  const face = Number(id >> 61n);
  const rest = id & 0x1fff_ffff_ffff_ffffn;
  if (face > 5 || rest === 0n) return undefined;
  let trailing = 0;
  while (((rest >> BigInt(trailing)) & 1n) === 0n) trailing++;
  if (trailing % 2 !== 0) return undefined;
  const level = deepestLevel - trailing / 2;
  let orientation = face & 1;
  let i = 0;
  let j = 0;
  for (let depth = 1; depth <= level; depth++) {
    const at = Number((rest >> BigInt(1 + 2 * (deepestLevel - depth))) & 3n);
    const quarter = quarterAt[orientation]![at]!;
    const size = 2 ** (deepestLevel - depth);
    i += (quarter >> 1) * size;
    j += (quarter & 1) * size;
    orientation ^= turnAt[at]!;
  }
  return { face, i, j, level };
}

/** The square of that level around a point. */
export function squareAround(point: Point, level: number): Square {
  const { face, u, v } = onFace(point);
  return squareAt(face, indexOf(toST(u)), indexOf(toST(v)), level);
}

function squareAt(face: number, i: number, j: number, level: number): Square {
  const size = sizeOf(level);
  return { face, i: Math.floor(i / size) * size, j: Math.floor(j / size) * size, level };
}

export function sizeOf(level: number): number {
  return 2 ** (deepestLevel - level);
}

function indexOf(s: number): number {
  return Math.max(0, Math.min(side - 1, Math.round(side * s - 0.5)));
}

/** The four quarters in the order of the curve, given how it is turned in the square; with how it is turned in them. */
export function quartersOf(square: Square, orientation: number): readonly { square: Square; orientation: number }[] {
  const { face, i, j } = square;
  const level = square.level + 1;
  const size = sizeOf(level);
  return quarterAt[orientation]!.map((quarter, at) => ({
    square: { face, i: i + (quarter >> 1) * size, j: j + (quarter & 1) * size, level },
    orientation: orientation ^ turnAt[at]!,
  }));
}

// ---------------------------------------------------------------------- between plane and sphere

function onFace([x, y, z]: Point): { readonly face: number; readonly u: number; readonly v: number } {
  const [ax, ay, az] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  const axis = ax > ay ? (ax > az ? 0 : 2) : ay > az ? 1 : 2;
  const face = [x, y, z][axis]! < 0 ? axis + 3 : axis;
  switch (face) {
    case 0:
      return { face, u: y / x, v: z / x };
    case 1:
      return { face, u: -x / y, v: z / y };
    case 2:
      return { face, u: -x / z, v: -y / z };
    case 3:
      return { face, u: z / x, v: y / x };
    case 4:
      return { face, u: z / y, v: -x / y };
    default:
      return { face, u: -y / z, v: -x / z };
  }
}

function fromFace(face: number, u: number, v: number): Point {
  switch (face) {
    case 0:
      return [1, u, v];
    case 1:
      return [-u, 1, v];
    case 2:
      return [-u, -v, 1];
    case 3:
      return [-1, -v, -u];
    case 4:
      return [v, -1, -u];
    default:
      return [v, u, -1];
  }
}

/** The square of a face is bent so that cells come out about equally large. */
function toUV(s: number): number {
  return s >= 0.5 ? (1 / 3) * (4 * s * s - 1) : (1 / 3) * (1 - 4 * (1 - s) * (1 - s));
}

function toST(u: number): number {
  return u >= 0 ? 0.5 * Math.sqrt(1 + 3 * u) : 1 - 0.5 * Math.sqrt(1 - 3 * u);
}

/** The point in the middle of the square. */
export function centreOf({ face, i, j, level }: Square): Point {
  const half = sizeOf(level) / 2;
  return normalize(fromFace(face, toUV((i + half) / side), toUV((j + half) / side)));
}

/** The four corners, counterclockwise from the lower left one. */
export function cornersOf({ face, i, j, level }: Square): readonly Point[] {
  const size = sizeOf(level);
  const [left, right] = [toUV(i / side), toUV((i + size) / side)];
  const [lower, upper] = [toUV(j / side), toUV((j + size) / side)];
  return [
    fromFace(face, left, lower),
    fromFace(face, right, lower),
    fromFace(face, right, upper),
    fromFace(face, left, upper),
  ].map(normalize);
}

// ---------------------------------------------------------------------- neighbours

/** The cells around the square, in the order in which S2 finds them; twice the same where three faces meet. */
export function neighboursOf({ face, i, j, level }: Square): readonly Square[] {
  const size = sizeOf(level);
  const found: Square[] = [];
  for (let k = -size; k <= size; k += size) {
    if (k === 0) found.push(wrapped(face, i, j - size, level), wrapped(face, i, j + size, level));
    found.push(wrapped(face, i - size, j + k, level), wrapped(face, i + size, j + k, level));
  }
  return found;
}

/** The square there, on the next face where this one ends. */
function wrapped(face: number, i: number, j: number, level: number): Square {
  if (i >= 0 && j >= 0 && i < side && j < side) return squareAt(face, i, j, level);
  // One smallest cell beyond the edge, straight on.
  const limit = 1 + Number.EPSILON;
  const [u, v] = [i, j].map((index) => {
    const near = Math.max(-1, Math.min(side, index));
    return Math.max(-limit, Math.min(limit, (2 * (near - side / 2) + 1) / side));
  });
  const next = onFace(fromFace(face, u!, v!));
  return squareAt(next.face, indexOf(0.5 * (next.u + 1)), indexOf(0.5 * (next.v + 1)), level);
}
