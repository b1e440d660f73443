import { relative, resolve, sep } from "node:path";
import type { Finding } from "../../diagnostics/catalogue/lint.ts";
import { type FilePosition, positionsOf } from "../../diagnostics/render.ts";
import type { QueryDocument } from "../../documents/document.ts";

/** A finding and where it is. */
export interface PlacedFinding {
  readonly document: QueryDocument;
  readonly finding: Finding;
}

export interface Region {
  readonly start: FilePosition;
  readonly end: FilePosition;
}

export function regionOf({ document, finding }: PlacedFinding, span = finding.diagnostic.labels[0].span): Region {
  const { text } = document.file;
  return positionsOf(span, { name: document.file.name, text, offsetInFile: document.offsetInFile });
}

/** The pieces of a fix in the file; undefined where the file spells the text in another way, as JSON does. */
export function editsInFile(placed: PlacedFinding): readonly (Region & { readonly text: string })[] | undefined {
  const { document, finding } = placed;
  const edits = finding.fix?.edits.map(({ span, text }) => ({ ...insertion(placed, span), span, text }));
  const same = edits?.every(({ start, end, span, text }) => {
    const there = document.file.text.slice(start.offset, end.offset);
    return (
      there === document.text.slice(span.start, span.end) &&
      !/["\\\r\n]/.test(/\.json$/i.test(document.file.name) ? text : "")
    );
  });
  return same ? edits : undefined;
}

/** Exactly the place, also where nothing stands. */
function insertion(placed: PlacedFinding, span: { readonly start: number; readonly end: number }): Region {
  const region = regionOf(placed, span);
  if (span.start < span.end) return region;
  const offset = placed.document.offsetInFile(span.start);
  const [start] = [regionOf(placed, { start: Math.max(0, span.start - 1), end: span.start }).end];
  const at = start.offset === offset ? start : region.start;
  return { start: at, end: at };
}

/** The path as web pages and tools write it, relative to where the command runs when it is below. */
export function relativePath(path: string): string {
  const below = relative(process.cwd(), resolve(path));
  return (below === "" || below.startsWith("..") ? resolve(path) : below).split(sep).join("/");
}
