import type { Cell } from "../../../data/column.ts";
import { densified, isShortOnMap } from "../../algorithms/geo/densify.ts";
import type { Position } from "../../algorithms/geo/sphere.ts";
import { Refusal } from "../../refusal.ts";

type Given = NonNullable<Cell>;

/** In metres; undefined outside of what Kusto takes. */
export function densifyTolerance(tolerance: Given | undefined): number | undefined {
  const metres = tolerance === undefined ? 10 : Number(tolerance);
  return metres >= 0.1 && metres <= 10_000 ? metres : undefined;
}

/** Refuses what the map cuts in two: without it, the argument `preserve_crossing` changes nothing. */
export function densifiedOnMap(positions: readonly Position[], metres: number): readonly Position[] {
  for (const [i, position] of positions.entries()) {
    const next = positions[i + 1];
    if (next && !isShortOnMap(position, next))
      throw new Refusal(0, "an edge that crosses the antimeridian is not supported");
  }
  return densified(positions, metres);
}
