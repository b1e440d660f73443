import picocolors from "picocolors";
import * as usage from "../diagnostics/catalogue/usage.ts";
import { type Diagnostic, KqlError } from "../diagnostics/diagnostic.ts";
import { renderDiagnostic } from "../diagnostics/render.ts";
import type { QueryDocument } from "../documents/document.ts";
import { exitCode, UsageError } from "./exit.ts";
import { hasColor } from "./terminal.ts";

/** What was thrown while the query of `document` was at work. */
export class InDocument extends Error {
  readonly document: QueryDocument;

  constructor(thrown: unknown, document: QueryDocument) {
    super(`in ${document.name}`, { cause: thrown });
    this.document = document;
  }
}

/** Says on the standard error what went wrong; gives the exit code. */
export function report(thrown: unknown, document?: QueryDocument): number {
  if (thrown instanceof InDocument) return report(thrown.cause, thrown.document);
  if (thrown instanceof KqlError) {
    showDiagnostics(thrown.diagnostics, document);
    return exitCode[thrown.diagnostics[0].stage];
  }
  if (thrown instanceof UsageError) {
    plain("error", thrown.message, thrown.help);
    return exitCode.usage;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  plain("error", `${usage.defect()}: ${message}`, usage.defectHelp());
  const { KQLITE_DEBUG: debug } = process.env;
  if (debug && thrown instanceof Error) console.error(thrown.stack);
  return exitCode.run;
}

export function showDiagnostics(diagnostics: readonly Diagnostic[], document?: QueryDocument): void {
  const source = {
    name: document?.file.name ?? "",
    text: document?.file.text ?? "",
    offsetInFile: document?.offsetInFile,
    color: hasColor(process.stderr),
    width: Math.max(40, (process.stderr.columns ?? 128) - 8),
  };
  const texts = diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, source));
  console.error(texts.join("\n\n"));
}

export function showWarning(message: string, help: string | undefined): void {
  plain("warning", message, help);
}

function plain(severity: "error" | "warning", message: string, help: string | undefined): void {
  const paint = picocolors.createColors(hasColor(process.stderr));
  const color = severity === "error" ? paint.red : paint.yellow;
  console.error(`${paint.bold(color(severity))}${paint.bold(`: ${message}`)}`);
  if (help !== undefined) console.error(`  = ${paint.bold("help")}: ${help}`);
}

/** `UsageError` of the sentences of the catalogue. */
export function usageError({ message, help }: usage.Usage): UsageError {
  return new UsageError(message, help);
}
