import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, relative, resolve } from "node:path";
import { parseDatetime } from "../../data/datetime.ts";
import * as words from "../../diagnostics/catalogue/init.ts";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { QueryDocument } from "../../documents/document.ts";
import { synthesize } from "../../synthesis/synthesize.ts";
import { exitCode } from "../exit.ts";
import { externalData } from "../external.ts";
import { type KnownTables, knownTables } from "../init/schemas.ts";
import { type SpecHead, specText } from "../init/spec-text.ts";
import { readQueries } from "../queries.ts";
import { InDocument, usageError } from "../report.ts";
import { splitPair } from "../tables.ts";

export interface InitOptions {
  /** Files of schemas. */
  readonly schema: readonly string[];
  /** Folders of tables, for their columns. */
  readonly data: readonly string[];
  readonly external: readonly string[];
  readonly param: readonly string[];
  readonly now?: string | undefined;
  readonly ingestionTime?: string | undefined;
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
}

/** A working day at noon: the same spec comes out whenever it is written. */
const defaultNow = "2025-01-15T12:00:00Z";

/** Writes a first spec for a rule. */
export async function init(rule: string, options: InitOptions): Promise<number> {
  const nowText = options.now ?? defaultNow;
  const now = parseDatetime(nowText);
  if (now === null) throw usageError(usage.badNow(nowText));
  const { documents, path } = await readQueries(rule, undefined);
  if (path === undefined) throw usageError(words.ruleFromInput());
  const [document] = documents;
  if (!document || documents.length > 1) {
    throw usageError(
      words.severalRules(
        rule,
        documents.map(({ name }) => name),
      ),
    );
  }
  const output = options.output ?? specPath(path, rule);
  if (existsSync(output) && !options.force) throw usageError(words.specExists(output));

  const parameters = pairs(options.param, "-p", "`NAME=VALUE`", "first");
  const files = pairs(options.external, "-x", "`URL=FILE`", "last");
  const known = await knownTables(options, document.text);
  const external = await externalData({ ...options, allowNet: [], lock: undefined }, path);
  const ingestionTime = options.ingestionTime ?? timeOfIngestion(known, document.text);
  const asked = { now, parameters, external, ingestionTime };
  const synthesis = await synthesize(document.text, known.schemas, asked).catch((thrown) => {
    throw new InDocument(thrown, document);
  });
  const textAt = ({ start, end }: Span) => document.text.slice(start, end).replace(/\s+/g, " ");
  const todo = [...synthesis.unsolved]
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ span, why }) => {
      return { place: placeOf(span, document), text: textAt(span), why: words.unsolvedReason(why) };
    });
  const folder = dirname(output);
  const head: SpecHead = {
    query: beside(folder, path) + rule.slice(path.length),
    schema: await schemaOf(known, document.text, output),
    now: nowText,
    ingestionTime,
    externaldata: new Map([...files].map(([url, file]) => [url, beside(folder, file)])),
    parameters,
  };
  await write(output, specText(head, synthesis, todo, textAt));
  const unfinished = todo.length + (synthesis.fires ? 0 : 1);
  console.error(words.specWritten(output, 1 + synthesis.nearMisses.length, unfinished));
  return exitCode.ok;
}

/** Rows that are made arrive when they happen. */
function timeOfIngestion({ schemas }: KnownTables, text: string): string | undefined {
  if (!/\bingestion_time\s*\(/.test(text)) return undefined;
  const named = [...schemas].filter(([table]) => text.includes(table)).map(([, columns]) => columns);
  return ["TimeGenerated", "Timestamp"].find((time) => {
    return named.length > 0 && named.every((columns) => columns.some(({ name }) => name === time));
  });
}

/** `rules/a.kql` → `rules/a.test.yaml`; `page.md#2` → `page-2.test.yaml`. */
function specPath(path: string, rule: string): string {
  const anchor = rule.slice(path.length + 1).replace(/[^\w-]+/g, "-");
  return `${path.replace(/\.[^./\\]+$/, "")}${anchor === "" ? "" : `-${anchor}`}.test.yaml`;
}

function pairs(
  given: readonly string[],
  option: string,
  form: string,
  cut: "first" | "last",
): ReadonlyMap<string, string> {
  return new Map(
    given.map((pair) =>
      splitPair(
        option,
        form,
        pair,
        cut === "first" ? pair.indexOf("=") : pair.lastIndexOf("="),
        cut === "first" ? "empty" : "full",
      ),
    ),
  );
}

/** A path as a spec in `folder` names it. */
function beside(folder: string, path: string): string {
  const way = relative(resolve(folder), resolve(path)).replaceAll("\\", "/");
  return way.startsWith("../") ? way : `./${way}`;
}

function placeOf({ start }: Span, { file, offsetInFile }: QueryDocument): string {
  const lines = file.text.slice(0, offsetInFile(start)).split("\n");
  return `${basename(file.name)}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** The tables of no catalogue go into a file beside the spec: that is where a spec can name them. */
async function schemaOf({ own }: KnownTables, text: string, output: string): Promise<SpecHead["schema"]> {
  const named = [...own].filter(([name]) => text.includes(name));
  if (named.length === 0) return "unified";
  const file = `${output.replace(/\.test\.ya?ml$/i, "")}.tables.json`;
  const tables = named.map(([name, schema]) => [
    name,
    Object.fromEntries(schema.map((field) => [field.name, field.type])),
  ]);
  await write(file, `${JSON.stringify(Object.fromEntries(tables), undefined, 2)}\n`);
  return { file: `./${basename(file)}`, extends: "unified" };
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException; // what node:fs rejects with
    throw usageError(usage.cannotWrite(path, code ?? message));
  }
}
