import picocolors from "picocolors";
import { coverage as say } from "../../diagnostics/catalogue/insight.ts";
import type { Source } from "../../diagnostics/render.ts";
import { placeOf } from "../lines.ts";
import { type Coverage, coverageScore } from "./coverage.ts";
import { findingsOf } from "./findings.ts";

/**
 * The lines of the query with what no row has shown below them, then the score:
 *
 *     rule.kql
 *     2 │ | where Name =~ "cmd.exe" and Port > 0
 *       │                               ^^^^^^^^ never false
 *     1 of 2 conditions and operators covered (50%)
 */
export function coverageText(coverage: Coverage, source: Source): string {
  const paint = picocolors.createColors(source.color ?? false);
  const placed = findingsOf(coverage).map((finding) => ({ ...finding, place: placeOf(finding.span, source) }));
  const gutter = String(Math.max(1, ...placed.map(({ place }) => place.line))).length;
  const out: string[] = [];
  if (placed.length > 0) out.push(source.name);
  for (const [i, { place, message }] of placed.entries()) {
    if (placed[i - 1]?.place.line !== place.line) {
      out.push(`${paint.blue(`${String(place.line).padStart(gutter)} │`)} ${place.text}`);
    }
    const indent = place.text.slice(0, place.column - 1).replace(/[^\t]/g, " ");
    out.push(
      `${paint.blue(`${" ".repeat(gutter)} │`)} ${indent}${paint.red("^".repeat(Math.max(1, place.length)))} ${message}`,
    );
  }
  for (const span of coverage.unmeasured) out.push(say.unmeasured(placeOf(span, source).line));
  const { covered, total, percent } = coverageScore(coverage);
  out.push(say.score(covered, total, percent));
  return `${out.join("\n")}\n`;
}
