import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf } from "../../src/engine/rows.ts";

/* The geo lookups find the pairs that a join with everything and the scalar function find. */

type Position = readonly [number, number];

// Crowded around few places, a pole and the antimeridian among them, so that shapes and points meet.
const position: fc.Arbitrary<Position> = fc
  .tuple(
    fc.constantFrom([0, 0], [179, 0], [-179, 10], [30, 89], [-120, -88], [10, 50]),
    fc.double({ min: -40, max: 40, noNaN: true }),
    fc.double({ min: -20, max: 20, noNaN: true }),
  )
  .map(([[longitude = 0, latitude = 0], east, north]) => {
    const turned = ((longitude + east + 540) % 360) - 180;
    // Places nearer to one another are one place.
    const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
    return [rounded(turned), rounded(Math.max(-90, Math.min(90, latitude + north)))] as const;
  });
const closed = (ring: readonly Position[]): readonly Position[] => [...ring, ...ring.slice(0, 1)];
const ring = fc.array(position, { minLength: 3, maxLength: 4 }).map(closed);
const polygon = fc.oneof(
  ring.map((one) => ({ type: "Polygon", coordinates: [one] })),
  fc.array(ring, { minLength: 1, maxLength: 3 }).map((rings) => ({
    type: "MultiPolygon",
    coordinates: rings.map((one) => [one]),
  })),
);
const path = fc.uniqueArray(position, { minLength: 2, maxLength: 6, selector: String });
const line = fc.oneof(
  path.map((one) => ({ type: "LineString", coordinates: one })),
  fc.array(path, { minLength: 1, maxLength: 3 }).map((paths) => ({ type: "MultiLineString", coordinates: paths })),
);
const points = fc.array(position, { maxLength: 20 });
const radius = fc.constantFrom(0, 1000, 300_000, 5_000_000, 30_000_000);

function tables(shapes: readonly object[], places: readonly Position[]): string {
  const real = (value: number) => `real(${value})`;
  const shapeRows = shapes.map((shape, i) => `${i}, dynamic(${JSON.stringify(shape)})`);
  const pointRows = places.map(([longitude, latitude], i) => `${i}, ${real(longitude)}, ${real(latitude)}`);
  return `let shapes = datatable(shapeId:long, shape:dynamic) [${shapeRows.join(", ")}];
    let points = datatable(id:long, lon:real, lat:real) [${pointRows.join(", ")}];`;
}

const database = createDatabase({ tables: new Map(), clock: () => 0n });

async function pairsOf(query: string): Promise<readonly string[]> {
  const { results } = await database.query(`${query} | project id, shapeId`);
  return results.flatMap(rowsOf).map((row) => row.join(" "));
}

/** How many pairs there were. */
async function expectSamePairs(given: string, plugin: string, condition: string): Promise<number> {
  const joined = `points | extend k = 1 | join kind=inner (shapes | extend k = 1) on k | where ${condition}`;
  const wanted = await pairsOf(`${given} ${joined} | sort by id asc, shapeId asc`);
  expect(await pairsOf(`${given} points | evaluate ${plugin}`)).toEqual(wanted);
  return wanted.length;
}

describe("geo lookups", () => {
  test("a polygon that contains the point", async () => {
    let pairs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(polygon, { maxLength: 12 }), points, async (shapes, places) => {
        const given = tables(shapes, places);
        pairs += await expectSamePairs(
          given,
          "geo_polygon_lookup(shapes, shape, lon, lat)",
          "geo_point_in_polygon(lon, lat, shape)",
        );
      }),
      { numRuns: 60 },
    );
    expect(pairs).toBeGreaterThan(10);
  });

  test("a polygon within a radius", async () => {
    let pairs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(polygon, { maxLength: 12 }), points, radius, async (shapes, places, metres) => {
        pairs += await expectSamePairs(
          tables(shapes, places),
          `geo_polygon_lookup(shapes, shape, lon, lat, ${metres})`,
          `geo_distance_point_to_polygon(lon, lat, shape) <= ${metres}`,
        );
      }),
      { numRuns: 60 },
    );
    expect(pairs).toBeGreaterThan(10);
  });

  test("a line within a radius", async () => {
    let pairs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), points, radius, async (shapes, places, metres) => {
        pairs += await expectSamePairs(
          tables(shapes, places),
          `geo_line_lookup(shapes, shape, lon, lat, ${metres})`,
          `geo_distance_point_to_line(lon, lat, shape) <= ${metres}`,
        );
      }),
      { numRuns: 60 },
    );
    expect(pairs).toBeGreaterThan(10);
  });
});
