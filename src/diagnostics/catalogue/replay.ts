import type { Usage } from "./usage.ts";

/* What is said about a rule that is run on its schedule. */

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

export const replayUsage = {
  datetime(option: string, given: string): Usage {
    return {
      message: `\`${option}\` expects a datetime, found \`${given}\``,
      help: `for example \`${option} 2024-01-01T12:00:00Z\``,
    };
  },
  duration(option: string, given: string): Usage {
    return { message: `\`${option}\` expects a timespan, found \`${given}\``, help: `for example \`${option} 5m\`` };
  },
  backwards(): Usage {
    return {
      message: "`--to` is before `--from`",
      help: "the first run is due at `--from`, the last not behind `--to`",
    };
  },
  tooManyRuns(runs: bigint, most: number): Usage {
    return { message: `the rule would run ${runs} times, more than ${most}`, help: "choose a shorter time" };
  },
  notARule(file: string): Usage {
    return {
      message: `\`${file}\` is not a rule of Microsoft Sentinel or Defender`,
      help: "a rule says `queryFrequency`, `queryPeriod`, `triggerOperator` and `triggerThreshold`",
    };
  },
  otherDatabases(): Usage {
    return {
      message: "`replay` knows when the rows of one database arrive",
      help: "leave `--database` out, and give its tables with `-d` and `-t`",
    };
  },
  notOneResult(count: number): Usage {
    return { message: `a rule has one result, and this query gives ${count}` };
  },
  badFormat(given: string): Usage {
    return { message: `\`${given}\` is not a format of replays`, help: "there are `pretty`, `json`" };
  },
} as const;

export const replay = {
  heading(rule: string, frequency: string, period: string, runDelay: string): string {
    return `${rule}: every ${frequency} over the last ${period}, ${runDelay} behind the time`;
  },
  fired(rows: number, alerts: number): string {
    return `${plural(rows, "row")}, ${plural(alerts, "alert")}`;
  },
  quiet(rows: number): string {
    return plural(rows, "row");
  },
  late(rows: number): string {
    return `${plural(rows, "row")} of its time had not arrived`;
  },
  /** What would have come of it without late rows. */
  complete(status: string, rows: number): string {
    return `with all rows: ${status}, ${plural(rows, "row")}`;
  },
  missed: "missed: behind an alert had it arrived at once, and behind none now",
  pending: "not alerted yet: a later run looks at it",
  twice: "alerted more than once",
  row(table: string, number: number, time: string, arrived: string | undefined): string {
    return `${table} row ${number} of ${time}${arrived === undefined ? "" : `, arrived ${arrived}`}`;
  },
  byRuns(times: readonly string[]): string {
    const [first = "", ...more] = times;
    return more.length > 2 ? `${first} and ${more.length} more` : times.join(", ");
  },
  wouldFire(runs: string): string {
    return `would be in the alert of ${runs}`;
  },
  inAlerts(runs: string): string {
    return `in the alerts of ${runs}`;
  },
  more(count: number): string {
    return `… and ${plural(count, "more row")}: see --limit`;
  },
  lost(line: number, operator: string): string {
    return `line ${line}: rows are not followed through \`${operator}\`: which of them are missed or alerted twice is not known`;
  },
  gap(frequency: string, period: string): string {
    return `\`queryPeriod\` is shorter than \`queryFrequency\`: of every ${frequency} only the last ${period} is looked at, which Microsoft Sentinel refuses`;
  },
  totals(runs: number, fired: number, suppressed: number, missed: number, twice: number): string {
    return `${plural(runs, "run")}, ${fired} fired, ${suppressed} suppressed; ${plural(missed, "row")} missed, ${twice} alerted twice`;
  },
} as const;
