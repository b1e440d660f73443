interface Named {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Definitions by their names and aliases, each of which is one's alone. */
export function byName<T extends Named>(definitions: readonly T[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const definition of definitions) {
    for (const name of [definition.name, ...definition.aliases]) {
      if (map.has(name)) throw new Error(`two functions have the name \`${name}\``);
      map.set(name, definition);
    }
  }
  return map;
}
