import * as problem from "../../diagnostics/catalogue/specs.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { QueryDocument } from "../../documents/document.ts";
import type { Metadata } from "../../documents/metadata.ts";
import { customDetection, customSchedule, isCustomDetection } from "./custom-detection.ts";
import { durationOf } from "./duration.ts";
import type { EntityMapping, Rule, Schedule } from "./rule-model.ts";

type Keys = Readonly<Record<string, unknown>>;

/** The rule that the query is of; undefined when its file says of none. Throws `KqlError` for one that cannot be run. */
export function ruleOf(document: QueryDocument): Rule | undefined {
  const { file, metadata } = document;
  if (isCustomDetection(document)) {
    return customDetection(document, (why) => {
      throw new KqlError(problem.badRule(file.name, why));
    });
  }
  const keys = statedKeys(metadata);
  const nrt = metadata.kind === "NRT";
  if (!nrt && keys.triggerOperator === undefined) return undefined;
  const bad = (why: string): never => {
    throw new KqlError(problem.badRule(file.name, why));
  };
  const override = keysIn(keys, "alertDetailsOverride", bad);
  const { queryPeriod: period } = keys;
  return {
    name: metadata.title ?? "",
    description: metadata.description ?? "",
    severity: metadata.severity ?? "",
    tactics: metadata.tactics ?? [],
    techniques: metadata.techniques ?? [],
    period: nrt && period === undefined ? undefined : (durationOf(period) ?? bad(faults.period(period))),
    ...(nrt ? { fires: (rows) => rows > 0, trigger: "gt 0" } : triggerOf(keys, bad)),
    perRow: perRowOf(keys.eventGroupingSettings, bad),
    entities: entitiesOf(keys, bad),
    details: Object.entries(keysIn(keys, "customDetails", bad)).map(([key, column]) => [key, textOf(column)] as const),
    override: {
      title: optionalText(override, "alertDisplayNameFormat"),
      description: optionalText(override, "alertDescriptionFormat"),
      severityColumn: optionalText(override, "alertSeverityColumnName"),
      tacticsColumn: optionalText(override, "alertTacticsColumnName"),
    },
    dropsRest: false,
    requires: () => [],
  };
}

/** The schedule of a rule that has one: a rule that looks at each event once does not. Throws `KqlError`. */
export function scheduleOf(document: QueryDocument): Schedule {
  const { file, metadata } = document;
  const bad = (why: string): never => {
    throw new KqlError(problem.badRule(file.name, why));
  };
  if (isCustomDetection(document)) return customSchedule(document, bad);
  if (metadata.kind === "NRT") return bad(faults.unscheduled());
  const { queryFrequency, queryPeriod, suppressionEnabled, suppressionDuration } = statedKeys(metadata);
  const positive = (key: string, value: unknown) => {
    const ticks = durationOf(value) ?? 0n;
    return ticks > 0n ? ticks : bad(faults.duration(key, value));
  };
  const word = String(suppressionEnabled ?? false).toLowerCase();
  if (word !== "true" && word !== "false") return bad(faults.enabled(suppressionEnabled));
  return {
    frequency: positive("queryFrequency", queryFrequency),
    period: positive("queryPeriod", queryPeriod),
    suppression: word === "true" ? positive("suppressionDuration", suppressionDuration) : undefined,
  };
}

const scheduleKeys = [
  "queryFrequency",
  "queryPeriod",
  "triggerOperator",
  "triggerThreshold",
  "entityMappings",
  "customDetails",
  "alertDetailsOverride",
  "eventGroupingSettings",
  "suppressionEnabled",
  "suppressionDuration",
] as const;

/** What a file says of them, be it of the wrong type; null says nothing. */
function statedKeys(metadata: Metadata): Readonly<Record<(typeof scheduleKeys)[number], unknown>> {
  const known: Keys = { ...metadata };
  const others = new Map(Object.entries(metadata.others).map(([key, value]) => [key.toLowerCase(), value]));
  const entries = scheduleKeys.map((key) => [key, known[key] ?? others.get(key.toLowerCase()) ?? undefined]);
  return Object.fromEntries(entries) as ReturnType<typeof statedKeys>; // one entry per key
}

const faults = problem.ruleFaults;

type Bad = (why: string) => never;

const operators: ReadonlyMap<string, (rows: number, threshold: number) => boolean> = new Map([
  ["gt", (rows, threshold) => rows > threshold],
  ["greaterthan", (rows, threshold) => rows > threshold],
  ["lt", (rows, threshold) => rows < threshold],
  ["lessthan", (rows, threshold) => rows < threshold],
  ["eq", (rows, threshold) => rows === threshold],
  ["equal", (rows, threshold) => rows === threshold],
  ["ne", (rows, threshold) => rows !== threshold],
  ["notequal", (rows, threshold) => rows !== threshold],
]);

function triggerOf(keys: Keys, bad: Bad): Pick<Rule, "fires" | "trigger"> {
  const { triggerOperator: word, triggerThreshold: threshold } = keys;
  const holds = operators.get(textOf(word).toLowerCase()) ?? bad(faults.operator(word));
  if (typeof threshold !== "number" || !Number.isSafeInteger(threshold)) return bad(faults.threshold(threshold));
  return { fires: (rows) => holds(rows, threshold), trigger: `${textOf(word)} ${threshold}` };
}

function perRowOf(settings: unknown, bad: Bad): boolean {
  if (settings === undefined || settings === null) return false;
  const { aggregationKind: kind } = isKeys(settings) ? settings : { aggregationKind: settings };
  if (kind === "AlertPerResult") return true;
  return kind === "SingleAlert" ? false : bad(faults.grouping(kind));
}

function entitiesOf({ entityMappings }: Keys, bad: Bad): readonly EntityMapping[] {
  if (entityMappings === undefined || entityMappings === null) return [];
  if (!Array.isArray(entityMappings)) return bad(faults.shape("entityMappings"));
  return entityMappings.map((mapping: unknown): EntityMapping => {
    if (!isKeys(mapping)) return bad(faults.shape("entityMappings"));
    const { entityType, fieldMappings } = mapping;
    if (typeof entityType !== "string" || !Array.isArray(fieldMappings)) return bad(faults.shape("entityMappings"));
    const fields = fieldMappings.map((field: unknown) => {
      const { identifier, columnName } = isKeys(field) ? field : {};
      if (typeof identifier !== "string" || typeof columnName !== "string") return bad(faults.shape("fieldMappings"));
      return { identifier, column: columnName };
    });
    return { type: entityType, fields };
  });
}

function keysIn(keys: Keys, key: string, bad: Bad): Keys {
  const value = keys[key];
  if (value === undefined || value === null) return {};
  return isKeys(value) ? value : bad(faults.shape(key));
}

function isKeys(value: unknown): value is Keys {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function optionalText(keys: Keys, key: string): string | undefined {
  return textOf(keys[key]) || undefined;
}
