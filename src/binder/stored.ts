import type { Catalog } from "./catalog.ts";
import { type FunctionMeaning, type Names, Scope } from "./scope.ts";

/** The functions that the database keeps: names that every `let` hides, and that know nothing of the query. */
export function storedNames(catalog: Catalog): Names {
  const names: Names = {
    get: (name) => {
      const stored = catalog.storedFunction(name);
      return (
        stored && ({ kind: "function", declaration: stored.declaration, scope: root, stored } satisfies FunctionMeaning)
      );
    },
    names: () => catalog.functionNames,
  };
  const root = new Scope(names);
  return names;
}
