import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { QueryDocument } from "../../documents/document.ts";
import type { Database, Prepared, PrepareOptions } from "../../engine/database.ts";
import { randomFrom } from "../../engine/random.ts";
import { type ResultTable, resultTable } from "../../engine/results.ts";
import { type Bound, type BoundMutant, noticeable, optimized } from "../../insight/mutation/check.ts";
import { mutantsOf } from "../../insight/mutation/mutants.ts";
import { type JudgedMutant, type MutationScore, runMutants, scoreOf } from "../../insight/mutation/run.ts";
import { newRun, type Run } from "../../runtime/run.ts";
import { type CaseGroup, groupsOf } from "../../testing/spec/case-groups.ts";
import { SpecFault } from "../../testing/spec/fault.ts";
import type { LoadedSpec } from "../../testing/spec/load.ts";
import type { BoundRun, CaseSettings, OpenCase } from "../../testing/spec/open-case.ts";
import type { LoadedQuery } from "../../testing/spec/query.ts";
import { documentOf, type ReadyCase, readyCase, runSpecCase } from "../../testing/spec/run.ts";

export interface Mutation extends MutationScore {
  /** In the order of the text. */
  readonly judged: readonly JudgedMutant[];
}

/** Cases that share the binding of a query, and the database that it is bound in. */
interface ReadyGroup extends CaseGroup, ReadyCase {}

interface GroupedCase {
  readonly open: OpenCase;
  readonly bind: BindMutant;
}

/** Binds a mutant, unless it is the one that was bound last, and gives a way to run it over the rows of a case. */
type BindMutant = (mutant: BoundMutant) => {
  readonly ready: ReadyCase;
  readonly run: (open: OpenCase) => Promise<BoundRun>;
};

/** Changes the query in every way that a test should notice. The cases pass as the query stands. */
export async function mutationOf(
  { query }: LoadedSpec,
  cases: readonly OpenCase[],
  settings: CaseSettings,
): Promise<Mutation> {
  const groups = (await groupsOf(cases)).map((group) => ({ ...group, ...readyCase(group.common, query, undefined) }));
  const checked = groups.find((group) => group.cases.some(isRun)) ?? groups[0];
  const judged: JudgedMutant[] = [];
  if (checked) {
    const [model] = [...checked.cases.filter(isRun), ...checked.cases];
    const { text } = query.document;
    const grouped = groups.flatMap((group) => {
      const bind = binderOf(group, query, group === checked);
      return group.cases.map((open): GroupedCase => ({ open, bind }));
    });
    const prepare: Database["prepare"] = (mutated, options) => prepareIn(checked, model, mutated, options);
    const mutants = noticeable({ prepare }, text, mutantsOf(text), checked.options);
    for await (const { mutant, verdict } of runMutants(mutants, (each) => allPass(grouped, each, query, settings)))
      judged.push({ mutant, verdict });
  }
  return { ...scoreOf(judged), judged };
}

function isRun({ specCase }: OpenCase): boolean {
  return specCase.skip === undefined;
}

/** The case that notices a mutant goes to the front of `cases`: it is the one most likely to notice the next. */
async function allPass(
  cases: GroupedCase[],
  mutant: BoundMutant,
  query: LoadedQuery,
  settings: CaseSettings,
): Promise<boolean> {
  const mutated = { ...query, document: { ...query.document, text: mutant.text } };
  for (const [place, { open, bind }] of cases.entries()) {
    const { ready, run } = bind(mutant);
    if (await passes(open, mutated, { ...settings, query: () => run(open) }, ready)) continue;
    cases.unshift(...cases.splice(place, 1));
    return false;
  }
  return true;
}

async function passes(open: OpenCase, query: LoadedQuery, settings: CaseSettings, ready: ReadyCase): Promise<boolean> {
  try {
    return (await runSpecCase(open, query, settings, ready)).status !== "failed";
  } catch (thrown) {
    // What a case expects cannot be asked of this result, which has other columns; or there is no result.
    if (thrown instanceof SpecFault || thrown instanceof KqlError) return false;
    throw thrown;
  }
}

/** `checked` for the group in whose database the mutants have been bound already. */
function binderOf(group: ReadyGroup, query: LoadedQuery, checked: boolean): BindMutant {
  const [{ specCase }] = group.cases as readonly [OpenCase]; // a group has a case
  const bindAnew = async (mutant: BoundMutant, document: QueryDocument, open: OpenCase): Promise<Bound> => {
    // Values for lets are put into the text.
    const parsed = specCase.lets.size === 0 ? { tree: mutant.prepared.tree, diagnostics: [] } : undefined;
    return optimized(await prepareIn(group, open, document.text, { ...group.options, parsed }));
  };
  let latest: BoundMutant | undefined;
  let bound: Bound | Promise<Bound> | undefined;
  return (mutant) => {
    if (latest !== mutant) [latest, bound] = [mutant, checked && specCase.lets.size === 0 ? mutant : undefined];
    const document = documentOf(group.common, { ...query, document: { ...query.document, text: mutant.text } });
    return {
      ready: { ...group, document },
      run: async (open) => {
        bound ??= bindAnew(mutant, document, open);
        const shared = await bound;
        // What was asked while it was bound had answers from the rows of another case.
        if (shared.prepared.asked > 0)
          return runIn(group, open, await bindAnew(mutant, document, open), (prepared) => prepared.run);
        const { now, seed = 1 } = group.options;
        return runIn(group, open, shared, () => newRun({ now, random: randomFrom(seed) }));
      },
    };
  };
}

/** Binds `text` over the rows of `open`, which matter where something is asked of them then. */
function prepareIn(
  group: ReadyGroup,
  open: OpenCase | undefined,
  text: string,
  options: PrepareOptions | undefined,
): Promise<Prepared> {
  if (open) group.turnTo(open);
  group.used.clear();
  return group.database.prepare(text, options);
}

async function runIn(
  group: CaseGroup,
  open: OpenCase,
  { prepared, plans }: Bound,
  runOf: (prepared: Prepared) => Run,
): Promise<BoundRun> {
  group.turnTo(open);
  const run = runOf(prepared);
  const results: ResultTable[] = [];
  for (const [i, bound] of prepared.results.entries()) {
    const plan = plans[i];
    if (plan) results.push(await resultTable(bound, plan, run, prepared.locate));
  }
  return { results, diagnostics: prepared.diagnostics, plans: prepared.results.map(({ plan }) => plan) };
}
