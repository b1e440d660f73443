import { fromLines, type Line, linesOf, type QueryDocument } from "./document.ts";
import { frontMatter } from "./metadata.ts";

/**
 * Every fenced block marked kql or kusto (any case), with ``` or ~~~, indented or in a list.
 * https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
export function markdownQueries(name: string, text: string): readonly QueryDocument[] {
  const file = { name, text };
  const found: QueryDocument[] = [];
  const lines = linesOf(text);
  let title: string | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line) break;
    const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line.text);
    if (heading) title = heading[1]?.replace(/[*_`]/g, "").trim();
    const opening = /^([\s>]*(?:(?:[-*+]|\d+[.)])\s+)?)(`{3,}|~{3,})\s*\{?\.?([^\s`{},]*)/.exec(line.text);
    if (!opening) continue;
    const [, lead = "", fence = "", language = ""] = opening;
    const body: Line[] = [];
    let closed = i + 1;
    while (closed < lines.length && !closes(lines[closed]?.text ?? "", fence)) {
      const inner = lines[closed];
      if (inner) body.push(unindented(inner, lead.length));
      closed++;
    }
    i = closed;
    if (!/^(kql|kusto)$/i.test(language)) continue;
    const block = fromLines(body);
    const metadata = { title, ...frontMatter(block.text) };
    found.push({ name: `${name}#${found.length + 1}`, title, file, metadata, ...block });
  }
  return found;
}

function closes(line: string, fence: string): boolean {
  const mark = /^[\s>]*(`{3,}|~{3,})\s*$/.exec(line)?.[1];
  return mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length;
}

/** Without up to `width` characters of indentation or quotation marks. */
function unindented({ text, offset }: Line, width: number): Line {
  const lead = /^[ \t>]*/.exec(text)?.[0].length ?? 0;
  const cut = Math.min(lead, width);
  return { text: text.slice(cut), offset: offset + cut };
}
