import { mutation } from "../../diagnostics/catalogue/insight.ts";
import type { Source } from "../../diagnostics/render.ts";
import { oneLine, placeOf } from "../lines.ts";
import { type Mutant, textAt } from "./edit.ts";

/**
 * A mutant that no test notices: the line as the mutant has it, and where it differs.
 *
 *     rule.kql:2:13: letter case: `==` instead of `=~`
 *     2 │ | where Name == "cmd.exe"
 *       │             ^^ no test notices this
 */
export function renderSurvivor({ span, replacement, operator }: Mutant, query: string, source: Source): string {
  // A replacement begins with a space where words need one.
  const lead = replacement.length - replacement.trimStart().length;
  const removed = textAt(query, span);
  const skipped = replacement === "" ? removed.length - removed.trimStart().length : 0;
  const { line, column, text, length } = placeOf({ start: span.start + skipped, end: span.end }, source);
  const [before, after] = [text.slice(0, column - 1), text.slice(column - 1 + length)];
  const shown = replacement === "" ? text : `${before}${replacement}${after}`;
  const width = replacement === "" ? length : replacement.trim().length;
  const gutter = String(line);
  const indent = " ".repeat(replacement === "" ? before.length : before.length + lead);
  return [
    `${source.name}:${line}:${column}: ${mutation.change(operator, oneLine(removed), replacement.trim())}`,
    `${gutter} │ ${shown}`,
    `${" ".repeat(gutter.length)} │ ${indent}${"^".repeat(Math.max(1, width))} ${mutation.unnoticed()}`,
  ].join("\n");
}
