import * as problem from "../../diagnostics/catalogue/check.ts";
import { brokenDocument } from "../../diagnostics/catalogue/documents.ts";
import { type Finding, ruleNotRunnable } from "../../diagnostics/catalogue/lint.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { type QueryDocument, wholeFile } from "../../documents/document.ts";
import { type CheckedText, checkQuery } from "../../lint/check.ts";
import type { TableSchemas } from "../../lint/schema.ts";
import { isCustomDetection } from "../../testing/spec/custom-detection.ts";
import { ruleOf } from "../../testing/spec/rule.ts";
import { filesBelow, isFolder, isQueryFile } from "../check/files.ts";
import type { CheckFormat } from "../check/format-names.ts";
import { checkReport } from "../check/formats.ts";
import type { PlacedFinding } from "../check/placed.ts";
import { schemasFor } from "../check/schemas.ts";
import { exitCode, UsageError } from "../exit.ts";
import { type FileQueries, fileQueries, readQueries } from "../queries.ts";
import { InDocument, usageError } from "../report.ts";
import { hasColor, print } from "../terminal.ts";

export interface CheckOptions {
  /** Names of packs, and files of tables. */
  readonly schema: readonly string[];
  readonly format: CheckFormat;
}

/** Reads and binds every query of the files without running it, and says what is wrong or hardly meant. */
export async function check(paths: readonly string[], { schema, format }: CheckOptions): Promise<number> {
  const schemas = await schemasFor(schema);
  const found: PlacedFinding[] = [];
  const files = new Set<string>();
  let queries = 0;
  const everything = await openAll(paths);
  const known = withFunctions(schemas, everything);
  for (const opened of everything) {
    files.add(opened.document.file.name);
    if (opened.finding) {
      found.push({ document: opened.document, finding: opened.finding });
      continue;
    }
    queries++;
    const { document } = opened;
    const { lacks, finding: unfit } = detectionOf(document);
    const findings = await checkQuery({ text: document.text, file: document.file.text, lacks }, known(document));
    found.push(...[...(unfit ? [unfit] : []), ...findings].map((finding) => ({ document, finding })));
  }
  if (files.size === 0) throw usageError(problem.nothingToCheck(paths));
  const counts = {
    files: files.size,
    queries,
    errors: countOf(found, "error"),
    warnings: countOf(found, "warning"),
    hints: countOf(found, "hint"),
  };
  const screen = { color: hasColor(process.stdout), width: Math.max(40, (process.stdout.columns ?? 128) - 8) };
  const { output, aside } = checkReport(format, found, counts, screen);
  await print([output]);
  if (aside !== undefined) process.stderr.write(aside);
  if (counts.errors > 0) return exitCode.query;
  return counts.warnings > 0 ? exitCode.findings : exitCode.ok;
}

/** What a custom detection of Defender must give, and what is wrong with one that cannot be run. */
function detectionOf(document: QueryDocument): Pick<CheckedText, "lacks"> & { readonly finding?: Finding } {
  if (!isCustomDetection(document)) return {};
  try {
    const rule = ruleOf(document);
    return { lacks: rule && ((schema) => rule.requires(schema, rule.entities)) };
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    return { finding: ruleNotRunnable(thrown.diagnostics[0]) };
  }
}

/** Functions that some of the files store may be called in all of them; a table that one is given is known in it. */
function withFunctions(schemas: TableSchemas, opened: readonly Opened[]): (document: QueryDocument) => TableSchemas {
  const names = new Set(opened.flatMap(({ document }) => document.stored?.names ?? []));
  return ({ stored }) => ({
    ...schemas,
    hasFunction: (name) =>
      names.has(name) || (stored?.tables.includes(name) ?? false) || (schemas.hasFunction?.(name) ?? false),
  });
}

/** A query, or a file that cannot be read as one and why. */
interface Opened {
  readonly document: QueryDocument;
  readonly finding?: Finding | undefined;
}

async function openAll(paths: readonly string[]): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  for (const path of paths) {
    if (!(await isFolder(path))) opened.push(...(await open(path)));
    else for (const file of await filesBelow(path)) opened.push(...(await openFound(file)));
  }
  return opened;
}

async function open(path: string): Promise<readonly Opened[]> {
  try {
    return (await readQueries(path, undefined)).documents.map((document) => ({ document }));
  } catch (thrown) {
    if (!(thrown instanceof InDocument) || !(thrown.cause instanceof KqlError)) throw thrown;
    const { document } = thrown;
    return thrown.cause.diagnostics.map((diagnostic) => ({ document, finding: { diagnostic } }));
  }
}

/** A file of a folder: most Markdown, YAML and JSON holds no queries, and that is no mistake. */
async function openFound(path: string): Promise<readonly Opened[]> {
  const { whole, documents, problem: why } = await readFound(path);
  if (!why) return documents.map((document) => ({ document }));
  if (why.offset === undefined) return [];
  return [{ document: whole, finding: { diagnostic: brokenDocument(why.offset, why.message, why.help) } }];
}

/** One file that cannot be read does not keep the others from being checked. */
async function readFound(path: string): Promise<FileQueries> {
  try {
    const found = await fileQueries(path);
    // No query is no problem here.
    return found.problem?.offset === 0 ? { ...found, problem: undefined } : found;
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    const { message, help } = thrown;
    return {
      whole: wholeFile(path, ""),
      documents: [],
      problem: { message, help, offset: isQueryFile(path) ? 0 : undefined },
    };
  }
}

function countOf(found: readonly PlacedFinding[], severity: Finding["diagnostic"]["severity"]): number {
  return found.filter(({ finding }) => finding.diagnostic.severity === severity).length;
}
