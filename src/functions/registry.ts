import { anyAggregates } from "./aggregates/any.ts";
import { argExtremeAggregates } from "./aggregates/arg-extremes.ts";
import { averageAggregates } from "./aggregates/averages.ts";
import { bagAggregates } from "./aggregates/bags.ts";
import { bitwiseAggregates } from "./aggregates/bitwise.ts";
import { schemaAggregates } from "./aggregates/build-schema.ts";
import { collectionAggregates } from "./aggregates/collections.ts";
import { countAggregates } from "./aggregates/counts.ts";
import { deviationAggregates } from "./aggregates/deviations.ts";
import { distinctAggregates } from "./aggregates/distinct.ts";
import { extremeAggregates } from "./aggregates/extremes.ts";
import { percentileAggregates } from "./aggregates/percentiles.ts";
import { sketchAggregates } from "./aggregates/sketches.ts";
import { sumAggregates } from "./aggregates/sums.ts";
import { byName } from "./by-name.ts";
import { arithmeticFunctions } from "./scalar/arithmetic.ts";
import { arrayFunctions } from "./scalar/arrays.ts";
import { bagFunctions } from "./scalar/bags.ts";
import { binFunctions } from "./scalar/bin.ts";
import { bitwiseFunctions } from "./scalar/bitwise.ts";
import { comparisonFunctions } from "./scalar/comparison.ts";
import { conditionalFunctions } from "./scalar/conditional.ts";
import { convertFunctions } from "./scalar/convert.ts";
import { datetimeFunctions } from "./scalar/datetime.ts";
import { datetimePartFunctions } from "./scalar/datetime-parts.ts";
import { dynamicFunctions } from "./scalar/dynamic.ts";
import { encodingFunctions } from "./scalar/encoding.ts";
import { environmentFunctions } from "./scalar/environment.ts";
import { formatBytesFunctions } from "./scalar/format-bytes.ts";
import { formatDatetimeFunctions } from "./scalar/format-datetime.ts";
import { generatorFunctions } from "./scalar/generators.ts";
import { geohashFunctions } from "./scalar/geo/geohash.ts";
import { h3Functions } from "./scalar/geo/h3.ts";
import { geoLineFunctions } from "./scalar/geo/lines.ts";
import { geoOverlayFunctions } from "./scalar/geo/overlays.ts";
import { geoPointFunctions } from "./scalar/geo/points.ts";
import { geoPolygonFunctions } from "./scalar/geo/polygons.ts";
import { refusedGeoFunctions } from "./scalar/geo/refused.ts";
import { s2Functions } from "./scalar/geo/s2.ts";
import { wktFunctions } from "./scalar/geo/wkt.ts";
import { hashFunctions } from "./scalar/hash.ts";
import { ipv4Functions } from "./scalar/ipv4.ts";
import { ipv6Functions } from "./scalar/ipv6.ts";
import { logicFunctions } from "./scalar/logic.ts";
import { mathFunctions } from "./scalar/math.ts";
import { membershipFunctions } from "./scalar/membership.ts";
import { parseFunctions } from "./scalar/parse.ts";
import { parseUrlFunctions } from "./scalar/parse-url.ts";
import { predicateFunctions } from "./scalar/predicates.ts";
import { searchFunctions } from "./scalar/regex.ts";
import { searchTermFunctions } from "./scalar/search.ts";
import { seriesAnomalyFunctions } from "./scalar/series/anomalies.ts";
import { seriesElementwiseFunctions } from "./scalar/series/elementwise.ts";
import { seriesFillFunctions } from "./scalar/series/fill.ts";
import { seriesFilterFunctions } from "./scalar/series/filters.ts";
import { seriesFourierFunctions } from "./scalar/series/fourier.ts";
import { seriesRegressionFunctions } from "./scalar/series/regression.ts";
import { seriesSeasonFunctions } from "./scalar/series/seasons.ts";
import { seriesStatisticFunctions } from "./scalar/series/statistics.ts";
import { setFunctions } from "./scalar/sets.ts";
import { sketchFunctions } from "./scalar/sketches.ts";
import { stringFunctions } from "./scalar/string.ts";
import { stringOperators } from "./scalar/string-operators.ts";
import { timeZoneFunctions } from "./scalar/time-zones.ts";
import { unitFunctions } from "./scalar/units.ts";
import { windowFunctions } from "./scalar/window.ts";
import type { AggregateFunction, ScalarFunction } from "./signature.ts";

/* Everything that a query may call. The list of families is the table of contents of this room. */

const families: readonly (readonly ScalarFunction[])[] = [
  arithmeticFunctions,
  arrayFunctions,
  bagFunctions,
  binFunctions,
  bitwiseFunctions,
  comparisonFunctions,
  conditionalFunctions,
  convertFunctions,
  datetimePartFunctions,
  datetimeFunctions,
  dynamicFunctions,
  encodingFunctions,
  environmentFunctions,
  formatBytesFunctions,
  formatDatetimeFunctions,
  generatorFunctions,
  hashFunctions,
  ipv4Functions,
  ipv6Functions,
  logicFunctions,
  mathFunctions,
  membershipFunctions,
  parseUrlFunctions,
  parseFunctions,
  predicateFunctions,
  searchFunctions,
  searchTermFunctions,
  setFunctions,
  sketchFunctions,
  stringOperators,
  stringFunctions,
  timeZoneFunctions,
  unitFunctions,
  windowFunctions,
  seriesAnomalyFunctions,
  seriesElementwiseFunctions,
  seriesFillFunctions,
  seriesFilterFunctions,
  seriesFourierFunctions,
  seriesRegressionFunctions,
  seriesSeasonFunctions,
  seriesStatisticFunctions,
  geohashFunctions,
  h3Functions,
  geoLineFunctions,
  geoOverlayFunctions,
  geoPointFunctions,
  geoPolygonFunctions,
  refusedGeoFunctions,
  s2Functions,
  wktFunctions,
];

const aggregateFamilies: readonly (readonly AggregateFunction[])[] = [
  anyAggregates,
  argExtremeAggregates,
  averageAggregates,
  bagAggregates,
  bitwiseAggregates,
  schemaAggregates,
  collectionAggregates,
  countAggregates,
  deviationAggregates,
  distinctAggregates,
  extremeAggregates,
  percentileAggregates,
  sketchAggregates,
  sumAggregates,
];

const scalarsByName = byName(families.flat());
const aggregatesByName = byName(aggregateFamilies.flat());

/** The function or operator of that name or alias. Names are case-sensitive. */
export function scalarFunction(name: string): ScalarFunction | undefined {
  return scalarsByName.get(name);
}

export function aggregateFunction(name: string): AggregateFunction | undefined {
  return aggregatesByName.get(name);
}

/** Names of functions that a query can call by name: operators and internal forms are left out. */
export function scalarNames(): readonly string[] {
  return [...scalarsByName.keys()].filter((name) => /^[a-z_]\w*$/i.test(name));
}

export function allScalarFunctions(): readonly ScalarFunction[] {
  return families.flat();
}

export function allAggregates(): readonly AggregateFunction[] {
  return aggregateFamilies.flat();
}
