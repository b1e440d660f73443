import * as problem from "../../diagnostics/catalogue/expectations.ts";
import type { ResultTable } from "../../engine/results.ts";
import { isWrong } from "../cells.ts";
import { differenceBetween } from "../compare.ts";
import { parseTable, type StatedTable } from "../tables.ts";
import { defaultNow } from "../test-file.ts";
import type { Alert } from "./alerts.ts";
import { checkAlertCount, checkAlerts, checkEntities, checkSeverity } from "./check-alerts.ts";
import { checkAll, checkAssert, overResult } from "./check-kql.ts";
import { checkColumns, checkCount } from "./check-result.ts";
import { checkRows, defaultWithin } from "./check-rows.ts";
import type { AlertCount } from "./model.ts";
import type { CaseSettings, OpenCase } from "./open-case.ts";
import type { Failure } from "./outcome.ts";
import type { Rule } from "./rule-model.ts";
import { snapshotFile, snapshotName, snapshotOf } from "./snapshot.ts";
import { answerOf } from "./when.ts";

/** The one result of a query, and the alerts that a rule makes of it. */
export interface CheckedResult {
  readonly result: ResultTable;
  readonly table: StatedTable;
  readonly alerts: readonly Alert[] | undefined;
  readonly rule: Rule | undefined;
}

interface Checks {
  readonly found: readonly Failure[];
  /** What is to be written as the snapshot of the case. */
  readonly snapshot?: readonly string[] | undefined;
}

/** Everything that a case expects of the result of its query. `ordered`: whether the query sorts. */
export async function checkResult(
  open: OpenCase,
  checked: CheckedResult,
  settings: CaseSettings,
  ordered: boolean,
): Promise<Checks> {
  const { specCase, file } = open;
  const { expect } = specCase;
  const { table } = checked;
  const path = [...specCase.path, "expect"];
  const at = (key: string) => [...path, key];
  const found: Failure[] = [];
  if (expect.count !== undefined) found.push(...checkCount(expect.count, table.rows.length, at("count")));
  if (expect.columns) found.push(...checkColumns(expect.columns, table, at("columns")));
  if (expect.rows) found.push(...checkRows(expect.rows, table, ordered, at("rows"), file));
  found.push(...(await checkRule(open, checked)));
  if (settings.traced === false && found.length > 0) return { found };
  const over = overResult(checked.result, specCase.now ?? defaultNow);
  for (const [text, at] of stated(expect.all, [...path, "all"])) found.push(...(await checkAll(text, over, at)));
  for (const [text, at] of stated(expect.assert, [...path, "assert"])) {
    found.push(...(await checkAssert(text, over, at)));
  }
  if (!expect.snapshot) return { found };
  const snapshot = await checkSnapshot(open, table, settings, ordered);
  return { found: [...found, ...snapshot.found], snapshot: snapshot.snapshot };
}

function stated(given: string | readonly string[] | undefined, path: Failure["path"]) {
  if (given === undefined) return [];
  if (typeof given === "string") return [[given, path] as const];
  return given.map((text, i) => [text, [...path, i]] as const);
}

async function checkRule(
  { specCase, file }: OpenCase,
  { alerts, rule, table }: CheckedResult,
): Promise<readonly Failure[]> {
  const { alert, alerts: shapes, entities, severity } = specCase.expect;
  const at = (key: string) => [...specCase.path, "expect", key];
  const rows = table.rows.length;
  const count = alerts ? alerts.length : rows > 0 ? 1 : 0;
  const expected: AlertCount | undefined = typeof alert === "object" ? await answerOf(alert, specCase, file) : alert;
  const found = expected === undefined ? [] : checkAlertCount(expected, count, rows, rule, at("alert"));
  // What an alert looks like is said of the cases that have one.
  if (!alerts || expected === false) return found;
  return [
    ...found,
    ...(severity === undefined ? [] : checkSeverity(severity, alerts, at("severity"))),
    ...(entities === undefined ? [] : checkEntities(entities, alerts, at("entities"))),
    ...(shapes === undefined ? [] : checkAlerts(shapes, alerts, at("alerts"))),
  ];
}

async function checkSnapshot(
  { specCase, file }: OpenCase,
  table: StatedTable,
  { snapshots, onSnapshot }: CaseSettings,
  ordered: boolean,
): Promise<Checks> {
  const path = [...specCase.path, "expect"];
  const { sort } = specCase.expect;
  const lines = snapshotOf(table, sort, sort === undefined && ordered, [...path, "sort"], file);
  const stored = snapshots.get(snapshotName(specCase.name));
  const at = [...path, "snapshot"];
  const name = snapshotFile(file.name);
  if (stored === undefined) {
    if (onSnapshot !== "compare") return { found: [], snapshot: lines };
    return { found: [{ message: problem.snapshotMissing(name), details: [], path: at }] };
  }
  const before = parseTable(stored);
  const found = parseTable(lines);
  const unreadable = isWrong(before) || isWrong(found);
  const difference = unreadable
    ? undefined
    : differenceBetween(before, found, { anyOrder: false, within: defaultWithin });
  if (!unreadable && !difference) return { found: [] };
  if (onSnapshot === "write-all") return { found: [], snapshot: lines };
  return { found: [{ message: problem.snapshotDiffers(name), details: lineDiff(stored, lines), path: at }] };
}

/** Lines that only one side has. */
function lineDiff(before: readonly string[], after: readonly string[]): readonly string[] {
  const lost = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`);
  const gained = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
  return [...lost, ...gained].slice(0, 20);
}
