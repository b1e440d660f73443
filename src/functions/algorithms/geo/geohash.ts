import type { Position } from "./sphere.ts";

/* Geohash: halves of longitude and latitude by turns, five bits to a letter. https://en.wikipedia.org/wiki/Geohash */

const letters = "0123456789bcdefghjkmnpqrstuvwxyz";
export const longestGeohash = 18;

/** In degrees: from `west` up to `east`, from `south` up to `north`. */
export interface Rectangle {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** The cell of that many letters around the position. */
export function geohashOf([longitude, latitude]: Position, length: number): string {
  let [west, east, south, north] = [-180, 180, -90, 90];
  let text = "";
  let code = 0;
  // Every bound has few enough binary digits to be exact.
  for (let bit = 0; bit < length * 5; bit++) {
    code *= 2;
    if (bit % 2 === 0) {
      const middle = (west + east) / 2;
      if (longitude >= middle) {
        code++;
        west = middle;
      } else east = middle;
    } else {
      const middle = (south + north) / 2;
      if (latitude >= middle) {
        code++;
        south = middle;
      } else north = middle;
    }
    if (bit % 5 < 4) continue;
    text += letters.charAt(code);
    code = 0;
  }
  return text;
}

/** The cell of a geohash; undefined for text that is none. */
export function geohashRectangle(text: string): Rectangle | undefined {
  if (text.length === 0 || text.length > longestGeohash) return undefined;
  let [west, east, south, north] = [-180, 180, -90, 90];
  let alongLongitude = true;
  for (const letter of text) {
    const code = letters.indexOf(letter);
    if (code < 0) return undefined;
    for (let mask = 16; mask > 0; mask >>= 1) {
      const upper = (code & mask) !== 0;
      if (alongLongitude) {
        if (upper) west = (west + east) / 2;
        else east = (west + east) / 2;
      } else if (upper) south = (south + north) / 2;
      else north = (south + north) / 2;
      alongLongitude = !alongLongitude;
    }
  }
  return { west, east, south, north };
}

/** Steps of one cell to the east and to the north, in Kusto's order. */
const steps = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [0, 1],
  [-1, 0],
  [1, 1],
  [1, 0],
  [0, -1],
] as const;

/** The eight cells around a cell, which must have both a northern and a southern neighbour. */
export function geohashNeighbours({ west, east, south, north }: Rectangle, length: number): readonly string[] {
  const longitude = (west + east) / 2;
  const latitude = (south + north) / 2;
  return steps.map(([right, up]) => {
    const around = longitude + right * (east - west);
    const wrapped = around >= 180 ? around - 360 : around < -180 ? around + 360 : around;
    return geohashOf([wrapped, latitude + up * (north - south)], length);
  });
}
