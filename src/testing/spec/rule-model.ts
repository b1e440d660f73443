import type { Schema } from "../../data/types.ts";

/** What Microsoft Sentinel, or Defender, does with the rows of a query. https://learn.microsoft.com/azure/sentinel/sentinel-analytic-rules-creation */
export interface Rule {
  readonly name: string;
  readonly description: string;
  readonly severity: string;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  /** How far back it looks, in ticks; undefined for a rule that looks at each event once (NRT). */
  readonly period: bigint | undefined;
  readonly fires: (rows: number) => boolean;
  /** The trigger in words: `gt 0`. */
  readonly trigger: string;
  readonly perRow: boolean;
  readonly entities: readonly EntityMapping[];
  /** Custom details: their names and columns. */
  readonly details: readonly (readonly [string, string])[];
  readonly override: AlertOverride;
  /** Rows beyond those that one run raises alerts for raise none; else the last alert stands for them. */
  readonly dropsRest: boolean;
  /** Columns that its query must give and does not, each with those that would do in its place. */
  readonly requires: (schema: Schema, entities: readonly EntityMapping[]) => readonly (readonly string[])[];
}

export interface EntityMapping {
  readonly type: string;
  readonly fields: readonly { readonly identifier: string; readonly column: string }[];
}

/** Texts with `{{column}}`, and columns. */
export interface AlertOverride {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly severityColumn?: string | undefined;
  readonly tacticsColumn?: string | undefined;
}

/** When a rule runs, and when it does not. */
export interface Schedule {
  readonly frequency: bigint;
  readonly period: bigint;
  /** How long it rests after an alert; undefined when it does not. */
  readonly suppression: bigint | undefined;
}
