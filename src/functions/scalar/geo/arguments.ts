import type { Cell } from "../../../data/column.ts";
import { type Point, type Position, pointAt } from "../../algorithms/geo/sphere.ts";
import { Refusal } from "../../refusal.ts";
import { required } from "../../signature.ts";
import { validPosition } from "./geometry.ts";

/* Arguments that many geospatial functions share. Numbers come in any numeric type. */

export const longitude = required("longitude", "number");
export const latitude = required("latitude", "number");
export const lineString = required("lineString", "dynamic");
export const polygon = required("polygon", "dynamic");

/** The position; undefined where there is none on Earth. */
export function positionArgument(lng: NonNullable<Cell>, lat: NonNullable<Cell>): Position | undefined {
  return validPosition(Number(lng), Number(lat));
}

export function pointArgument(lng: NonNullable<Cell>, lat: NonNullable<Cell>): Point | undefined {
  const position = positionArgument(lng, lat);
  return position && pointAt(position);
}

/** A whole number from `least` to `most`; undefined where it lies outside. */
export function wholeArgument(
  value: NonNullable<Cell> | undefined,
  otherwise: number,
  [least, most]: readonly [number, number],
  argument: number,
): number | undefined {
  const given = value === undefined ? otherwise : Number(value);
  if (!(given >= least && given <= most)) return undefined;
  if (!Number.isInteger(given)) throw new Refusal(argument, "a fraction of a level is not supported");
  return given;
}

/** Measuring on the spheroid instead of the sphere is left out: the documentation does not say which formula it takes. */
export function refuseSpheroid(value: NonNullable<Cell> | undefined, argument: number): void {
  if (value !== undefined && Number(value) !== 0)
    throw new Refusal(argument, "distances are measured on a sphere, not on a spheroid");
}

/** Cells of a shape that is widened first would need its buffer. */
export function refuseRadius(value: NonNullable<Cell> | undefined, argument: number): void {
  if (value !== undefined && Number(value) !== 0) throw new Refusal(argument, "widening the shape is not supported");
}
