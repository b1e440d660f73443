import * as problem from "../../diagnostics/catalogue/expectations.ts";
import type { Alert, Entity } from "./alerts.ts";
import { comparisonOf } from "./comparison.ts";
import type { AlertCount, ExpectedAlert, ExpectedEntities } from "./model.ts";
import type { Failure } from "./outcome.ts";
import type { Rule } from "./rule-model.ts";
import type { Path } from "./yaml.ts";

/** `rows` is how many the query gives; without a rule every query that gives one has its alert. */
export function checkAlertCount(
  expected: AlertCount,
  alerts: number,
  rows: number,
  rule: Rule | undefined,
  path: Path,
): readonly Failure[] {
  const fail = (message: string): readonly Failure[] => [{ message, details: [], path }];
  if (expected === true) return alerts > 0 ? [] : fail(problem.alertExpected(rows, rule?.trigger));
  if (expected === false) return alerts === 0 ? [] : fail(problem.noAlertExpected(alerts, rows));
  const comparison = comparisonOf(expected);
  if (!comparison || comparison.holds(alerts)) return [];
  return fail(problem.wrongAlertCount(comparison.text, alerts));
}

export function checkSeverity(expected: string, alerts: readonly Alert[], path: Path): readonly Failure[] {
  const found = alerts.map(({ severity }) => severity);
  const holds = found.length > 0 && found.every((severity) => severity === expected);
  return holds ? [] : [{ message: problem.wrongSeverity(expected, found), details: [], path }];
}

/** Of each type that is named, all entities of all alerts, in any order, and no others. */
export function checkEntities(expected: ExpectedEntities, alerts: readonly Alert[], path: Path): readonly Failure[] {
  const all = alerts.flatMap(({ entities }) => entities);
  return Object.entries(expected).flatMap(([type, wanted]) => {
    const ofType = distinct(all.filter((entity) => entity.type === type));
    const at = [...path, type];
    if (ofType.length === 0 && wanted.length > 0) {
      return [
        { message: problem.noEntityType(type, [...new Set(all.map((entity) => entity.type))]), details: [], path: at },
      ];
    }
    const details = entityDifferences(wanted, ofType);
    return details.length === 0 ? [] : [{ message: problem.entitiesDiffer(type), details, path: at }];
  });
}

type ExpectedEntity = ExpectedEntities[string][number];

function entityDifferences(wanted: readonly ExpectedEntity[], found: readonly Entity[]): readonly string[] {
  const missing = wanted.filter((each) => !found.some((entity) => isEntity(each, entity)));
  const extra = found.filter((entity) => !wanted.some((each) => isEntity(each, entity)));
  return [
    ...missing.map((each) => problem.missingEntity(textOf(each))),
    ...extra.map(({ identifiers }) => problem.extraEntity(pairs([...identifiers]))),
  ];
}

/** A text is any of its identifiers; an object names some of them. */
function isEntity(expected: ExpectedEntity, { identifiers }: Entity): boolean {
  if (typeof expected === "string") return [...identifiers.values()].includes(expected);
  return Object.entries(expected).every(([name, value]) => identifiers.get(name) === value);
}

function distinct(entities: readonly Entity[]): readonly Entity[] {
  return [...new Map(entities.map((entity) => [JSON.stringify([...entity.identifiers]), entity])).values()];
}

function textOf(expected: ExpectedEntity): string {
  return typeof expected === "string" ? expected : pairs(Object.entries(expected));
}

function pairs(entries: readonly (readonly [string, string])[]): string {
  return entries.map(([name, value]) => `${name} ${value}`).join("   ");
}

/** Every alert is one of those expected, and the other way round; only what is named is compared. */
export function checkAlerts(
  expected: readonly ExpectedAlert[],
  alerts: readonly Alert[],
  path: Path,
): readonly Failure[] {
  const free = [...alerts];
  const missing: { readonly alert: ExpectedAlert; readonly index: number }[] = [];
  for (const [index, alert] of expected.entries()) {
    const at = free.findIndex((each) => fieldsThatDiffer(alert, each).length === 0);
    if (at < 0) missing.push({ alert, index });
    else free.splice(at, 1);
  }
  if (missing.length === 0 && free.length === 0) return [];
  const message = problem.alertsDiffer(missing.length, free.length);
  const details = missing.flatMap(({ alert, index }) => {
    const [nearest] = free
      .map((each) => ({ each, fields: fieldsThatDiffer(alert, each) }))
      .sort((a, b) => a.fields.length - b.fields.length);
    if (!nearest) return [problem.missingAlert(index + 1)];
    free.splice(free.indexOf(nearest.each), 1);
    return nearest.fields.map(([field, wanted, found]) => problem.alertField(index + 1, field, wanted, found));
  });
  const extra = free.map(({ title, rows }) => problem.extraAlert(title, rows));
  const [first] = missing;
  return [{ message, details: [...details, ...extra], path: first ? [...path, first.index] : path }];
}

type FieldDifference = readonly [field: string, expected: string, found: string];

function fieldsThatDiffer(expected: ExpectedAlert, found: Alert): readonly FieldDifference[] {
  const { entities = {}, details = {}, ...plain } = expected;
  const differences: FieldDifference[] = [];
  for (const key of ["title", "description", "severity", "rows"] as const) {
    const wanted = plain[key];
    if (wanted !== undefined && wanted !== found[key]) differences.push([key, String(wanted), String(found[key])]);
  }
  for (const key of ["tactics", "techniques"] as const) {
    const wanted = plain[key]?.join(", ");
    if (wanted !== undefined && wanted !== found[key].join(", "))
      differences.push([key, wanted, found[key].join(", ")]);
  }
  for (const [name, value] of Object.entries(details)) {
    const wanted = (typeof value === "string" ? [value] : value).join(", ");
    const actual = (found.details.get(name) ?? []).join(", ");
    if (wanted !== actual) differences.push([name, wanted, actual]);
  }
  for (const [type, wanted] of Object.entries(entities)) {
    const ofType = found.entities.filter((entity) => entity.type === type);
    if (entityDifferences(wanted, ofType).length === 0) continue;
    const texts = ofType.map(({ identifiers }) => pairs([...identifiers]));
    differences.push([type, wanted.map(textOf).join(", "), texts.join(", ") || "none"]);
  }
  return differences;
}
