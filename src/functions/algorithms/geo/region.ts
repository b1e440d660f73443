import { orderedCcw } from "./crossings.ts";
import { edgeKey } from "./cuts.ts";
import { type Edge, ringEdges } from "./edge-pairs.ts";
import { type Loop, loopContains } from "./loop.ts";
import type { Polygon } from "./polygon.ts";
import type { Point } from "./sphere.ts";

/** Polygons that do not overlap, ready to be asked on which side of the boundary something lies. */
export interface Region {
  /** The boundary, the interior on the left. */
  readonly edges: readonly Edge[];
  readonly loops: readonly Loop[];
  /** By vertex: the loops through it, with the points before and after it, counterclockwise around the loop. */
  readonly corners: ReadonlyMap<string, readonly Corner[]>;
  /** The edges, from point to point. */
  readonly keys: ReadonlySet<string>;
}

interface Corner {
  readonly loop: Loop;
  readonly before: Point;
  readonly after: Point;
}

export function regionOf(polygons: readonly Polygon[]): Region {
  const edges: Edge[] = [];
  const loops: Loop[] = [];
  const corners = new Map<string, Corner[]>();
  for (const { shell, holes } of polygons) {
    for (const loop of [shell, ...holes]) {
      edges.push(...ringEdges(loop === shell ? loop.points : loop.points.toReversed(), loops.length));
      for (const [i, point] of loop.points.entries()) {
        const corner = {
          loop,
          before: loop.points[(i + loop.points.length - 1) % loop.points.length]!,
          after: loop.points[(i + 1) % loop.points.length]!,
        };
        const list = corners.get(String(point));
        if (list) list.push(corner);
        else corners.set(String(point), [corner]);
      }
      loops.push(loop);
    }
  }
  return { edges, loops, corners, keys: new Set(edges.map(({ a, b }) => edgeKey(a, b))) };
}

/** True where the way from a vertex of the region, or from any other point, leads into it; `to` is on no edge from there. */
export function leadsInside({ loops, corners }: Region, from: Point, to: Point): boolean {
  const here = corners.get(String(from)) ?? [];
  let inside = false;
  for (const loop of loops) {
    const own = here.find((corner) => corner.loop === loop);
    const within = own ? orderedCcw(own.after, to, own.before, from) : loopContains(loop, from);
    if (within) inside = !inside;
  }
  return inside;
}
