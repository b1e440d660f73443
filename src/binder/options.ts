import type { Cell } from "../data/column.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import type * as ast from "../parser/ast.ts";
import { bindConstant, type Place } from "./place.ts";

/** Hints say how a cluster should spread the work. They change no answer, so they are read and left. */
const hints = new Set([
  "hint.strategy",
  "hint.shufflekey",
  "hint.num_partitions",
  "hint.remote",
  "hint.concurrency",
  "hint.spread",
  "hint.distribution",
  "hint.materialized",
  "hint.pass_filters",
  "hint.pass_filters_column",
  "hint.progressive_top",
]);

/** The value of each option: a bare word as its text. Names outside `known` and the hints are errors. */
export function knownOptions(
  operator: string,
  options: readonly ast.Option[],
  known: readonly string[],
  place: Place,
): ReadonlyMap<string, { readonly value: Cell; readonly option: ast.Option }> {
  const values = new Map<string, { readonly value: Cell; readonly option: ast.Option }>();
  for (const option of options) {
    const name = option.name.name;
    if (hints.has(name.toLowerCase()) && !known.includes(name)) continue;
    if (!known.includes(name)) {
      place.context.report(problem.unknownOption(option.name.span, operator, name, known));
      continue;
    }
    if (values.has(name)) place.context.report(problem.repeatedOption(option.name.span, name));
    if (option.value.kind === "Name") {
      values.set(name, { value: option.value.name, option });
      continue;
    }
    const bound = bindConstant(option.value, place, `the option \`${name}\``);
    if (bound) values.set(name, { value: bound.value, option });
  }
  return values;
}

/** The word given for `name`, one of `words`; `fallback` when it is absent or has been reported. */
export function wordOption<W extends string>(
  options: ReturnType<typeof knownOptions>,
  name: string,
  words: readonly W[],
  fallback: W,
  place: Place,
): W {
  const given = options.get(name);
  if (!given) return fallback;
  const word = words.find((one) => one === given.value);
  if (word === undefined) {
    place.context.report(problem.unknownOptionValue(given.option.value.span, name, String(given.value), words));
    return fallback;
  }
  return word;
}
