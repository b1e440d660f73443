import type { PluginDefinition } from "../plugin.ts";
import { refused } from "./refused.ts";

export const geoPolygonLookup: PluginDefinition = refused(
  "geo_polygon_lookup",
  "Rows with the polygons of a lookup table that contain their point.",
  "`geo_point_in_polygon()` or `geo_distance_point_to_polygon()` behind a join finds the same pairs",
);

export const geoLineLookup: PluginDefinition = refused(
  "geo_line_lookup",
  "Rows with the lines of a lookup table that are near their point.",
  "`geo_distance_point_to_line()` behind a join finds the same pairs",
);
