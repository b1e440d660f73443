import picocolors from "picocolors";
import type { Diagnostic, Label, Span } from "./diagnostic.ts";
import { textWidth } from "./width.ts";

/** The text that a diagnostic is shown on: that of the file which holds the query. */
export interface Source {
  readonly name: string;
  readonly text: string;
  /** The offset in `text` of an offset in the query; the same where the query is the whole text. */
  readonly offsetInFile?: ((offset: number) => number) | undefined;
  readonly color?: boolean | undefined;
  /** Columns for a line of source; longer ones are cut around the caret. */
  readonly width?: number | undefined;
}

interface Line {
  /** 1-based. */
  readonly number: number;
  readonly start: number;
  /** Without its line break. */
  readonly text: string;
}

/** A label in its file, with the lines where it starts and ends. */
interface Placed {
  readonly start: number;
  readonly end: number;
  readonly first: Line;
  readonly last: Line;
  readonly text: string;
  readonly primary: boolean;
}

/** Carets to draw below a line, as offsets in its text. */
interface Mark {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly primary: boolean;
}

/**
 * The diagnostic on a few lines, without a line break at the end:
 *
 *     error[KS142]: the name `Sate` does not refer to any known column
 *       ╭─ rule.kql:2:9
 *     2 │ | where Sate == "TEXAS"
 *       │         ^^^^ not known here
 *       = help: a name with a similar name exists: `State`
 *
 * Columns count UTF-16 units from 1, as editors do. A span of {0, 0} says that the query has no such place.
 */
export function renderDiagnostic(diagnostic: Diagnostic, source: Source): string {
  const paint = picocolors.createColors(source.color ?? false);
  const severe = (text: string) =>
    diagnostic.severity === "error"
      ? paint.red(text)
      : diagnostic.severity === "warning"
        ? paint.yellow(text)
        : paint.blue(text);
  const out = [
    `${paint.bold(severe(`${diagnostic.severity}[${diagnostic.code}]`))}${paint.bold(`: ${visible(diagnostic.message)}`)}`,
  ];
  const help = diagnostic.help === undefined ? [] : [`= ${paint.bold("help")}: ${visible(diagnostic.help)}`];

  const placed = diagnostic.labels
    .map((label, i) => place(label, i === 0, source))
    .filter((label) => label !== undefined);
  const [culprit] = placed;
  if (!culprit) {
    // Data has its own place, in the message.
    const origin = diagnostic.stage === "data" ? [] : [paint.blue(`╭─ ${visible(source.name)}`)];
    return [...out, ...[...origin, ...help].map((line) => `  ${line}`)].join("\n");
  }
  const marks = placed
    .flatMap(marksOf)
    .sort((a, b) => a.line.number - b.line.number || Number(b.primary) - Number(a.primary));
  const gutter = String(Math.max(...marks.map((mark) => mark.line.number))).length;
  const margin = " ".repeat(gutter);
  const column = culprit.start - culprit.first.start + 1;
  out.push(`${margin} ${paint.blue(`╭─ ${visible(source.name)}:${culprit.first.number}:${column}`)}`);
  let before: Line | undefined;
  for (const mark of marks) {
    const { shown, indent, carets } = draw(mark, source.width ?? 120);
    if (mark.line.number !== before?.number) {
      if (before && mark.line.number > before.number + 1) out.push(`${margin} ${paint.blue("·")}`);
      out.push(`${paint.blue(`${String(mark.line.number).padStart(gutter)} │`)} ${shown}`.trimEnd());
    }
    before = mark.line;
    const under = `${mark.primary ? "^".repeat(carets) : "-".repeat(carets)} ${visible(mark.text)}`.trimEnd();
    out.push(`${margin} ${paint.blue("│")} ${" ".repeat(indent)}${mark.primary ? severe(under) : paint.blue(under)}`);
  }
  return [...out, ...help.map((line) => `${margin} ${line}`)].join("\n");
}

function place({ span, text }: Label, primary: boolean, source: Source): Placed | undefined {
  if (span.start === 0 && span.end === 0) return undefined;
  const { start, end } = inFile(span, source);
  const first = lineAt(source.text, start);
  const last = end > first.start + first.text.length ? lineAt(source.text, end - 1) : first;
  return { start, end, first, last, text, primary };
}

export interface FilePosition {
  /** Both from 1; columns count UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Where a span begins and ends in the file; the start of the file for a span of {0, 0}. */
export function positionsOf(span: Span, source: Source): { readonly start: FilePosition; readonly end: FilePosition } {
  const position = (offset: number): FilePosition => {
    const line = lineAt(source.text, offset);
    return { line: line.number, column: offset - line.start + 1, offset };
  };
  const { start, end } = span.start === 0 && span.end === 0 ? span : inFile(span, source);
  return { start: position(start), end: position(end) };
}

/** The span in the file, clamped to it. */
function inFile(span: Span, { text, offsetInFile = (offset) => offset }: Source): Span {
  const clamp = (offset: number) => Math.max(0, Math.min(offset, text.length));
  const start = clamp(offsetInFile(span.start));
  // The end of a span may be the start of the next line of the file: its last character is where it belongs.
  if (span.end > span.start) return { start, end: Math.max(start, clamp(offsetInFile(span.end - 1) + 1)) };
  // What is missing is missing behind the last word, not at the start of the line below.
  const before = /\n[ \t]*$/.test(text.slice(Math.max(0, start - 200), start))
    ? text.slice(0, start).trimEnd().length
    : start;
  return before === 0 ? { start, end: start } : { start: before, end: before };
}

function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  let number = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < start; at = text.indexOf("\n", at + 1)) number++;
  return { number, start, text: text.slice(start, end < 0 ? text.length : end).replace(/\r$/, "") };
}

/** A label over several lines is drawn below its first and its last. */
function marksOf({ start, end, first, last, text, primary }: Placed): readonly Mark[] {
  const from = Math.min(start - first.start, first.text.length);
  if (last.number === first.number) {
    return [{ line: first, from, to: Math.min(end - first.start, first.text.length), text, primary }];
  }
  const indent = /^\s*/.exec(last.text)?.[0].length ?? 0;
  const to = Math.min(end - last.start, last.text.length);
  return [
    { line: first, from, to: first.text.trimEnd().length, text: "", primary },
    { line: last, from: Math.min(indent, to), to, text, primary },
  ];
}

/** The part of the line that is shown, and where the carets stand below it, in columns of the terminal. */
function draw({ line, from, to }: Mark, width: number) {
  const window = cut(line.text, from, to, width);
  const lead = window.start > 0 ? "…" : "";
  const shown = lead + visible(line.text.slice(window.start, window.end)) + (window.end < line.text.length ? "…" : "");
  const indent = textWidth(lead + visible(line.text.slice(window.start, from)));
  const carets = textWidth(visible(line.text.slice(from, Math.min(Math.max(to, from), window.end))));
  return { shown, indent, carets: Math.max(1, carets) };
}

/** The window of about `width` characters around [from, to): all of the line when it fits. */
function cut(text: string, from: number, to: number, width: number): Span {
  if (textWidth(visible(text)) <= width) return { start: 0, end: text.length };
  // Wide characters take two columns: half as many are sure to fit.
  const narrow = textWidth(text) === text.length;
  const room = Math.max(20, (narrow ? width : Math.floor(width / 2)) - 2);
  const context = Math.max(8, Math.floor((room - Math.min(to - from, room)) / 2));
  const start = Math.max(0, Math.min(from - context, text.length - room));
  return { start: atCharacter(text, start), end: atCharacter(text, Math.min(text.length, start + room)) };
}

/** Not between the halves of a surrogate pair. */
function atCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return offset > 0 && code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

/** Text as a terminal may see it: tabs as four blanks, control and direction characters as something visible. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (char) => {
    if (char === "\t") return "    ";
    const code = char.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\ufffd";
  });
}
