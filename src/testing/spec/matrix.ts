import { closest } from "../../diagnostics/suggest.ts";
import type { ScalarValue } from "./model.ts";
import type { Path } from "./yaml.ts";

export type MatrixValues = ReadonlyMap<string, ScalarValue>;

/** Every combination of the values of `names`; one without values when there are no names. */
export function combinations(
  matrix: Readonly<Record<string, readonly ScalarValue[]>>,
  names: readonly string[],
): readonly MatrixValues[] {
  return names.reduce<readonly MatrixValues[]>(
    (before, name) =>
      before.flatMap((values) => (matrix[name] ?? []).map((value) => new Map([...values, [name, value]]))),
    [new Map()],
  );
}

/** Every `${name}` in the texts of `value`, keys included. */
export function mentionedNames(value: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { text } of textsIn(value, [])) {
    for (const [, name = ""] of text.matchAll(reference)) names.add(name);
  }
  return names;
}

// Data may hold `${jndi:…}` and the like, which is nobody's name.
const reference = /\$\{([A-Za-z_]\w*)\}/g;

/** `value` with the names put in: a text that is nothing but `${name}` becomes the value itself. Other names stay. */
export function substituted<T>(value: T, values: MatrixValues): T {
  if (values.size === 0) return value;
  return replaced(value, values) as T; // the same shape, with other scalars at its leaves
}

function replaced(value: unknown, values: MatrixValues): unknown {
  if (typeof value === "string") {
    const whole = /^\$\{([A-Za-z_]\w*)\}$/.exec(value)?.[1];
    const given = whole === undefined ? undefined : values.get(whole);
    return given ?? value.replace(reference, (all, name: string) => String(values.get(name) ?? all));
  }
  if (Array.isArray(value)) return value.map((item) => replaced(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [String(replaced(key, values)), replaced(item, values)]),
  );
}

/** `${fial}` where there is a `fail`: where it stands, and the name. */
export function misspelledNames(
  value: unknown,
  known: readonly string[],
  path: Path,
): readonly { readonly path: Path; readonly name: string }[] {
  return [...textsIn(value, path)].flatMap((place) =>
    [...place.text.matchAll(reference)].flatMap(([, name = ""]) =>
      name === "i" || known.includes(name) || closest(name, known) === undefined ? [] : [{ path: place.path, name }],
    ),
  );
}

function* textsIn(value: unknown, path: Path): Iterable<{ readonly text: string; readonly path: Path }> {
  if (typeof value === "string") yield { text: value, path };
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const inner = [...path, key];
      if (!Array.isArray(value)) yield { text: key, path: inner };
      yield* textsIn(item, inner);
    }
  }
}
