import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { Database, QueryOptions } from "../../engine/database.ts";
import { externalInMemory, inMemory } from "../../engine/in-memory.ts";
import { type Coverage, mergeCoverage } from "../../insight/coverage/coverage.ts";
import { queryWithCoverage } from "../../insight/coverage/query.ts";
import { noticeable } from "../../insight/mutation/check.ts";
import { mutantsOf } from "../../insight/mutation/mutants.ts";
import { type JudgedMutant, type MutationScore, runMutants, scoreOf } from "../../insight/mutation/run.ts";
import { SpecFault } from "../../testing/spec/fault.ts";
import type { LoadedSpec } from "../../testing/spec/load.ts";
import type { BoundRun, CaseSettings, OpenCase } from "../../testing/spec/open-case.ts";
import type { LoadedQuery } from "../../testing/spec/query.ts";
import { readyCase, runBound, runSpecCase } from "../../testing/spec/run.ts";

/* What the tests of a query reach of it. */

export interface CoverageRecorder {
  /** In place of `database.query`: the same rows. */
  readonly query: NonNullable<CaseSettings["query"]>;
  /** Undefined where no case ran the query as it stands. */
  readonly coverage: () => Coverage | undefined;
}

/** Cases that put other values into the `let`s run another text: they are run, and not counted. */
export function coverageRecorder({ document }: LoadedQuery): CoverageRecorder {
  const runs: Coverage[] = [];
  return {
    query: async (database: Database, text: string, options: QueryOptions & { now: bigint }): Promise<BoundRun> => {
      if (text !== document.text) return runBound(database, text, options);
      const { coverage, ...result } = await queryWithCoverage(database, text, options);
      runs.push(coverage);
      return result;
    },
    coverage: () => (runs.length === 0 ? undefined : mergeCoverage(runs)),
  };
}

export interface Mutation extends MutationScore {
  /** In the order of the text. */
  readonly judged: readonly JudgedMutant[];
}

/** Changes the query in every way that a test should notice. The cases pass as the query stands. */
export async function mutationOf(
  { query }: LoadedSpec,
  cases: readonly OpenCase[],
  settings: CaseSettings,
): Promise<Mutation> {
  const kept = cases.map((open) => ({
    ...open,
    tables: keptTables(open.tables),
    external: keptExternal(open.external),
  }));
  const [first] = kept;
  const judged: JudgedMutant[] = [];
  if (first) {
    const { database, options } = readyCase(first, query, undefined);
    const mutants = noticeable(database, query.document.text, mutantsOf(query.document.text), options);
    const unnoticed = (text: string) => allPass(kept, { ...query, document: { ...query.document, text } }, settings);
    for await (const one of runMutants(mutants, unnoticed)) judged.push(one);
  }
  return { ...scoreOf(judged), judged };
}

/** The case that notices a mutant goes to the front of `cases`: it is the one most likely to notice the next. */
async function allPass(cases: OpenCase[], query: LoadedQuery, settings: CaseSettings): Promise<boolean> {
  for (const [place, open] of cases.entries()) {
    if (await passes(open, query, settings)) continue;
    cases.unshift(...cases.splice(place, 1));
    return false;
  }
  return true;
}

async function passes(open: OpenCase, query: LoadedQuery, settings: CaseSettings): Promise<boolean> {
  try {
    return (await runSpecCase(open, query, settings)).status !== "failed";
  } catch (thrown) {
    // What a case expects cannot be asked of this result, which has other columns; or there is no result.
    if (thrown instanceof SpecFault || thrown instanceof KqlError) return false;
    throw thrown;
  }
}

/** Files are read once for all mutants, when the first of them asks. */
function keptTables(tables: OpenCase["tables"]): OpenCase["tables"] {
  const kept = new Map(tables);
  for (const [name, table] of tables) {
    if (typeof table !== "function") continue;
    kept.set(name, async () => {
      const source = inMemory(await table());
      kept.set(name, source);
      return source;
    });
  }
  return kept;
}

function keptExternal(external: OpenCase["external"]): OpenCase["external"] {
  return external && externalInMemory(external);
}
