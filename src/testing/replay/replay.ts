import type { Span } from "../../diagnostics/diagnostic.ts";
import type { TableOpener, Tables } from "../../engine/shelf.ts";
import { type Alert, alertsOf } from "../spec/alerts.ts";
import type { Rule, Schedule } from "../spec/rule-model.ts";
import type { StatedTable } from "../tables.ts";
import { type Arrival, type ReplayWindow, rowsIn, type Timeline, tableOf, timelineOf } from "./timeline.ts";

/** A row of a table of the timeline. */
export interface TimelineRow {
  readonly table: string;
  /** From 1. */
  readonly number: number;
}

/** What a query gives, and the rows of tables that its rows are made of. */
export interface Answer {
  readonly table: StatedTable;
  /** The numbers are those of rows in the tables that the query was given. */
  readonly behind: () => Promise<Behind>;
}
export interface Behind {
  readonly rows: readonly TimelineRow[];
  /** Those of the pipeline itself, without the other sides of joins. */
  readonly main: readonly TimelineRow[];
  /** Operators behind which rows are not followed. */
  readonly lostAt: readonly Span[];
}

export interface ReplayOptions {
  readonly rule: Rule;
  readonly schedule: Schedule;
  /** The first run is due then. Both in ticks. */
  readonly from: bigint;
  /** No run is due behind it. */
  readonly to: bigint;
  /** How long behind the time at which it is due a run looks: rows that have arrived by then are there. */
  readonly runDelay: bigint;
  readonly arrival: Arrival;
  readonly tables: Tables;
  /** The name of the rule's file, for what cannot be run. */
  readonly file: string;
  /** Runs the query over tables. */
  readonly ask: (tables: Tables, now: bigint) => Promise<Answer>;
}

/** What came of a run: suppressed ones did not take place. */
export interface Verdict {
  readonly status: "fired" | "quiet" | "suppressed";
  readonly rows: number;
  readonly alerts: readonly Alert[];
}

export interface ReplayedRun extends Verdict {
  /** When it was due: the end of its window, and what `now()` says. */
  readonly at: bigint;
  /** Rows of its window that were not there yet. */
  readonly late: number;
  /** What would have come of it had every row arrived at once. */
  readonly complete: Verdict;
}

/** A row, and the runs that are meant. */
export interface RowRuns extends TimelineRow {
  readonly time: bigint;
  readonly arrived: bigint;
  readonly runs: readonly bigint[];
}

export interface Replay {
  readonly runs: readonly ReplayedRun[];
  /** Behind an alert had every row arrived at once, and behind none now. `runs`: those that would have fired. */
  readonly missed: readonly RowRuns[];
  /** Like `missed`, but a run behind the last one will still look at them. */
  readonly pending: readonly RowRuns[];
  /** In the pipeline behind the alerts of several runs. */
  readonly twice: readonly RowRuns[];
  /** Operators through which rows are not followed: of those behind them `missed` and `twice` know nothing. */
  readonly lostAt: readonly Span[];
}

/** The times at which the runs are due. */
export function runTimes(from: bigint, to: bigint, frequency: bigint): readonly bigint[] {
  const times: bigint[] = [];
  for (let at = from; at <= to; at += frequency) times.push(at);
  return times;
}

/** Runs a rule on its schedule, twice: over the rows that are there at each time, and as if none came late. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { schedule, runDelay } = options;
  const timelines = new Map<string, Timeline>();
  const ledgers = { actual: newLedger(), complete: newLedger() };
  const runs: ReplayedRun[] = [];
  for (const at of runTimes(options.from, options.to, schedule.frequency)) {
    const window = { after: at - schedule.period, to: at };
    const look = (arrived: bigint | undefined) => lookAt(options, timelines, window, arrived);
    const actual = ledgers.actual.rests(at) ? undefined : await look(at + runDelay);
    // Without late rows both are the same.
    const wanted = !ledgers.complete.rests(at);
    const complete = wanted ? (actual && actual.late() === 0 ? actual : await look(undefined)) : undefined;
    for (const [ledger, seen] of [
      [ledgers.actual, actual],
      [ledgers.complete, complete],
    ] as const) {
      if (seen?.verdict.status === "fired") ledger.add(at, await seen.behind(), schedule.suppression);
    }
    const verdict = actual?.verdict ?? suppressed;
    runs.push({ ...verdict, at, late: actual?.late() ?? 0, complete: complete?.verdict ?? suppressed });
  }
  return { runs, ...findingsOf(options, ledgers, timelines) };
}

const suppressed: Verdict = { status: "suppressed", rows: 0, alerts: [] };

interface Look {
  readonly verdict: Verdict;
  /** Rows of the window that the query asked for and that were not there. */
  readonly late: () => number;
  readonly behind: () => Promise<Behind>;
}

async function lookAt(
  { rule, tables, arrival, file, ask }: ReplayOptions,
  timelines: Map<string, Timeline>,
  window: ReplayWindow,
  arrived: bigint | undefined,
): Promise<Look> {
  const given = new Map<string, { readonly rows: Int32Array; readonly late: number }>();
  const openers = [...tables].map(([name, table]): readonly [string, TableOpener] => [
    name,
    async () => {
      const open = async () => timelineOf(typeof table === "function" ? await table() : table, arrival);
      const timeline = timelines.get(name) ?? (await open());
      timelines.set(name, timeline);
      const rows = rowsIn(timeline, window, arrived);
      const late = arrived === undefined ? 0 : rowsIn(timeline, window).length - rows.length;
      given.set(name, { rows, late });
      return tableOf(timeline, rows);
    },
  ]);
  const answer = await ask(new Map(openers), window.to);
  const { table } = answer;
  const alerts = alertsOf(rule, table, file);
  const status = rule.fires(table.rows.length) ? "fired" : "quiet";
  // A row's number in the window, and the one that it has in its table.
  const renumbered = (rows: readonly TimelineRow[]) =>
    rows.flatMap(({ table: name, number }): readonly TimelineRow[] => {
      const row = given.get(name)?.rows[number - 1];
      return row === undefined ? [] : [{ table: name, number: row + 1 }];
    });
  return {
    verdict: { status, rows: table.rows.length, alerts },
    late: () => [...given.values()].reduce((sum, { late }) => sum + late, 0),
    behind: async () => {
      const { rows, main, lostAt } = await answer.behind();
      return { rows: renumbered(rows), main: renumbered(main), lostAt };
    },
  };
}

/** Which rows the alerts of which runs are made of. */
interface Ledger {
  readonly rests: (at: bigint) => boolean;
  readonly add: (at: bigint, behind: Behind, suppression: bigint | undefined) => void;
  readonly all: ReadonlyMap<string, Noted>;
  readonly main: ReadonlyMap<string, Noted>;
  readonly lost: ReadonlyMap<string, Span>;
}
interface Noted {
  readonly row: TimelineRow;
  readonly runs: bigint[];
}

function newLedger(): Ledger {
  const all = new Map<string, Noted>();
  const main = new Map<string, Noted>();
  const lost = new Map<string, Span>();
  let until: bigint | undefined;
  const note = (into: Map<string, Noted>, row: TimelineRow, at: bigint) => {
    const key = keyOf(row);
    const noted = into.get(key) ?? { row, runs: [] };
    noted.runs.push(at);
    into.set(key, noted);
  };
  return {
    rests: (at) => until !== undefined && at < until,
    add: (at, behind, suppression) => {
      if (suppression !== undefined) until = at + suppression;
      for (const row of behind.rows) note(all, row, at);
      for (const row of behind.main) note(main, row, at);
      for (const span of behind.lostAt) lost.set(`${span.start}-${span.end}`, span);
    },
    all,
    main,
    lost,
  };
}

function keyOf({ table, number }: TimelineRow): string {
  return `${number} ${table}`;
}

function findingsOf(
  options: ReplayOptions,
  { actual, complete }: { readonly actual: Ledger; readonly complete: Ledger },
  timelines: ReadonlyMap<string, Timeline>,
): Omit<Replay, "runs"> {
  const placed = ({ row, runs }: Noted): readonly RowRuns[] => {
    const timeline = timelines.get(row.table);
    const time = timeline?.times?.[row.number - 1] ?? null;
    // What has no time is there for every run.
    return time === null ? [] : [{ ...row, time, arrived: timeline?.arrivals[row.number - 1] ?? time, runs }];
  };
  const unseen = [...complete.all].filter(([key]) => !actual.all.has(key)).flatMap(([, noted]) => placed(noted));
  const twice = [...actual.main.values()].filter(({ runs }) => runs.length > 1).flatMap(placed);
  return {
    missed: inTime(unseen.filter((row) => !isPending(row, options))),
    pending: inTime(unseen.filter((row) => isPending(row, options))),
    twice: inTime(twice),
    lostAt: [...new Map([...actual.lost, ...complete.lost]).values()],
  };
}

/** Whether a run behind the last one finds the row in its window. */
function isPending({ time, arrived }: RowRuns, { from, to, schedule, runDelay }: ReplayOptions): boolean {
  const { frequency, period } = schedule;
  const first = from > to ? from : from + ((to - from) / frequency + 1n) * frequency;
  for (let at = first; at - period < time; at += frequency) {
    if (time <= at && arrived <= at + runDelay) return true;
  }
  return false;
}

function inTime(rows: readonly RowRuns[]): readonly RowRuns[] {
  return [...rows].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.number - b.number));
}
