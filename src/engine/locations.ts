import type { Location } from "../binder/catalog.ts";
import type { Batch, TableSource } from "../data/batch.ts";
import type { Cell } from "../data/column.ts";
import { collect } from "../data/concat.ts";
import { parseReal } from "../data/real.ts";
import { locationColumns, notANetwork } from "../diagnostics/catalogue/engine.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { networkLookup } from "../functions/algorithms/network-lookup.ts";
import { cellReader } from "../functions/lift.ts";

/** Names that columns may have: ours, then those of MaxMind's GeoLite2 files. */
const names = {
  network: ["network"],
  country: ["country", "country_name"],
  state: ["state", "subdivision_1_name"],
  city: ["city", "city_name"],
  latitude: ["latitude"],
  longitude: ["longitude"],
} as const;

/** Finds the innermost network of a table that contains an address, IPv4 or IPv6. Reads the whole table. */
export async function addressLookup(source: TableSource): Promise<(address: string) => Location | undefined> {
  const index = (column: keyof typeof names) =>
    source.schema.findIndex((field) => (names[column] as readonly string[]).includes(field.name));
  if (index("network") < 0) throw new KqlError(locationColumns(source.schema.map((field) => field.name)));
  const wanted = Object.keys(names).map((name) => index(name as keyof typeof names)); // its own keys
  const scanned = source.scan({ columns: new Set(wanted.filter((column) => column >= 0)) });
  const rows = await collect(scanned, source.schema);
  const read = (column: keyof typeof names) => readerOf(rows, index(column));
  const network = read("network");
  const find = networkLookup(
    rows.length,
    (row) => textOf(network(row)),
    (row) => {
      throw new KqlError(notANetwork(row + 1, textOf(network(row))));
    },
  );
  const [country, state, city] = [read("country"), read("state"), read("city")];
  const [latitude, longitude] = [read("latitude"), read("longitude")];
  return (address) => {
    const row = find(address);
    if (row === undefined) return undefined;
    return {
      country: textOf(country(row)),
      state: textOf(state(row)),
      city: textOf(city(row)),
      latitude: numberOf(latitude(row)),
      longitude: numberOf(longitude(row)),
    };
  };
}

function readerOf(rows: Batch, index: number): (row: number) => Cell {
  return index < 0 ? () => null : cellReader(rows.column(index));
}

function textOf(cell: Cell): string {
  return typeof cell === "string" ? cell : "";
}

function numberOf(cell: Cell): number | null {
  if (typeof cell === "number") return cell;
  if (typeof cell === "bigint") return Number(cell);
  return typeof cell === "string" ? parseReal(cell) : null;
}
