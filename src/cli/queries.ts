import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { brokenDocument } from "../diagnostics/catalogue/documents.ts";
import * as usage from "../diagnostics/catalogue/usage.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { type QueryDocument, wholeFile } from "../documents/document.ts";
import { kqlQueries } from "../documents/kql.ts";
import type { NoQuery } from "../documents/open.ts";
import { InDocument, usageError } from "./report.ts";

export interface Queries {
  readonly documents: readonly QueryDocument[];
  /** Absent for text of the command line and of the standard input. */
  readonly path?: string | undefined;
}

/** The queries of `FILE`, `page.md#2`, `-`, or of a text. */
export async function readQueries(file: string | undefined, text: string | undefined): Promise<Queries> {
  if (text !== undefined) {
    if (file !== undefined) throw usageError(usage.twoQueries(file));
    return { documents: kqlQueries("query", text) };
  }
  if (file === undefined) throw usageError(usage.nothingToRun());
  if (file === "-") return { documents: kqlQueries("stdin", textOf(await standardInput(), "stdin")) };
  const { path, anchor } = splitAnchor(file);
  return { documents: await queriesIn(path, await readText(path), anchor), path };
}

/** The one query that `file` names, as commands want it that explain a query. */
export async function readOneQuery(
  file: string,
): Promise<{ readonly document: QueryDocument; readonly path?: string | undefined }> {
  const { documents, path } = await readQueries(file, undefined);
  return { document: oneOf(documents, file), path };
}

/** As `readOneQuery`; `REVISION:PATH` is the query as git has it there. */
export async function readRevision(
  file: string,
): Promise<{ readonly document: QueryDocument; readonly path?: string | undefined }> {
  const [, revision, rest] = /^([^-:][^:]+|[^-:]):(.+)$/.exec(file) ?? [];
  const { path: there, anchor } = splitAnchor(rest ?? "");
  if (existsSync(splitAnchor(file).path) || revision === undefined) return readOneQuery(file);
  const text = textOf(await gitBlob(revision, there), file);
  return { document: oneOf(await queriesIn(there, text, anchor, `${revision}:${there}`), file), path: there };
}

function oneOf(documents: readonly QueryDocument[], file: string): QueryDocument {
  const [document, ...more] = documents;
  if (!document || more.length > 0) throw usageError(usage.severalQueries(file, documents.length));
  return document;
}

function gitBlob(revision: string, path: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // A path is one of the repository, or with `./` in front one of the folder at hand.
    const args = ["show", "--end-of-options", `${revision}:${path}`];
    execFile("git", args, { encoding: "buffer", maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else reject(usageError(usage.noRevision(`${revision}:${path}`, stderr.toString().trim() || error.message)));
    });
  });
}

async function queriesIn(
  path: string,
  text: string,
  anchor: string | undefined,
  name: string = path,
): Promise<readonly QueryDocument[]> {
  const found = await queriesOf(path, text, anchor, name);
  if (!("message" in found)) return found;
  if (found.offset === undefined) throw usageError(found);
  const diagnostic = brokenDocument(found.offset, found.message, found.help);
  throw new InDocument(new KqlError(diagnostic), wholeFile(name, text));
}

/** What a file holds. Throws `UsageError` where it cannot be read as text. */
export interface FileQueries {
  readonly whole: QueryDocument;
  readonly documents: readonly QueryDocument[];
  /** Why there are none. */
  readonly problem?: NoQuery | undefined;
}

export async function fileQueries(path: string, anchor?: string): Promise<FileQueries> {
  const text = await readText(path);
  const found = await queriesOf(path, text, anchor);
  const whole = wholeFile(path, text);
  return "message" in found ? { whole, documents: [], problem: found } : { whole, documents: found };
}

/** `openDocument`, without loading the YAML reader for a plain query: that takes as long as a small query takes to run. */
async function queriesOf(
  path: string,
  text: string,
  anchor?: string,
  name = path,
): Promise<readonly QueryDocument[] | NoQuery> {
  if (/\.(kql|csl|kusto)$/i.test(path) && anchor === undefined) return kqlQueries(name, text);
  const { openDocument } = await import("../documents/open.ts");
  return openDocument(path, text, anchor);
}

/** The text of a file. */
export async function readText(path: string): Promise<string> {
  return textOf(await fileBytes(path), path);
}

/** `page.md#anchor`; a file whose own name holds a `#` wins. */
function splitAnchor(file: string): { readonly path: string; readonly anchor?: string } {
  const cut = file.lastIndexOf("#");
  if (cut <= 0 || existsSync(file)) return { path: file };
  return { path: file.slice(0, cut), anchor: file.slice(cut + 1) };
}

async function fileBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException; // what node:fs rejects with
    throw usageError(code === "ENOENT" ? usage.noQueryFile(path) : usage.unreadableQuery(path, code ?? message));
  }
}

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer); // no encoding is set
  return Buffer.concat(chunks);
}

/** UTF-8, or UTF-16 with a byte order mark, which is dropped. */
function textOf(bytes: Uint8Array, path: string): string {
  const mark = `${bytes[0]},${bytes[1]}`;
  const encoding = mark === "255,254" ? "utf-16le" : mark === "254,255" ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // A letter read wrongly would be compared wrongly.
    throw usageError(usage.notText(path));
  }
}
