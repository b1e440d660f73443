import * as usage from "../../diagnostics/catalogue/usage.ts";
import type { QueryDocument } from "../../documents/document.ts";
import type { Database, QueryOptions } from "../../engine/database.ts";
import { steps } from "../../engine/steps.ts";
import { parse } from "../../parser/parse.ts";
import type { Plan } from "../../plan/nodes.ts";
import { optimize } from "../../plan/optimize.ts";
import { planTree } from "../../plan/print.ts";
import { openedDatabase, settingsOf } from "../database.ts";
import { exitCode } from "../exit.ts";
import { asJsonText, pipelinesAsData, shownPipelines, shownTree, treeAsData } from "../explained.ts";
import type { Layout } from "../formats/layout.ts";
import { showProgress } from "../progress.ts";
import { readQueries } from "../queries.ts";
import { InDocument, showDiagnostics, usageError } from "../report.ts";
import { hasColor, print } from "../terminal.ts";
import type { RunOptions } from "./run.ts";

export interface ExplainOptions extends Omit<RunOptions, "output"> {
  readonly ast?: boolean | undefined;
  readonly plan?: boolean | undefined;
  readonly optimized?: boolean | undefined;
  readonly rows?: boolean | undefined;
}

const rowsOfEach = 3;

/** Says what every query of a file does. */
export async function explain(file: string | undefined, options: ExplainOptions): Promise<number> {
  const { ast, plan, optimized, rows, format = "pretty" } = options;
  if ([ast, plan, optimized, rows].filter((view) => view === true).length > 1) throw usageError(usage.oneView());
  if (format !== "pretty" && format !== "json") throw usageError(usage.badView(format));
  const json = format === "json";
  if (json && (plan || optimized)) throw usageError(usage.noPlanInJson());
  const settings = settingsOf(options);
  const { documents, path } = await readQueries(file, options.execute);
  const layout = layoutOf(options);
  const progress = showProgress();
  const texts: string[] = [];
  const data: unknown[] = [];
  try {
    const database = await openedDatabase(options, path, progress);
    for (const document of documents) {
      const title = documents.length > 1 ? `${document.name}\n` : "";
      try {
        if (ast) {
          const { tree } = parsed(document);
          data.push(treeAsData(tree));
          texts.push(title + shownTree(tree));
        } else if (plan || optimized) {
          texts.push(title + (await plansOf(document, database, settings, optimized === true)));
        } else {
          const explained = await steps(database, document.text, { ...settings, rows });
          if (explained.diagnostics.length > 0) showDiagnostics(explained.diagnostics, document);
          data.push({ query: document.name, pipelines: pipelinesAsData(explained.pipelines, document, layout.rows) });
          texts.push(title + [...shownPipelines(explained.pipelines, document, layout)].join(""));
        }
      } catch (thrown) {
        throw new InDocument(thrown, document);
      }
    }
  } finally {
    progress.done();
  }
  await print(json ? [asJsonText(data)] : [texts.join("\n")]);
  return exitCode.ok;
}

/** The tree of a text with mistakes is shown as well: they are reported beside it. */
function parsed(document: QueryDocument): ReturnType<typeof parse> {
  const result = parse(document.text);
  if (result.diagnostics.length > 0) showDiagnostics(result.diagnostics, document);
  return result;
}

async function plansOf(
  document: QueryDocument,
  database: Database,
  options: QueryOptions,
  optimizedOnly: boolean,
): Promise<string> {
  const { results } = await database.prepare(document.text, options);
  const bound = results.map((result) => result.plan);
  const trees = (plans: readonly Plan[]) => plans.map(planTree).join("\n");
  const after = trees(optimize(bound));
  return optimizedOnly ? after : `bound\n\n${trees(bound)}\noptimized\n\n${after}`;
}

function layoutOf({ width, limit }: ExplainOptions): Layout {
  const { stdout } = process;
  return {
    width: width ?? (stdout.isTTY === true ? stdout.columns : 100),
    color: hasColor(stdout),
    rows: limit ?? rowsOfEach,
  };
}
