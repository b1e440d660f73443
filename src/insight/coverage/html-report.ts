import { coverage as say } from "../../diagnostics/catalogue/insight.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { type Coverage, coverageScore, isCovered, isPipeCovered } from "./coverage.ts";

/** A query and what its tests have shown of it. */
export interface CoveredQuery {
  /** `rule.kql`, `page.md#2` */
  readonly name: string;
  readonly text: string;
  readonly coverage: Coverage;
}

interface Mark {
  readonly span: Span;
  readonly covered: boolean;
  readonly title: string;
}

/** One page, with nothing to load: the text of each query, its conditions and operators coloured, the counts behind them. */
export function coverageHtml(queries: readonly CoveredQuery[]): string {
  const sections = queries.map(({ name, text, coverage }) => {
    const { covered, total, percent } = coverageScore(coverage);
    const heading = `<h2>${escaped(name)}</h2>\n<p>${escaped(say.score(covered, total, percent))}</p>`;
    return `<section>\n${heading}\n<pre>${markedText(text, marksOf(coverage))}</pre>\n</section>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(say.title())}</title>
<style>${style}</style>
<h1>${escaped(say.title())}</h1>
<p><mark class="covered">${escaped(say.covered())}</mark> <mark class="open">${escaped(say.open())}</mark></p>
${sections.join("\n")}
</html>
`;
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
pre { font: 14px/1.7 ui-monospace, monospace; overflow-x: auto; padding: 1rem; border: 1px solid #8886; }
mark { color: inherit; border-bottom: 2px solid; border-radius: 2px; }
mark.covered { background: #2a72; border-color: #2a7; }
mark.open { background: #d332; border-color: #d33; border-bottom-style: wavy; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } }
`;

function marksOf({ conditions, pipes }: Coverage): readonly Mark[] {
  const byPlace = new Map<string, Mark>();
  const add = (span: Span, covered: boolean, title: string) => {
    const key = `${span.start}-${span.end}`;
    const before = byPlace.get(key);
    // The items of a list that stands elsewhere share one place.
    byPlace.set(
      key,
      before
        ? { span, covered: before.covered && covered, title: `${before.title}\n${title}` }
        : { span, covered, title },
    );
  };
  for (const one of pipes) add(one.span, isPipeCovered(one), say.rows(one));
  for (const one of conditions) add(one.span, isCovered(one), say.counts(one));
  return [...byPlace.values()];
}

/** Marks nest, or stand apart: expressions never overlap otherwise. */
function markedText(text: string, marks: readonly Mark[]): string {
  const sorted = [...marks].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const open: Mark[] = [];
  let html = "";
  let at = 0;
  const upTo = (end: number) => {
    html += escaped(text.slice(at, Math.max(at, end)));
    at = Math.max(at, end);
  };
  const closeBefore = (start: number) => {
    for (let last = open.at(-1); last && last.span.end <= start; last = open.at(-1)) {
      upTo(last.span.end);
      html += "</mark>";
      open.pop();
    }
  };
  for (const mark of sorted) {
    closeBefore(mark.span.start);
    upTo(mark.span.start);
    html += `<mark class="${mark.covered ? "covered" : "open"}" title="${escaped(mark.title)}">`;
    open.push(mark);
  }
  closeBefore(Number.POSITIVE_INFINITY);
  return html + escaped(text.slice(at));
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (char) => names[char] ?? char);
}
