import { type QueryDocument, wholeFile } from "./document.ts";
import { markdownQueries, slug } from "./markdown.ts";
import { yamlQuery } from "./sentinel.ts";

/** Why a file gives no query. */
export interface NoQuery {
  readonly message: string;
  readonly help?: string | undefined;
  /** Where in the file, if anywhere. */
  readonly offset?: number | undefined;
}

/**
 * The queries of a file: all of a Markdown page, or the one that `anchor` names (`1`, or a heading's slug);
 * the `query:` of a YAML rule; else the whole text.
 */
export function openDocument(name: string, text: string, anchor?: string): readonly QueryDocument[] | NoQuery {
  if (/\.(md|markdown)$/i.test(name)) return fromMarkdown(name, text, anchor);
  if (anchor !== undefined)
    return { message: `\`${name}\` has no parts to choose from`, help: "only Markdown pages have `#…`" };
  if (/\.ya?ml$/i.test(name)) {
    const found = yamlQuery(name, text);
    return "message" in found ? found : [found];
  }
  return [wholeFile(name, text)];
}

function fromMarkdown(name: string, text: string, anchor: string | undefined): readonly QueryDocument[] | NoQuery {
  const queries = markdownQueries(name, text);
  if (queries.length === 0) return { message: `\`${name}\` has no \`kql\` block`, help: "mark queries with ```kql" };
  if (anchor === undefined) return queries;
  const byHeading = queries.filter((query) => query.title !== undefined && slug(query.title) === slug(anchor));
  const chosen = /^\d+$/.test(anchor) ? queries.slice(Number(anchor) - 1, Number(anchor)) : byHeading;
  if (chosen.length > 0 && anchor !== "0") return chosen;
  const names = queries.map((query, i) => `#${i + 1}${query.title === undefined ? "" : ` (#${slug(query.title)})`}`);
  return { message: `\`${name}\` has no query \`#${anchor}\``, help: `it has ${names.join(", ")}` };
}
