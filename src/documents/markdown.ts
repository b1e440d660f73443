import { fromLines, type Line, linesOf, type QueryDocument } from "./document.ts";
import { frontMatter } from "./metadata.ts";

/**
 * Every fenced block marked kql or kusto (any case), with ``` or ~~~, indented or in a list. Of a page that marks none,
 * as many collections of hunts are, those that are plainly queries.
 * https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
export function markdownQueries(name: string, text: string): readonly QueryDocument[] {
  const blocks = blocksOf(linesOf(text));
  const marked = blocks.filter(({ language }) => /^(kql|kusto|csl)$/i.test(language));
  const file = { name, text };
  return (marked.length > 0 ? marked : blocks.filter(isPlainlyKql)).map(({ title, lines }, i) => {
    const block = fromLines(lines);
    return { name: `${name}#${i + 1}`, title, file, metadata: { title, ...frontMatter(block.text) }, ...block };
  });
}

interface Block {
  readonly language: string;
  /** The heading above it. */
  readonly title: string | undefined;
  readonly lines: readonly Line[];
}

function blocksOf(lines: readonly Line[]): readonly Block[] {
  const found: Block[] = [];
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
    found.push({ language, title, lines: body });
  }
  return found;
}

/** Without a mark, or with one that was chosen for its colours. */
const unmarked = /^(|c#|csharp|sql|text|txt|plaintext)$/i;
const pipe =
  /^\s*\|\s*(where|extend|project|project-(away|keep|rename|reorder)|summarize|distinct|join|lookup|mv-expand|mv-apply|parse|parse-where|make-series|evaluate|invoke|union|take|order by|sort by)\s/;
/** Splunk's and Elastic's languages have pipes too. */
const othersPipe =
  /^\s*\|\s*(eval|stats|tstats|table|rex|fields|dedup|keep|drop|rename|eventstats|STATS|EVAL|WHERE|KEEP)\s/;

function isPlainlyKql({ language, lines }: Block): boolean {
  if (!unmarked.test(language)) return false;
  return lines.some(({ text }) => pipe.test(text)) && !lines.some(({ text }) => othersPipe.test(text));
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
