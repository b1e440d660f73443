import type { Schema } from "../data/types.ts";
import {
  commandNotChecked,
  directiveNotChecked,
  type Finding,
  lacksColumn,
  renamed,
} from "../diagnostics/catalogue/lint.ts";
import { parse } from "../parser/parse.ts";
import { bindWithoutRows } from "./bind-without-rows.ts";
import { disabledIn } from "./disabled.ts";
import { rules } from "./rules.ts";
import type { TableSchemas } from "./schema.ts";

export interface CheckedText {
  readonly text: string;
  /** The whole file that the query stands in. */
  readonly file: string;
  /** Columns that the result must have for what is made of it, and has not, each with those that would do in its place. */
  readonly lacks?: ((result: Schema) => readonly (readonly string[])[]) | undefined;
}

/** Everything that is wrong with a query or may be, in the order of its text; its tables need no rows. */
export async function checkQuery(checked: CheckedText, schemas: TableSchemas): Promise<readonly Finding[]> {
  const { text, file } = checked;
  const found = await allFindings(checked, schemas);
  const disabled = disabledIn(text, file);
  return found.filter((finding) => !disabled(finding, startOf(finding))).sort((a, b) => startOf(a) - startOf(b));
}

async function allFindings({ text, lacks }: CheckedText, schemas: TableSchemas): Promise<readonly Finding[]> {
  const { tree, diagnostics } = parse(text);
  const syntax = diagnostics.map((diagnostic): Finding => {
    if (diagnostic.code === "KQ103") return { diagnostic: directiveNotChecked(diagnostic) };
    return { diagnostic: diagnostic.code === "KQ104" ? commandNotChecked(diagnostic) : diagnostic };
  });
  // What the parser could not read would be unknown to the binder too.
  if (diagnostics.some(({ severity, code }) => severity === "error" && code !== "KQ103")) return syntax;
  const bound = await bindWithoutRows(tree, text, schemas);
  const query = { text, tree, plans: bound.results.map(({ plan }) => plan) };
  const plan = query.plans.at(-1);
  const lacking = (plan && lacks?.(plan.schema)) ?? [];
  return [
    ...syntax,
    ...bound.diagnostics.map(renamed),
    ...rules.flatMap((rule) => rule.check(query)),
    ...lacking.map((columns) => lacksColumn(plan?.origin ?? tree.span, columns)),
  ];
}

function startOf({ diagnostic }: Finding): number {
  return diagnostic.labels[0].span.start;
}
