import { parseDatetime } from "../../data/datetime.ts";
import { timespanWithUnit } from "../../data/timespan.ts";
import { replay as say, replayUsage as usage } from "../../diagnostics/catalogue/replay.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { QueryDocument } from "../../documents/document.ts";
import { createDatabase, type DatabaseOptions, type QueryOptions } from "../../engine/database.ts";
import { externalInMemory } from "../../engine/in-memory.ts";
import { rowsOf } from "../../engine/rows.ts";
import type { Tables } from "../../engine/shelf.ts";
import { because } from "../../insight/why/why.ts";
import { type Answer, type Behind, replay as replayRule } from "../../testing/replay/replay.ts";
import { isCustomDetection } from "../../testing/spec/custom-detection.ts";
import { timeColumns } from "../../testing/spec/generate.ts";
import { ruleOf, scheduleOf } from "../../testing/spec/rule.ts";
import { type FixtureOptions, settingsOf } from "../database.ts";
import { exitCode } from "../exit.ts";
import { externalData } from "../external.ts";
import { showProgress } from "../progress.ts";
import { readOneQuery } from "../queries.ts";
import { isClean, periods, replayJson, replayText } from "../replay-text.ts";
import { InDocument, showWarning, usageError } from "../report.ts";
import { surroundings } from "../surroundings.ts";
import { findTables } from "../tables.ts";
import { hasColor, print } from "../terminal.ts";

export interface ReplayOptions extends Omit<FixtureOptions, "now"> {
  readonly from: string;
  readonly to: string;
  readonly delay: string;
  readonly runDelay?: string | undefined;
  readonly format?: string | undefined;
  readonly limit?: number | undefined;
}

const mostRuns = 10_000;
/** More than these nobody reads. */
const rowsToShow = 20;
/** No column of a table is called so. */
const arrivalColumn = "ingestion_time()";

/** Runs a rule on its schedule over rows that arrive late, and says what it misses and what it alerts twice. */
export async function replay(file: string, options: ReplayOptions): Promise<number> {
  const { format = "pretty" } = options;
  if (format !== "pretty" && format !== "json") throw usageError(usage.badFormat(format));
  if (options.database.length > 0) throw usageError(usage.otherDatabases());
  const [from, to] = [ticksOf("--from", options.from), ticksOf("--to", options.to)];
  if (to < from) throw usageError(usage.backwards());
  const delay = durationOf("--delay", options.delay);
  const { document, path } = await readOneQuery(file);
  const runDelay = durationOf("--run-delay", options.runDelay ?? (isCustomDetection(document) ? "0s" : "5m"));
  const rule = placed(document, () => ruleOf(document));
  if (!rule) throw usageError(usage.notARule(file));
  const schedule = placed(document, () => scheduleOf(document));
  const runs = (to - from) / schedule.frequency + 1n;
  if (runs > mostRuns) throw usageError(usage.tooManyRuns(runs, mostRuns));
  const told = { document, rule, schedule, runDelay };
  const progress = showProgress();
  try {
    const around = { ...(await surroundings(options)), external: externalInMemory(await externalData(options, path)) };
    const asked = [document.text, ...(around.functions ?? []).map(({ text }) => text)];
    const { ingestionTime, timeGenerated } = options;
    const shownAs =
      ingestionTime === undefined && asked.some((text) => text.includes("ingestion_time")) ? arrivalColumn : undefined;
    const found = await replayRule({
      rule,
      schedule,
      from,
      to,
      runDelay,
      arrival: {
        timeColumns: [...timeColumns, ...(timeGenerated === undefined ? [] : [timeGenerated])],
        arrivalColumn: ingestionTime,
        delay,
        shownAs,
      },
      tables: await findTables(options, progress),
      file: document.file.name,
      ask: asking(document, { ...around, ingestionTime: ingestionTime ?? shownAs }, settingsOf(options)),
    });
    if (schedule.period < schedule.frequency) showWarning(say.gap(...periods(schedule)), undefined);
    const color = hasColor(process.stdout);
    await print([
      format === "json" ? replayJson(found, told) : replayText(found, told, options.limit ?? rowsToShow, color),
    ]);
    return isClean(found) ? exitCode.ok : exitCode.findings;
  } catch (thrown) {
    throw thrown instanceof KqlError ? new InDocument(thrown, document) : thrown;
  } finally {
    progress.done();
  }
}

function asking(document: QueryDocument, around: DatabaseOptions, settings: QueryOptions) {
  return async (tables: Tables, now: bigint): Promise<Answer> => {
    const database = createDatabase({ ...around, tables });
    const asked = { ...settings, now, seed: 0 };
    const { results } = await database.query(document.text, asked);
    const [result] = results;
    if (!result || results.length > 1) throw usageError(usage.notOneResult(results.length));
    return {
      table: { schema: result.schema, rows: rowsOf(result) },
      behind: async () => {
        const found = await because(database, document.text, asked).catch((thrown: unknown) => {
          // A query that reads no table has no rows to follow.
          if (thrown instanceof KqlError && thrown.diagnostics[0].code === "KQ691") return [];
          throw thrown;
        });
        return together(found);
      },
    };
  };
}

function together(found: readonly Behind[]): Behind {
  return {
    rows: distinct(found.flatMap(({ rows }) => rows)),
    main: distinct(found.flatMap(({ main }) => main)),
    lostAt: [...new Set(found.flatMap(({ lostAt }) => lostAt))],
  };
}

function distinct(rows: Behind["rows"]): Behind["rows"] {
  return [...new Map(rows.map((row) => [`${row.number} ${row.table}`, row])).values()];
}

function placed<T>(document: QueryDocument, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw new InDocument(thrown, document);
  }
}

function ticksOf(option: string, given: string): bigint {
  const ticks = parseDatetime(given);
  if (ticks === null) throw usageError(usage.datetime(option, given));
  return ticks;
}

function durationOf(option: string, given: string): bigint {
  const ticks = timespanWithUnit(given);
  if (typeof ticks !== "bigint" || ticks < 0n) throw usageError(usage.duration(option, given));
  return ticks;
}
