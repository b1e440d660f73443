import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type * as op from "../../parser/ast-operators.ts";
import { isBroken, literal } from "../coerce.ts";
import { knownOptions, wordOption } from "../options.ts";
import type { Place } from "../place.ts";
import type { Table } from "../scope.ts";
import { bindSearchPredicate, refuseMissing } from "../search-predicate.ts";
import { columnRef, projection } from "./project.ts";
import { bindLegs, cellsOf, type Leg, missing, namedLegs, slotsOf, tablesInSight } from "./union.ts";

const label = "$table";

/** search: the rows of all tables, each with the name of its table, for which the predicate is true. */
export function bindSearch(operator: op.Search, input: Table | undefined, place: Place): Table | undefined {
  const { context } = place;
  const options = knownOptions("search", operator.options, ["kind", "datascope"], place);
  const kind = wordOption(
    options,
    "kind",
    ["default", "case_insensitive", "case_sensitive"] as const,
    "default",
    place,
  );
  // All that is here is hot, but `hotcache` means less than all elsewhere.
  wordOption(options, "datascope", ["all"] as const, "all", place);
  if (input && operator.tables) {
    context.report(problem.mustBeFirst(operator.span, "search in (…)"));
    return undefined;
  }
  const legs = input ? [{ table: input, label: input.name ?? "search_arg0" }] : searchedTables(operator, place);
  if (!legs) return undefined;
  if (isForeign(legs, operator, place)) return undefined;
  const slots = slotsOf(legs, "outer");
  const schema = slots.map(({ name, type }) => ({ name, type }));
  if (schema.some((field) => field.name === label)) {
    const help = "put both conditions into one `search`, or rename the column";
    context.report(problem.notSupported(operator.span, `\`search\` over a table with a column \`${label}\``, help));
    return undefined;
  }
  const search = kind === "case_sensitive" ? kind : "case_insensitive";
  const inner: Place = { ...place, search, row: { schema, serialized: false } };
  const predicate = bindSearchPredicate(operator.predicate, inner);
  if (isBroken(predicate.expr)) return undefined;
  const origin = operator.span;
  const labelled: Schema = [{ name: label, type: "string" }, ...schema];
  const inputs = legs.map((leg, number) => {
    const lacks = (index: number) => {
      const slot = slots[index];
      return slot && slot.from[number] === undefined ? missing(slot.type, origin) : undefined;
    };
    refuseMissing(predicate, lacks, leg.label, context);
    const { plan } = projection(leg.table, cellsOf(leg.table, number, slots, origin), schema, origin);
    const found: Table = {
      plan: { kind: "Filter", input: plan, predicate: predicate.expr, schema, origin },
      serialized: false,
    };
    const columns = schema.map((_, index) => columnRef(schema, index, origin));
    return projection(found, [literal("string", leg.label, origin), ...columns], labelled, origin).plan;
  });
  return { plan: { kind: "Union", inputs, schema: labelled, origin }, serialized: false };
}

/** Reports tables of another database and of patterns: by which name the result shows them is not documented. */
export function isForeign(legs: readonly Leg[], { kind, span }: op.Search | op.Find, { context }: Place): boolean {
  const ofPattern = legs.some((leg) => leg.table.pattern !== undefined);
  if (!ofPattern && !legs.some((leg) => leg.table.foreign)) return false;
  const help = "`let` gives a table a name of this query";
  const tables = ofPattern ? "what a pattern stands for" : "tables of another database";
  context.report(problem.notSupported(span, `\`${kind.toLowerCase()}\` over ${tables}`, help));
  return true;
}

/** The tables that `search` and `find` look into: those of `in (…)`, else all there are. Undefined after a report. */
export function searchedTables(operator: op.Search | op.Find, place: Place): readonly Leg[] | undefined {
  const legs: Leg[] = [];
  if (operator.tables) {
    for (const table of operator.tables) {
      const operatorName = operator.kind === "Search" ? "search" : "find";
      const found = bindLegs(table, legs.length, false, place, operatorName);
      if (!found) return undefined;
      if (operator.kind === "Find" && found.some(({ table: { name, foreign } }) => name === undefined && !foreign)) {
        place.context.report(
          problem.notSupported(table.span, "a table without a name in `find`", "`let` gives it one"),
        );
        return undefined;
      }
      legs.push(...found);
    }
  } else {
    legs.push(...everyTable(operator.span, place));
  }
  if (legs.length > 0) return legs;
  place.context.report(problem.nothingToSearch(operator.span));
  return undefined;
}

/** The tables of the catalog and the views of the query. */
function everyTable(span: Span, place: Place): readonly Leg[] {
  const { scope } = place;
  const names = new Set([...tablesInSight(place)].sort());
  // The view that was declared last comes first.
  for (const name of [...scope.names()].reverse()) {
    const meaning = scope.get(name);
    const callable = meaning?.kind === "function" && meaning.declaration.parameters.every((one) => one.default);
    if (callable && meaning.declaration.view) names.add(name);
  }
  return namedLegs([...names], span, place);
}
