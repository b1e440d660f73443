/*
 * Units of measurement and how they convert to the base unit of their kind. Kusto takes names and factors from the
 * library UnitsNet, version 4, some of them rounded (an acre-foot, a knot): so does this table.
 */

interface Unit {
  readonly toBase: (value: number) => number;
  readonly fromBase: (value: number) => number;
}
export type Quantity = "angle" | "energy" | "force" | "length" | "mass" | "speed" | "temperature" | "volume";

/** A unit of `times` / `over` base units. Two factors, so that 1/60 is exact both ways. */
function linear(times: number, over = 1): Unit {
  return {
    toBase: (value) => (value * times) / over,
    fromBase: (value) => (value * over) / times,
  };
}

/** Degrees that are `times` / `over` kelvins each, with their zero at `zero` kelvins. */
function degrees(times: number, over: number, zero: number): Unit {
  return {
    toBase: (value) => (value * times) / over + zero,
    fromBase: (value) => ((value - zero) * over) / times,
  };
}

type Entry = readonly [name: string, times: number, over?: number, prefixes?: string];

const prefixes: Readonly<Record<string, readonly [times: number, over: number]>> = {
  Tera: [1e12, 1],
  Giga: [1e9, 1],
  Mega: [1e6, 1],
  Kilo: [1e3, 1],
  Hecto: [1e2, 1],
  Deca: [10, 1],
  Deci: [1, 10],
  Centi: [1, 1e2],
  Milli: [1, 1e3],
  Micro: [1, 1e6],
  Nano: [1, 1e9],
};

function table(entries: readonly Entry[], others: Readonly<Record<string, Unit>> = {}): ReadonlyMap<string, Unit> {
  const map = new Map<string, Unit>(Object.entries(others));
  for (const [name, times, over = 1, known = ""] of entries) {
    map.set(name, linear(times, over));
    for (const prefix of known.split(" ").filter(Boolean)) {
      const [more, less] = prefixes[prefix]!;
      map.set(prefix + name.charAt(0).toLowerCase() + name.slice(1), linear(times * more, over * less));
    }
  }
  return map;
}

/** Base: degree. */
const angle = table(
  [
    ["Degree", 1, 1, "Nano Micro Milli"],
    ["Radian", 180, Math.PI, "Nano Micro Milli Centi Deci"],
    ["Arcminute", 1, 60],
    ["Arcsecond", 1, 3600],
    ["Gradian", 0.9],
    ["NatoMil", 9, 160],
    ["Revolution", 360],
  ],
  {
    Tilt: {
      toBase: (value) => (Math.asin(value) * 180) / Math.PI,
      fromBase: (value) => Math.sin((value / 180) * Math.PI),
    },
  },
);

/** Base: joule. */
const energy = table([
  ["Joule", 1, 1, "Milli Kilo Mega Giga"],
  ["Calorie", 4.184, 1, "Kilo Mega"],
  ["BritishThermalUnit", 1055.05585262, 1, "Kilo Mega Giga"],
  ["ElectronVolt", 1.602176565e-19, 1, "Kilo Mega Giga Tera"],
  ["FootPound", 1.355817948],
  ["Erg", 1, 1e7],
  ["WattHour", 3600, 1, "Kilo Mega Giga Tera"],
  ["WattDay", 86_400, 1, "Kilo Mega Giga Tera"],
  ["ThermEc", 1.05505585262e8, 1, "Deca"],
  ["ThermUs", 1.054804e8, 1, "Deca"],
  ["ThermImperial", 1.05505585257348e8, 1, "Deca"],
  ["HorsepowerHour", 2.6845195377e6],
]);

/** Base: newton. */
const force = table([
  ["Newton", 1, 1, "Micro Milli Deca Kilo Mega"],
  ["Dyn", 1, 1e5],
  ["KilogramForce", 9.80665002864],
  ["KiloPond", 9.80665002864],
  ["TonneForce", 9806.65002864],
  ["Poundal", 0.1382550279897304],
  ["PoundForce", 4.44822161526051, 1, "Kilo"],
  ["OunceForce", 0.2780138509537812],
  ["ShortTonForce", 8896.443230521],
]);

/** Base: meter. */
const length = table([
  ["Meter", 1, 1, "Nano Micro Milli Centi Deci Deca Hecto Kilo"],
  ["Angstrom", 1, 1e10],
  ["AstronomicalUnit", 1.495978707e11],
  ["Chain", 20.1168],
  ["DataMile", 1828.8],
  ["DtpPica", 1, 236.220472441],
  ["DtpPoint", 0.0254, 72],
  ["Fathom", 1.8288],
  ["Foot", 0.3048],
  ["Hand", 0.1016],
  ["Inch", 0.0254, 1, "Micro"],
  ["LightYear", 9.46073047258e15, 1, "Kilo Mega"],
  ["Mil", 2.54e-5],
  ["Mile", 1609.34],
  ["NauticalMile", 1852],
  ["Parsec", 3.08567758128e16, 1, "Kilo Mega"],
  ["PrinterPica", 1, 237.106301584],
  ["PrinterPoint", 0.0254, 72.27],
  ["Shackle", 27.432],
  ["SolarRadius", 6.9551e8],
  ["Twip", 1, 56_692.913385826],
  ["UsSurveyFoot", 1200, 3937],
  ["Yard", 0.9144],
]);

/** Base: kilogram. */
const mass = table([
  ["Gram", 1, 1e3, "Nano Micro Milli Centi Deci Deca Hecto Kilo"],
  ["EarthMass", 5.9722e24],
  ["Grain", 1, 15_432.358352941432],
  ["LongHundredweight", 1, 0.01968413055222121],
  ["LongTon", 1016.0469088],
  ["Ounce", 0.028349523125],
  ["Pound", 0.45359237, 1, "Kilo Mega"],
  ["ShortHundredweight", 1, 0.022046226218487758],
  ["ShortTon", 907.18474],
  ["Slug", 1, 0.06852176556196105],
  ["SolarMass", 1.98947e30],
  ["Stone", 1, 0.1574731728702698],
  ["Tonne", 1e3, 1, "Kilo Mega"],
]);

/** Base: meter per second. */
const speed = table([
  ["MeterPerSecond", 1, 1, "Nano Micro Milli Centi Deci Kilo"],
  ["MeterPerMinute", 1, 60, "Nano Micro Milli Centi Deci Kilo"],
  ["MeterPerHour", 1, 3600, "Milli Centi Kilo"],
  ["FootPerSecond", 0.3048],
  ["FootPerMinute", 0.3048, 60],
  ["FootPerHour", 0.3048, 3600],
  ["InchPerSecond", 0.0254],
  ["InchPerMinute", 0.0254, 60],
  ["InchPerHour", 0.0254, 3600],
  ["YardPerSecond", 0.9144],
  ["YardPerMinute", 0.9144, 60],
  ["YardPerHour", 0.9144, 3600],
  ["UsSurveyFootPerSecond", 1200, 3937],
  ["UsSurveyFootPerMinute", 20, 3937],
  ["UsSurveyFootPerHour", 1, 11_811],
  ["Knot", 0.514444],
  ["MilePerHour", 0.44704],
]);

/** Base: kelvin. */
const temperature = table(
  [
    ["Kelvin", 1],
    ["SolarTemperature", 5778],
    ["DegreeRankine", 5, 9],
  ],
  {
    DegreeCelsius: degrees(1, 1, 273.15),
    MillidegreeCelsius: degrees(1, 1000, 273.15),
    DegreeDelisle: degrees(-2, 3, 373.15),
    DegreeFahrenheit: degrees(5, 9, (459.67 * 5) / 9),
    DegreeNewton: degrees(100, 33, 273.15),
    DegreeReaumur: degrees(5, 4, 273.15),
    DegreeRoemer: degrees(40, 21, 273.15 - (7.5 * 40) / 21),
  },
);

/** Base: cubic meter. */
const volume = table([
  ["CubicMeter", 1, 1, "Hecto Kilo"],
  ["Liter", 1, 1e3, "Micro Milli Centi Deci Deca Hecto Kilo Mega"],
  ["CubicKilometer", 1e9],
  ["CubicHectometer", 1e6],
  ["CubicDecimeter", 1, 1e3],
  ["CubicCentimeter", 1, 1e6],
  ["CubicMillimeter", 1, 1e9],
  ["CubicMicrometer", 1, 1e18],
  ["CubicMile", 4.16818182544058e9],
  ["CubicYard", 0.764554858],
  ["CubicFoot", 0.0283168, 1, "Hecto Kilo Mega"],
  ["CubicInch", 1.6387e-5],
  ["AcreFoot", 1, 0.000810714],
  ["BoardFoot", 2.3597372158e-3],
  ["OilBarrel", 0.158987294928],
  ["ImperialBeerBarrel", 0.16365924],
  ["ImperialGallon", 0.0045460900000018145, 1, "Kilo Mega"],
  ["ImperialOunce", 2.84130624999629e-5],
  ["ImperialPint", 5.6826125e-4],
  ["UsGallon", 0.00378541, 1, "Deci Deca Hecto Kilo Mega"],
  ["UsOunce", 2.9573529562537606e-5],
  ["UsPint", 4.73176473e-4],
  ["UsQuart", 9.46352946e-4],
  ["UsBeerBarrel", 0.1173477658],
  ["UsCustomaryCup", 0.0002365882365],
  ["UsLegalCup", 0.00024],
  ["UsTablespoon", 1.478676478125e-5],
  ["UsTeaspoon", 4.92892159375e-6],
  ["AuTablespoon", 2e-5],
  ["UkTablespoon", 1.5e-5],
  ["MetricCup", 0.00025],
  ["MetricTeaspoon", 5e-6],
]);

const tables: Readonly<Record<Quantity, ReadonlyMap<string, Unit>>> = {
  angle,
  energy,
  force,
  length,
  mass,
  speed,
  temperature,
  volume,
};

/** The value in another unit of the same kind; null when one of them is not known. Names are as documented, case included. */
export function convertUnit(quantity: Quantity, value: number, from: string, to: string): number | null {
  const units = tables[quantity];
  const [source, target] = [units.get(from), units.get(to)];
  if (!source || !target) return null;
  return from === to ? value : target.fromBase(source.toBase(value));
}
