import { frontMatter, type Metadata } from "./metadata.ts";
import type { StoredQuery } from "./stored-query.ts";

/** A query and where it stands in the file that holds it. */
export interface QueryDocument {
  /** `rule.kql`, `page.md#2` */
  readonly name: string;
  /** The heading or title nearest to the query, if any. */
  readonly title?: string | undefined;
  readonly text: string;
  readonly file: { readonly name: string; readonly text: string };
  /** The offset in the file's text of an offset in the query's text. */
  readonly offsetInFile: (offset: number) => number;
  /** What the file says of the query. */
  readonly metadata: Metadata;
  /** Of a query that is the body of a function. */
  readonly stored?: StoredHead | undefined;
}

interface StoredHead extends StoredQuery {
  /** What the text begins with that the file says elsewhere: the declaration of the parameters. */
  readonly head: string;
}

/** The query as the file has it. */
export function asWritten(document: QueryDocument): QueryDocument {
  const length = document.stored?.head.length ?? 0;
  if (length === 0) return document;
  return {
    ...document,
    text: document.text.slice(length),
    offsetInFile: (offset) => document.offsetInFile(offset + length),
  };
}

/** A piece of the query that stands in one run in the file. */
export interface Segment {
  /** Where the piece begins in the query. */
  readonly query: number;
  /** Where it begins in the file. */
  readonly file: number;
}

/** The mapping for a query put together from `segments`, which are in order and begin at 0. */
export function offsetMapping(segments: readonly Segment[]): (offset: number) => number {
  return (offset) => {
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((segments[middle]?.query ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const segment = segments[low] ?? { query: 0, file: 0 };
    return segment.file + (offset - segment.query);
  };
}

export interface Line {
  readonly text: string;
  readonly offset: number;
}

/** Each with its line break. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\n]*\n|[^\n]+$/g)) lines.push({ text: match[0], offset: match.index });
  return lines;
}

/** Lines taken from a file, each from its own offset on, joined as they stand (every line keeps its line break). */
export function fromLines(lines: readonly Line[]): Pick<QueryDocument, "text" | "offsetInFile"> {
  const segments: Segment[] = [];
  let text = "";
  for (const line of lines) {
    segments.push({ query: text.length, file: line.offset });
    text += line.text;
  }
  return { text, offsetInFile: offsetMapping(segments) };
}

export function wholeFile(name: string, text: string): QueryDocument {
  const metadata = frontMatter(text);
  return { name, title: metadata.title, text, file: { name, text }, offsetInFile: (offset) => offset, metadata };
}

/** The anchor that a web page gives a heading: lower case, words joined by hyphens. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s+/g, "-");
}
