import * as usage from "../../diagnostics/catalogue/usage.ts";
import { why as say } from "../../diagnostics/catalogue/why.ts";
import { type QueryDocument, wholeFile } from "../../documents/document.ts";
import type { Database } from "../../engine/database.ts";
import { becauseText, followedText, type Told } from "../../insight/why/render.ts";
import { WrongPredicate } from "../../insight/why/sources.ts";
import { because, why as followRows, type WhyOptions } from "../../insight/why/why.ts";
import { hostClock } from "../clock.ts";
import { type FixtureOptions, openedDatabase, settingsOf } from "../database.ts";
import { exitCode } from "../exit.ts";
import { showProgress } from "../progress.ts";
import { readOneQuery } from "../queries.ts";
import { InDocument, usageError } from "../report.ts";
import { print } from "../terminal.ts";

export interface WhyCommandOptions extends FixtureOptions {
  /** The table to look in. */
  readonly in?: string | undefined;
  readonly row?: string | undefined;
  readonly because?: boolean | undefined;
  readonly limit?: number | undefined;
}

/** More than these nobody reads. */
const rowsToShow = 20;

/** Says what becomes of rows of the tables, or which of them are behind the result. */
export async function why(file: string, options: WhyCommandOptions): Promise<number> {
  const { row, because: backward } = options;
  if (row === undefined && !backward) throw usageError(usage.rowOrBecause());
  if (row !== undefined && backward) throw usageError(usage.rowAndBecause());
  const settings = settingsOf(options);
  const { document, path } = await readOneQuery(file);
  const progress = showProgress();
  const texts: string[] = [];
  try {
    const database = await openedDatabase(options, path, progress);
    const asked = { ...settings, now: settings.now ?? hostClock(), row, table: options.in };
    texts.push(...(await answers(document, database, asked, backward ?? false)));
  } finally {
    progress.done();
  }
  const limit = options.limit ?? rowsToShow;
  const shown = texts.length === 0 ? [backward ? say.emptyResult() : say.none()] : texts.slice(0, limit);
  if (texts.length > limit) shown.push(say.more(texts.length - limit));
  await print(shown.map((text) => `${text}\n`));
  return exitCode.ok;
}

async function answers(
  document: QueryDocument,
  database: Database,
  options: WhyOptions,
  backward: boolean,
): Promise<readonly string[]> {
  const told: Told = { query: document.text, text: document.file.text, offsetInFile: document.offsetInFile };
  try {
    if (backward) return (await because(database, document.text, options)).map((one) => becauseText(one, told));
    const followed = await followRows(database, document.text, options);
    const wanted = new Set(options.row?.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
    return followed.map((one) => followedText(one, told, wanted));
  } catch (thrown) {
    if (thrown instanceof WrongPredicate) throw new InDocument(thrown, wholeFile("--row", options.row ?? ""));
    throw new InDocument(thrown, document);
  }
}
