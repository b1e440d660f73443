import { type Counts, checkSummary } from "../../diagnostics/catalogue/check.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { renderDiagnostic } from "../../diagnostics/render.ts";
import type { CheckFormat } from "./format-names.ts";
import { editsInFile, type PlacedFinding, regionOf, relativePath } from "./placed.ts";
import { sarifLog } from "./sarif.ts";

export interface Screen {
  readonly color: boolean;
  readonly width: number;
}

/** What `kqlite check` writes. For programs the summary goes elsewhere. */
export function checkReport(
  format: CheckFormat,
  found: readonly PlacedFinding[],
  counts: Counts,
  screen: Screen,
): { readonly output: string; readonly aside?: string | undefined } {
  const summary = `${checkSummary(counts)}\n`;
  switch (format) {
    case "pretty":
      return { output: `${found.map((placed) => `${pretty(placed, screen)}\n\n`).join("")}${summary}` };
    case "github":
      return { output: `${found.map((placed) => `${annotation(placed)}\n`).join("")}${summary}` };
    case "json":
      return { output: `${json({ findings: found.map(plain), summary: counts })}\n`, aside: summary };
    case "sarif":
      return { output: `${json(sarifLog(found))}\n`, aside: summary };
  }
}

function json(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function pretty({ document, finding }: PlacedFinding, { color, width }: Screen): string {
  const { name, text } = document.file;
  return renderDiagnostic(finding.diagnostic, { name, text, offsetInFile: document.offsetInFile, color, width });
}

function plain(placed: PlacedFinding) {
  const { document, finding } = placed;
  const { code, severity, message, help } = finding.diagnostic;
  const { start, end } = regionOf(placed);
  const edits = editsInFile(placed)?.map((edit) => ({
    line: edit.start.line,
    column: edit.start.column,
    endLine: edit.end.line,
    endColumn: edit.end.column,
    text: edit.text,
  }));
  return {
    code,
    severity,
    message,
    help,
    file: relativePath(document.file.name),
    query: document.title ?? document.name,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    fix: edits && { title: finding.fix?.title, edits },
  };
}

const commands: Readonly<Record<Diagnostic["severity"], string>> = {
  error: "error",
  warning: "warning",
  hint: "notice",
};

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
function annotation(placed: PlacedFinding): string {
  const { code, severity, message, help } = placed.finding.diagnostic;
  const { start, end } = regionOf(placed);
  const properties = {
    file: relativePath(placed.document.file.name),
    line: start.line,
    endLine: end.line,
    // A column range over several lines is refused.
    ...(start.line === end.line
      ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) }
      : { col: start.column }),
    title: code,
  };
  const words = Object.entries(properties).map(([key, value]) => `${key}=${escaped(String(value), /[%\r\n:,]/g)}`);
  const text = help === undefined ? message : `${message}\nhelp: ${help}`;
  return `::${commands[severity]} ${words.join(",")}::${escaped(text, /[%\r\n]/g)}`;
}

function escaped(text: string, special: RegExp): string {
  return text.replace(special, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}
