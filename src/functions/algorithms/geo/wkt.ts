import { Refusal } from "../../refusal.ts";
import type { Position } from "./sphere.ts";

/* Well-known text: the geometries of OpenGIS "Simple Features", in two dimensions. */

export type WktGeometry =
  | { readonly kind: "Point"; readonly coordinates: Position }
  | { readonly kind: "LineString" | "MultiPoint"; readonly coordinates: readonly Position[] }
  | { readonly kind: "Polygon" | "MultiLineString"; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly kind: "MultiPolygon"; readonly coordinates: readonly (readonly (readonly Position[])[])[] }
  | { readonly kind: "GeometryCollection"; readonly geometries: readonly WktGeometry[] };

const number = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const word = /[A-Za-z]+/y;
const blanks = /\s*/y;
/** Deeper nesting of collections is not read. */
const maxDepth = 100;

/** The geometry; undefined for text that is none. Refuses empty geometries and third coordinates. */
export function parseWkt(text: string): WktGeometry | undefined {
  const reader = new WktReader(text);
  const found = reader.geometry(0);
  return found && reader.atEnd() ? found : undefined;
}

class WktReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#match(blanks);
    return this.#at === this.#text.length;
  }

  geometry(depth: number): WktGeometry | undefined {
    const name = this.#word();
    const modifier = this.#word();
    if (name !== "" && modifier !== "") {
      if (modifier === "EMPTY") throw new Refusal(0, "an empty geometry is not supported");
      if (/^(Z|M|ZM)$/.test(modifier)) throw new Refusal(0, "a third coordinate is not supported");
      return undefined;
    }
    switch (name) {
      case "POINT": {
        const list = this.#list(() => this.#position());
        const [coordinates] = list ?? [];
        return coordinates && list?.length === 1 ? { kind: "Point", coordinates } : undefined;
      }
      case "LINESTRING":
        return withCoordinates("LineString", this.#positions());
      case "POLYGON":
        return withCoordinates("Polygon", this.#lines());
      case "MULTIPOINT":
        return withCoordinates(
          "MultiPoint",
          this.#list(() => this.#position() ?? this.#only()),
        );
      case "MULTILINESTRING":
        return withCoordinates("MultiLineString", this.#lines());
      case "MULTIPOLYGON":
        return withCoordinates(
          "MultiPolygon",
          this.#list(() => this.#lines()),
        );
      case "GEOMETRYCOLLECTION": {
        const geometries = depth < maxDepth ? this.#list(() => this.geometry(depth + 1)) : undefined;
        return geometries && { kind: "GeometryCollection", geometries };
      }
      default:
        return undefined;
    }
  }

  #positions(): Position[] | undefined {
    return this.#list(() => this.#position());
  }

  #lines(): Position[][] | undefined {
    return this.#list(() => this.#positions());
  }

  /** A point in brackets of its own. */
  #only(): Position | undefined {
    const list = this.#positions();
    return list?.length === 1 ? list[0] : undefined;
  }

  #position(): Position | undefined {
    const x = this.#match(number);
    if (x === "" || this.#match(blanks) === "") return undefined;
    const y = this.#match(number);
    if (y === "") return undefined;
    this.#match(blanks);
    if (/[\d.+-]/.test(this.#text.charAt(this.#at))) throw new Refusal(0, "a third coordinate is not supported");
    return [Number(x), Number(y)];
  }

  #list<T>(read: () => T | undefined): T[] | undefined {
    const items: T[] = [];
    if (!this.#next("(")) return undefined;
    do {
      this.#match(blanks);
      const item = read();
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#next(","));
    return this.#next(")") ? items : undefined;
  }

  #word(): string {
    this.#match(blanks);
    return this.#match(word).toUpperCase();
  }

  #next(char: string): boolean {
    this.#match(blanks);
    if (this.#text.charAt(this.#at) !== char) return false;
    this.#at++;
    return true;
  }

  /** The text there, read; empty where the pattern does not fit. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }
}

function withCoordinates<K extends string, C>(
  kind: K,
  coordinates: C | undefined,
): { readonly kind: K; readonly coordinates: C } | undefined {
  return coordinates === undefined ? undefined : { kind, coordinates };
}
