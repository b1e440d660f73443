import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { asWritten, type QueryDocument, wholeFile } from "../../documents/document.ts";
import { openDocument } from "../../documents/open.ts";
import { rewritten } from "../../documents/rewrite.ts";
import { format } from "../../editor/format.ts";
import { exitCode } from "../exit.ts";
import { readQueries, readText } from "../queries.ts";
import { showDiagnostics, showWarning, usageError } from "../report.ts";
import { print } from "../terminal.ts";

export interface FmtOptions {
  readonly check?: boolean | undefined;
  readonly write?: boolean | undefined;
}

/** A file with its queries. */
interface File {
  readonly path: string;
  readonly text: string;
  readonly documents: readonly QueryDocument[];
}

/** Lays queries out: one file to the standard output, any number in place or, with `check`, only named. */
export async function fmt(paths: readonly string[], { check, write }: FmtOptions): Promise<number> {
  if (check && write) throw usageError(usage.checkOrWrite());
  const files = (await Promise.all(paths.map(filesAt))).flat();
  if (files.length > 1 && !check && !write) throw usageError(usage.severalToShow());
  let code: number = exitCode.ok;
  for (const file of files) {
    const { text, problem } = laidOut(file);
    if (problem) code = exitCode[problem.stage];
    if (!check && (!write || file.path === "-")) await print([text]);
    else if (text !== file.text) {
      if (write) await writeFile(file.path, text);
      else if (code === exitCode.ok) code = exitCode.findings;
      console.log(file.path);
    }
  }
  return code;
}

/** The file with its queries laid out. What has mistakes is reported, and stays as it is. */
function laidOut({ path, text, documents }: File): {
  readonly text: string;
  readonly problem?: Diagnostic | undefined;
} {
  let problem: Diagnostic | undefined;
  let result = text;
  const changed = documents.map(asWritten).flatMap((document) => {
    const formatted = format(document.text);
    if (formatted.diagnostics.length > 0) showDiagnostics(formatted.diagnostics, document);
    problem ??= formatted.diagnostics.find(({ severity }) => severity === "error");
    // Whether a line break ends the query is up to what it stands in.
    const same =
      document.text === text ? formatted.text === text : formatted.text.trimEnd() === document.text.trimEnd();
    return same ? [] : [{ document, text: formatted.text }];
  });
  const whole = changed.length > 0 ? rewritten(path, text, changed) : text;
  if (whole !== undefined) result = whole;
  else showWarning(usage.leftAlone(path), usage.leftAloneHelp());
  return { text: result, problem };
}

const queryFile = /\.(kql|csl|kusto|md|markdown|ya?ml)$/i;
const testFile = /\.test\.kql$/i;

async function filesAt(path: string): Promise<readonly File[]> {
  if (path === "-") {
    const { documents } = await readQueries("-", undefined);
    return documents.map((document) => ({ path, text: document.text, documents: [wholeFile(path, document.text)] }));
  }
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) {
    if (testFile.test(path)) throw usageError(usage.laidOutByHand(path));
    const { documents } = await readQueries(path, undefined);
    const [first] = documents;
    return first ? [{ path: first.file.name, text: first.file.text, documents }] : [];
  }
  const files: File[] = [];
  for (const inner of await pathsBelow(path)) {
    const text = await readText(inner);
    const documents = openDocument(inner, text);
    // Pages and YAML files without a query stand in any folder.
    if (!("message" in documents)) files.push({ path: inner, text, documents });
  }
  if (files.length === 0) throw usageError(usage.nothingToFormat(path));
  return files;
}

/** Query files in a folder and the folders in it, but not in hidden ones or in packages. */
async function pathsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && entry.name !== "node_modules") paths.push(...(await pathsBelow(path)));
    } else if (queryFile.test(entry.name) && !testFile.test(entry.name)) paths.push(path);
  }
  return paths;
}
