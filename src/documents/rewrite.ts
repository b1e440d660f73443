import { asWritten, linesOf, type QueryDocument } from "./document.ts";
import { openDocument } from "./open.ts";

/** A query of a file, and what shall stand in its place. */
export interface NewText {
  readonly document: QueryDocument;
  readonly text: string;
}

/**
 * The file with `texts` in place of its queries, each indented as it was; undefined where that cannot be done so that
 * they would be read again as they are given.
 */
export function rewritten(name: string, file: string, texts: readonly NewText[]): string | undefined {
  let result = file;
  for (const { document, text } of [...texts].sort((a, b) => startOf(b) - startOf(a))) {
    const next = replaced(result, document, text);
    if (next === undefined) return undefined;
    result = next;
  }
  const found = openDocument(name, result);
  if ("message" in found) return undefined;
  const read = new Map(found.map(asWritten).map((document) => [document.name, document.text]));
  const same = texts.every(({ document, text }) => withoutEnd(read.get(document.name) ?? "") === withoutEnd(text));
  return same ? result : undefined;
}

function startOf({ document }: NewText): number {
  return document.offsetInFile(0);
}

/** `file` is that of `document` as far as the query goes, if not behind it. */
function replaced(file: string, { text: before, offsetInFile }: QueryDocument, text: string): string | undefined {
  if (before === file) return text;
  let prefix: string | undefined;
  let end = 0;
  for (const { text: line, offset } of linesOf(before)) {
    const body = line.replace(/\r?\n$/, "");
    const start = offsetInFile(offset);
    if (file.slice(start, start + body.length) !== body) return undefined;
    if (body.trim() !== "") prefix ??= file.slice(lineStart(file, start), start);
    end = start + body.length;
  }
  if (prefix === undefined || !/^[ \t>]*$/.test(prefix)) return undefined;
  const indent = prefix;
  const lines = withoutEnd(text)
    .split("\n")
    .map((line) => (line.trim() === "" ? `${indent.trimEnd()}${line}` : indent + line));
  return file.slice(0, lineStart(file, offsetInFile(0))) + lines.join("\n") + file.slice(end);
}

function lineStart(file: string, offset: number): number {
  return file.lastIndexOf("\n", offset - 1) + 1;
}

function withoutEnd(text: string): string {
  return text.replace(/\s+$/, "");
}
