import { type QueryDocument, slug } from "./document.ts";
import { kqlQueries } from "./kql.ts";
import { markdownQueries } from "./markdown.ts";
import { ruleQueries } from "./rules.ts";

/** Why a file gives no query. */
export interface NoQuery {
  readonly message: string;
  readonly help?: string | undefined;
  /** Where in the file, if anywhere. */
  readonly offset?: number | undefined;
}

/**
 * The queries of a file, or the one that `anchor` names (`1`, or the slug of a title): the blocks of a Markdown page, the
 * rules of a YAML or JSON file, else the text itself.
 */
export function openDocument(name: string, text: string, anchor?: string): readonly QueryDocument[] | NoQuery {
  const found = /\.(md|markdown)$/i.test(name)
    ? markdownQueries(name, text)
    : /\.(ya?ml|json)$/i.test(name)
      ? ruleQueries(name, text)
      : kqlQueries(name, text);
  if ("message" in found) return found;
  if (found.length === 0) return nothingIn(name);
  return anchor === undefined ? found : chosen(found, name, anchor);
}

function nothingIn(name: string): NoQuery {
  if (/\.(md|markdown)$/i.test(name))
    return { message: `\`${name}\` has no \`kql\` block`, help: "mark queries with ```kql" };
  return { message: "the file has no text under `query:`", offset: 0 };
}

function chosen(queries: readonly QueryDocument[], name: string, anchor: string): readonly QueryDocument[] | NoQuery {
  const byTitle = queries.filter((query) => query.title !== undefined && slug(query.title) === slug(anchor));
  const found = /^\d+$/.test(anchor) ? queries.slice(Number(anchor) - 1, Number(anchor)) : byTitle;
  if (found.length > 0 && anchor !== "0") return found;
  const names = queries.map((query, i) => `#${i + 1}${query.title === undefined ? "" : ` (#${slug(query.title)})`}`);
  return { message: `\`${name}\` has no query \`#${anchor}\``, help: `it has ${names.join(", ")}` };
}
