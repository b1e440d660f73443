/** Data as a file gives it. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * What a file says of its query, under one set of names: those of Microsoft Sentinel's rules. Durations and severities
 * stay the text that the file has (`5h`, `PT5H`, `High`).
 * https://learn.microsoft.com/azure/sentinel/sentinel-analytic-rules-creation
 */
export interface Metadata {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly severity?: string | undefined;
  readonly status?: string | undefined;
  readonly kind?: string | undefined;
  readonly version?: string | undefined;
  readonly tactics?: readonly string[] | undefined;
  readonly techniques?: readonly string[] | undefined;
  readonly queryFrequency?: string | undefined;
  readonly queryPeriod?: string | undefined;
  readonly triggerOperator?: string | undefined;
  readonly triggerThreshold?: number | undefined;
  readonly entityMappings?: Plain | undefined;
  readonly customDetails?: Plain | undefined;
  readonly alertDetailsOverride?: Plain | undefined;
  readonly eventGroupingSettings?: Plain | undefined;
  /** Whatever else the file says, under its own names. */
  readonly others: Readonly<Record<string, Plain>>;
}

export const noMetadata: Metadata = { others: {} };

/** Other names of the same, in lower case without blanks. */
const names: Readonly<Record<string, keyof Metadata>> = {
  id: "id",
  name: "title",
  title: "title",
  displayname: "title",
  description: "description",
  severity: "severity",
  level: "severity",
  status: "status",
  kind: "kind",
  version: "version",
  tactics: "tactics",
  tactic: "tactics",
  mitretactic: "tactics",
  mitretactics: "tactics",
  category: "tactics",
  techniques: "techniques",
  technique: "techniques",
  relevanttechniques: "techniques",
  mitretechnique: "techniques",
  mitretechniques: "techniques",
  queryfrequency: "queryFrequency",
  queryperiod: "queryPeriod",
  triggeroperator: "triggerOperator",
  triggerthreshold: "triggerThreshold",
  entitymappings: "entityMappings",
  customdetails: "customDetails",
  alertdetailsoverride: "alertDetailsOverride",
  eventgroupingsettings: "eventGroupingSettings",
};

/** The metadata among the entries of a rule; of two names of the same, the first counts. */
export function metadataOf(entries: Iterable<readonly [string, Plain]>): Metadata {
  const known: Record<string, unknown> = {};
  const others: Record<string, Plain> = {};
  for (const [key, value] of entries) {
    const name = names[key.toLowerCase().replace(/[\s_-]/g, "")];
    const typed = name === undefined || known[name] !== undefined ? undefined : typedValue(name, value);
    if (name !== undefined && typed !== undefined) known[name] = typed;
    else others[key] = value;
  }
  // Each value has been given the type that its name asks for.
  return { ...(known as Omit<Metadata, "others">), others };
}

/** `value` as the property `name` takes it; undefined when it is something else. */
function typedValue(name: keyof Metadata, value: Plain): Plain | undefined {
  switch (name) {
    case "tactics":
    case "techniques":
      return listOf(value);
    case "triggerThreshold": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof number === "number" && !Number.isNaN(number) ? number : undefined;
    }
    case "entityMappings":
    case "customDetails":
    case "alertDetailsOverride":
    case "eventGroupingSettings":
      return typeof value === "object" && value !== null ? value : undefined;
    default:
      return typeof value === "string" || typeof value === "number" ? String(value).trim() : undefined;
  }
}

function listOf(value: Plain): readonly string[] | undefined {
  if (typeof value === "string") return value.split(/\s*[,;]\s*/).filter((word) => word !== "");
  return Array.isArray(value) && value.every((word) => typeof word === "string") ? value : undefined;
}

/** The `// Key: value` lines that a query begins with. */
export function frontMatter(text: string): Metadata {
  const entries: [string, Plain][] = [];
  for (const line of text.split(/\r?\n/)) {
    if (!/^\s*(\/\/|$)/.test(line)) break;
    const [, key, value] = /^\s*\/\/+\s*([A-Za-z][\w &/.-]{0,40}?)\s*:\s+(\S.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) entries.push([key, value]);
  }
  return entries.length === 0 ? noMetadata : metadataOf(entries);
}
