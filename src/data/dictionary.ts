import type { StringDictionary, TextPlaces } from "./column.ts";

export function dictionaryOf(values: readonly string[]): StringDictionary {
  return { length: values.length, values, text: (code) => values[code]! };
}

/**
 * A dictionary whose texts are made when somebody looks at one; `text` makes one alone, where that can be done, and
 * `places` finds them as bytes.
 */
export function lateDictionary(
  length: number,
  make: () => readonly string[],
  text?: (code: number) => string,
  places?: () => TextPlaces | undefined,
): StringDictionary {
  let findPlaces = places;
  let found: TextPlaces | undefined;
  let pending: (() => readonly string[]) | undefined = make;
  let values: readonly string[] = [];
  const all = (): readonly string[] => {
    if (pending) {
      values = pending();
      // What they are made of is not needed any more.
      pending = undefined;
      findPlaces = undefined;
      found = undefined;
    }
    return values;
  };
  return {
    length,
    get values() {
      return all();
    },
    text: text ?? ((code) => all()[code]!),
    places: () => {
      found ??= findPlaces?.();
      // Texts that are not all ASCII will not become so.
      if (!found) findPlaces = undefined;
      return found;
    },
  };
}

/**
 * How to read the texts at `codes`: one by one where a dictionary has many more, so that those which nobody asks for are
 * not made.
 */
export function textReader(dictionary: StringDictionary, count: number): (code: number) => string {
  if (count * 4 < dictionary.length) return dictionary.text;
  const { values } = dictionary;
  return (code) => values[code]!;
}
