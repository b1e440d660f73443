/** The ten scalar types of Kusto. https://learn.microsoft.com/kusto/query/scalar-data-types */
export const scalarTypes = [
  "bool",
  "int",
  "long",
  "real",
  "decimal",
  "datetime",
  "timespan",
  "guid",
  "string",
  "dynamic",
] as const;
export type ScalarType = (typeof scalarTypes)[number];

const spellings: ReadonlyMap<string, ScalarType> = new Map([
  ...scalarTypes.map((type) => [type, type] as const),
  ["boolean", "bool"],
  ["int8", "bool"],
  ["int32", "int"],
  ["int64", "long"],
  ["double", "real"],
  ["date", "datetime"],
  ["time", "timespan"],
  ["uniqueid", "guid"],
]);

/** The type that a word names in a schema or declaration (`double` is `real`); undefined when it names none. */
export function typeNamed(word: string): ScalarType | undefined {
  return spellings.get(word);
}

export function isNumeric(type: ScalarType): type is "int" | "long" | "real" | "decimal" {
  return type === "int" || type === "long" || type === "real" || type === "decimal";
}

export interface Field {
  readonly name: string;
  readonly type: ScalarType;
}
/** Columns in order. Names are case-sensitive and unique. */
export type Schema = readonly Field[];
