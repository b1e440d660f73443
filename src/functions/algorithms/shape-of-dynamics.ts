import { type Dynamic, isArray, isBag, isTyped } from "../../data/dynamic.ts";

/** What stands for the items of an array among the names of a container. */
const indexer = "`indexer`";

/** Everything that values at one place have been: names of types, and one container that bags and arrays share. */
export interface Shape {
  /** In the order of first appearance; the container is `{}`. */
  readonly kinds: Set<string>;
  readonly slots: Map<string, Shape>;
}

export function emptyShape(): Shape {
  return { kinds: new Set(), slots: new Map() };
}

/** Widens the shape so that it admits the value. Null admits everywhere and adds nothing. */
export function admit(shape: Shape, value: Dynamic): void {
  if (value === null) return;
  shape.kinds.add(kindOf(value));
  if (isArray(value)) for (const item of value) admit(slot(shape, indexer), item);
  else if (isBag(value)) for (const [name, item] of value) admit(slot(shape, name), item);
}

function slot({ slots }: Shape, name: string): Shape {
  let shape = slots.get(name);
  if (!shape) {
    shape = emptyShape();
    slots.set(name, shape);
  }
  return shape;
}

function kindOf(value: NonNullable<Dynamic>): string {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "string":
      return "string";
    case "bigint":
      return "long";
    case "number":
      return Number.isInteger(value) ? "long" : "double";
    default:
      return isTyped(value) ? (value.typed === "real" ? "double" : value.typed) : "{}";
  }
}

/**
 * The shape as `buildschema` writes it: a name, an array of alternatives, or a container; null where only nulls were.
 * https://learn.microsoft.com/kusto/query/buildschema-aggregation-function#schema-model
 */
export function shapeToDynamic({ kinds, slots }: Shape): Dynamic {
  const alternatives = [...kinds].map((kind): Dynamic => {
    if (kind !== "{}") return kind;
    return new Map([...slots].map(([name, shape]) => [name, shapeToDynamic(shape)]));
  });
  return alternatives.length > 1 ? alternatives : (alternatives[0] ?? null);
}
