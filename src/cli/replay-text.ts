import picocolors from "picocolors";
import { ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond } from "../data/calendar.ts";
import { printDatetime } from "../data/datetime.ts";
import { printTimespan } from "../data/timespan.ts";
import { replay as say } from "../diagnostics/catalogue/replay.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { QueryDocument } from "../documents/document.ts";
import { oneLine, placeOf } from "../insight/lines.ts";
import type { Replay, ReplayedRun, RowRuns, Verdict } from "../testing/replay/replay.ts";
import type { Alert } from "../testing/spec/alerts.ts";
import type { Rule, Schedule } from "../testing/spec/rule-model.ts";

/** The rule that was replayed. */
export interface ReplayTold {
  readonly document: QueryDocument;
  readonly rule: Rule;
  readonly schedule: Schedule;
  readonly runDelay: bigint;
}

/** No row is missed or alerted twice, and no run fires only because rows are not there yet. */
export function isClean({ missed, twice, runs }: Replay): boolean {
  return missed.length === 0 && twice.length === 0 && !runs.some(firesWrongly);
}

function firesWrongly({ status, complete }: ReplayedRun): boolean {
  return status === "fired" && complete.status === "quiet";
}

/** For the eye: a line for each run, and the rows that something is the matter with. */
export function replayText(found: Replay, told: ReplayTold, limit: number, color: boolean): string {
  const { document, rule, schedule, runDelay } = told;
  const { runs, missed, pending, twice } = found;
  const name = rule.name || document.name;
  const count = (status: Verdict["status"]) => runs.filter((run) => run.status === status).length;
  const lines = [
    say.heading(name, ...periods(schedule), durationText(runDelay)),
    ...runs.map((run) => `  ${timeText(run.at)}  ${runText(run, color)}`),
    ...rowLines(say.missed, missed, limit, (runs) => say.wouldFire(runs)),
    ...rowLines(say.pending, pending, limit, (runs) => say.wouldFire(runs)),
    ...rowLines(say.twice, twice, limit, (runs) => say.inAlerts(runs)),
    ...found.lostAt.map((span) => say.lost(...placed(span, document))),
    "",
    say.totals(runs.length, count("fired"), count("suppressed"), missed.length, twice.length),
  ];
  return `${lines.join("\n")}\n`;
}

function runText(run: ReplayedRun, color: boolean): string {
  const { status, rows, alerts, late, complete } = run;
  const paint = picocolors.createColors(color);
  const word = status.padEnd(10);
  if (status === "suppressed") return paint.dim(word.trimEnd());
  const differs = complete.status !== "suppressed" && (complete.status !== status || complete.rows !== rows);
  const parts = [
    status === "fired" ? say.fired(rows, alerts.length) : say.quiet(rows),
    ...(late > 0 ? [say.late(late)] : []),
    ...(differs ? [say.complete(complete.status, complete.rows)] : []),
  ];
  return `${status === "fired" ? paint.red(word) : word}  ${parts.join("; ")}`;
}

function rowLines(
  title: string,
  rows: readonly RowRuns[],
  limit: number,
  saying: (runs: string) => string,
): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, limit).map(({ table, number, time, arrived, runs }) => {
    const row = say.row(table, number, timeText(time), arrived === time ? undefined : timeText(arrived));
    return `  ${row}: ${saying(say.byRuns(runs.map(timeText)))}`;
  });
  return ["", title, ...shown, ...(rows.length > limit ? [`  ${say.more(rows.length - limit)}`] : [])];
}

/** For programs: everything that is known. */
export function replayJson(found: Replay, { document, rule, schedule, runDelay }: ReplayTold): string {
  const value = {
    rule: rule.name || document.name,
    queryFrequency: durationText(schedule.frequency),
    queryPeriod: durationText(schedule.period),
    suppression: schedule.suppression === undefined ? null : durationText(schedule.suppression),
    runDelay: durationText(runDelay),
    runs: found.runs.map((run) => ({
      at: timeText(run.at),
      ...verdictJson(run),
      late: run.late,
      complete: verdictJson(run.complete),
    })),
    missed: found.missed.map(rowJson),
    pending: found.pending.map(rowJson),
    twice: found.twice.map(rowJson),
    notFollowed: found.lostAt.map((span) => {
      const [line, operator] = placed(span, document);
      return { line, operator };
    }),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function verdictJson({ status, rows, alerts }: Verdict) {
  return {
    status,
    rows,
    alerts: alerts.map(({ title, severity, rows: of }: Alert) => ({ title, severity, rows: of })),
  };
}

function rowJson({ table, number, time, arrived, runs }: RowRuns) {
  return { table, row: number, time: timeText(time), arrived: timeText(arrived), runs: runs.map(timeText) };
}

/** How often it runs, and how far it looks back. */
export function periods({ frequency, period }: Schedule): readonly [string, string] {
  return [durationText(frequency), durationText(period)];
}

function placed(span: Span, { file, text, offsetInFile }: QueryDocument): readonly [number, string] {
  const { line } = placeOf(span, { text: file.text, offsetInFile });
  return [line, oneLine(text.slice(span.start, span.end))];
}

function timeText(ticks: bigint): string {
  return printDatetime(ticks).replace(/\.?0*Z$/, "Z");
}

const units = [
  ["d", ticksPerDay],
  ["h", ticksPerHour],
  ["m", ticksPerMinute],
  ["s", ticksPerSecond],
] as const;

/** `5m`, `1h`; what is no whole number of a unit as KQL prints it. */
function durationText(ticks: bigint): string {
  const [unit, size] = units.find(([, each]) => ticks !== 0n && ticks % each === 0n) ?? [];
  if (unit === undefined || size === undefined) return ticks === 0n ? "0s" : printTimespan(ticks);
  return `${ticks / size}${unit}`;
}
