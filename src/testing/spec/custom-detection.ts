import { ticksPerDay } from "../../data/calendar.ts";
import type { Schema } from "../../data/types.ts";
import { ruleFaults as faults } from "../../diagnostics/catalogue/specs.ts";
import type { QueryDocument } from "../../documents/document.ts";
import { durationOf } from "./duration.ts";
import type { AlertOverride, EntityMapping, Rule, Schedule } from "./rule-model.ts";

/*
 * Custom detections of Microsoft Defender XDR, as Microsoft Graph has them.
 * https://learn.microsoft.com/graph/api/resources/security-detectionrule
 * https://learn.microsoft.com/defender-xdr/custom-detection-rules
 */

type Keys = Readonly<Record<string, unknown>>;
type Bad = (why: string) => never;

export function isCustomDetection({ metadata }: QueryDocument): boolean {
  return metadata.kind === "CustomDetection";
}

/** Every row of its query is an event: it raises an alert for each, or one for all. */
export function customDetection({ metadata }: QueryDocument, bad: Bad): Rule {
  const template = keysIn(keysIn(metadata.others, "detectionAction", bad), "alertTemplate", bad);
  const title = textIn(template, "title");
  const severity = textIn(template, "severity") ?? metadata.severity ?? "";
  return {
    name: metadata.title ?? title ?? "",
    description: textIn(template, "description") ?? metadata.description ?? "",
    severity: severity.slice(0, 1).toUpperCase() + severity.slice(1),
    tactics: metadata.tactics ?? [],
    techniques: metadata.techniques ?? [],
    period: timesOf(metadata.others, bad).lookback,
    fires: (rows) => rows > 0,
    trigger: "gt 0",
    perRow: perRowOf(template, bad),
    entities: [...assetsOf(template, bad), ...mappingsOf(template, bad)],
    details: detailsOf(template, bad),
    override: overrideOf(title, textIn(template, "description")),
    dropsRest: true,
    requires: missingColumns,
  };
}

export function customSchedule({ metadata }: QueryDocument, bad: Bad): Schedule {
  const { frequency, lookback } = timesOf(metadata.others, bad);
  return lookback === undefined ? bad(faults.continuous()) : { frequency, period: lookback, suppression: undefined };
}

/** How often it runs, and how far back it looks; undefined when it runs on each event, as it comes. */
function timesOf(others: Keys, bad: Bad): { readonly frequency: bigint; readonly lookback: bigint | undefined } {
  const { frequency: often, period, lookback } = keysIn(others, "schedule", bad);
  const given = often ?? period;
  if (given === undefined || given === null) return bad(faults.noSchedule());
  const frequency = String(given) === "0" ? 0n : durationOf(String(given).toLowerCase());
  if (frequency === undefined || frequency < 0n)
    return bad(faults.duration(often == null ? "period" : "frequency", given));
  if (frequency === 0n) return lookback == null ? { frequency, lookback: undefined } : bad(faults.lookback(lookback));
  if (lookback === undefined || lookback === null) return { frequency, lookback: usualLookback(frequency) };
  const back = durationOf(lookback);
  return back !== undefined && back >= frequency ? { frequency, lookback: back } : bad(faults.lookback(lookback));
}

/** Thirty days for a rule that runs once a day, or less often; else four times the time between two runs. */
function usualLookback(frequency: bigint): bigint {
  return frequency >= ticksPerDay ? 30n * ticksPerDay : 4n * frequency;
}

function perRowOf({ eventGroupingKind: kind }: Keys, bad: Bad): boolean {
  if (kind === undefined || kind === null || kind === "alertPerEvent") return true;
  return kind === "singleAlert" ? false : bad(faults.eventGrouping(kind));
}

/** `impactedAssets`: `deviceId` of a device is the column `DeviceId`. */
function assetsOf({ impactedAssets: assets }: Keys, bad: Bad): readonly EntityMapping[] {
  if (assets === undefined || assets === null) return [];
  if (!Array.isArray(assets)) return bad(faults.form("impactedAssets"));
  return assets.map((asset: unknown): EntityMapping => {
    const { "@odata.type": kind, identifier } = isKeys(asset) ? asset : {};
    const [, type] = /impacted(Device|User|Mailbox)Asset$/.exec(String(kind)) ?? [];
    if (type === undefined || typeof identifier !== "string" || identifier === "")
      return bad(faults.form("impactedAssets"));
    const column = capitalized(identifier);
    return { type, fields: [{ identifier: column, column }] };
  });
}

/** `entityMappings`: in lists by type, each `…Column` of a mapping names the column of an identifier. */
function mappingsOf(template: Keys, bad: Bad): readonly EntityMapping[] {
  return Object.entries(keysIn(template, "entityMappings", bad)).flatMap(([key, list]): readonly EntityMapping[] => {
    if (key.startsWith("@") || list === null) return [];
    if (!Array.isArray(list)) return bad(faults.form("entityMappings"));
    return list.map((mapping: unknown): EntityMapping => {
      if (!isKeys(mapping)) return bad(faults.form("entityMappings"));
      const [, kind] = /(\w+)EntityMapping$/.exec(String(mapping["@odata.type"])) ?? [];
      const fields = Object.entries(mapping).flatMap(([name, column]) => {
        const [, identifier] = /^(\w+)Column$/.exec(name) ?? [];
        return identifier === undefined || typeof column !== "string"
          ? []
          : [{ identifier: capitalized(identifier), column }];
      });
      if (fields.length === 0) return bad(faults.form("entityMappings"));
      return { type: capitalized(kind ?? key.replace(/s$/, "")), fields };
    });
  });
}

function detailsOf(template: Keys, bad: Bad): Rule["details"] {
  return Object.entries(keysIn(template, "customDetails", bad)).flatMap(([key, column]) => {
    if (key.startsWith("@")) return [];
    return typeof column === "string" ? [[key, column] as const] : bad(faults.form("customDetails"));
  });
}

function overrideOf(title: string | undefined, description: string | undefined): AlertOverride {
  return { title, description, severityColumn: undefined, tacticsColumn: undefined };
}

/** Columns of which a result must have one, for a rule that says no assets. */
const entityColumns: readonly string[] = [
  "DeviceId",
  "DeviceName",
  "RemoteDeviceName",
  "RecipientEmailAddress",
  "SenderFromAddress",
  "SenderMailFromAddress",
  "RecipientObjectId",
  "AccountObjectId",
  "AccountSid",
  "AccountUpn",
  "InitiatingProcessAccountSid",
  "InitiatingProcessAccountUpn",
  "InitiatingProcessAccountObjectId",
];

/**
 * The columns that a result lacks, each with those that would do in its place. Rows of a workspace have a
 * `TimeGenerated`, and no `ReportId`.
 */
function missingColumns(schema: Schema, entities: readonly EntityMapping[]): readonly (readonly string[])[] {
  const there = new Set(schema.map(({ name }) => name));
  const mapped = entities.flatMap(({ fields }) => fields.map(({ column }) => column));
  const wanted = [
    ["Timestamp", "TimeGenerated"],
    ...(there.has("TimeGenerated") ? [] : [["ReportId", "AlertId", "ObservationId"]]),
    mapped.length > 0 ? mapped : entityColumns,
  ];
  return wanted.filter((columns) => !columns.some((column) => there.has(column)));
}

function keysIn(keys: Keys, key: string, bad: Bad): Keys {
  const value = keys[key];
  if (value === undefined || value === null) return {};
  return isKeys(value) ? value : bad(faults.form(key));
}

function isKeys(value: unknown): value is Keys {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(keys: Keys, key: string): string | undefined {
  const value = keys[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
