import type { Cell } from "../../data/column.ts";
import { cellText } from "../../data/text.ts";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { StatedTable } from "../tables.ts";
import type { Rule } from "./rule-model.ts";

export interface Entity {
  readonly type: string;
  readonly identifiers: ReadonlyMap<string, string>;
}

/** What a rule raises. */
export interface Alert {
  readonly title: string;
  readonly description: string;
  readonly severity: string;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly entities: readonly Entity[];
  /** The values of each custom detail, each once. */
  readonly details: ReadonlyMap<string, readonly string[]>;
  /** How many rows of the query it stands for. */
  readonly rows: number;
}

/** One run of a rule raises no more; in Sentinel the last stands for all rows that are left. */
const mostAlerts = 150;

/**
 * The alerts that a rule makes of the rows of its query: one for all rows, or one for each. Texts of an alert for several
 * rows take their values from the first. Throws `KqlError` for a column that the query does not give.
 * https://learn.microsoft.com/azure/sentinel/customize-alert-details
 */
export function alertsOf(rule: Rule, result: StatedTable, file: string): readonly Alert[] {
  const read = reader(rule, result, file);
  const { rows } = result;
  if (!rule.fires(rows.length)) return [];
  if (!rule.perRow) return [alertFor(rule, rows, read)];
  const single = rows.length > mostAlerts && !rule.dropsRest ? mostAlerts - 1 : Math.min(rows.length, mostAlerts);
  const alerts = rows.slice(0, single).map((row) => alertFor(rule, [row], read));
  return rows.length > single && !rule.dropsRest ? [...alerts, alertFor(rule, rows.slice(single), read)] : alerts;
}

type Row = readonly Cell[];
type Reader = (row: Row, column: string) => string;

/** Gives cells as text. Every column that the rule names is there, or the rule cannot be run. */
function reader(rule: Rule, { schema }: StatedTable, file: string): Reader {
  const indexes = new Map(schema.map(({ name }, i) => [name, i]));
  const [missing] = rule.requires(schema, rule.entities);
  if (missing) throw new KqlError(problem.badRule(file, faults.required(missing)));
  for (const [key, column] of columnsNamed(rule)) {
    if (!indexes.has(column))
      throw new KqlError(problem.badRule(file, faults.column(key, column, [...indexes.keys()])));
  }
  return (row, column) => {
    const index = indexes.get(column) ?? -1;
    const cell = row[index] ?? null;
    return cell === null ? "" : cellText(schema[index]?.type ?? "string", cell);
  };
}

const faults = problem.ruleFaults;

function columnsNamed({ entities, details, override }: Rule): readonly (readonly [string, string])[] {
  const { title = "", description = "", severityColumn, tacticsColumn } = override;
  const inTexts = [...`${title} ${description}`.matchAll(placeholder)].map(([, column = ""]) => column);
  return [
    ...entities.flatMap(({ fields }) => fields.map(({ column }) => ["entityMappings", column] as const)),
    ...details.map(([, column]) => ["customDetails", column] as const),
    ...[...inTexts, severityColumn, tacticsColumn].flatMap((column) =>
      column === undefined ? [] : [["alertDetailsOverride", column] as const],
    ),
  ];
}

const placeholder = /\{\{\s*([^{}]+?)\s*\}\}/g;
const severities: readonly string[] = ["High", "Medium", "Low", "Informational"];

function alertFor(rule: Rule, rows: readonly Row[], read: Reader): Alert {
  const [first = []] = rows;
  const { override } = rule;
  const filled = (format: string) => format.replace(placeholder, (_, column: string) => read(first, column));
  const severity = override.severityColumn === undefined ? "" : read(first, override.severityColumn);
  const tactics = override.tacticsColumn === undefined ? "" : read(first, override.tacticsColumn);
  return {
    // A rule that asks for no rows fires without one, and there is nothing to fill in.
    title: override.title === undefined ? rule.name : filled(override.title),
    description: override.description === undefined ? rule.description : filled(override.description),
    severity: severities.find((each) => each.toLowerCase() === severity.toLowerCase()) ?? rule.severity,
    tactics: tactics === "" ? rule.tactics : tactics.split(/[\s,"[\]]+/).filter((each) => each !== ""),
    techniques: rule.techniques,
    entities: entitiesIn(rule, rows, read),
    details: new Map(
      rule.details.map(([name, column]) => [
        name,
        [...new Set(rows.map((row) => read(row, column)))].filter((text) => text !== ""),
      ]),
    ),
    rows: rows.length,
  };
}

/** Each once; those whose identifiers are all empty are none. */
function entitiesIn(rule: Rule, rows: readonly Row[], read: Reader): readonly Entity[] {
  const found = new Map<string, Entity>();
  for (const { type, fields } of rule.entities) {
    for (const row of rows) {
      const values = fields.map(({ identifier, column }) => [identifier, read(row, column)] as const);
      const identifiers = new Map(values.filter(([, value]) => value !== ""));
      if (identifiers.size > 0) found.set(JSON.stringify([type, ...identifiers]), { type, identifiers });
    }
  }
  return [...found.values()];
}
