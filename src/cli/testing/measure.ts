import type { Database, QueryOptions, QueryResult } from "../../engine/database.ts";
import { inMemory } from "../../engine/in-memory.ts";
import type { TableOpener } from "../../engine/shelf.ts";
import { type Coverage, mergeCoverage } from "../../insight/coverage/coverage.ts";
import { queryWithCoverage } from "../../insight/coverage/query.ts";
import { checkMutants } from "../../insight/mutation/check.ts";
import { mutantsOf } from "../../insight/mutation/mutants.ts";
import { type JudgedMutant, type MutationScore, runMutants, scoreOf } from "../../insight/mutation/run.ts";
import { SpecFault } from "../../testing/spec/fault.ts";
import type { LoadedSpec } from "../../testing/spec/load.ts";
import type { CaseSettings, OpenCase } from "../../testing/spec/open-case.ts";
import type { LoadedQuery } from "../../testing/spec/query.ts";
import { readyCase, runSpecCase } from "../../testing/spec/run.ts";

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
    query: async (database: Database, text: string, options: QueryOptions & { now: bigint }): Promise<QueryResult> => {
      if (text !== document.text) return database.query(text, options);
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
  const kept = cases.map((open) => ({ ...open, tables: keptTables(open.tables) }));
  const [first] = kept;
  const judged: JudgedMutant[] = [];
  if (first) {
    const { database, options } = readyCase(first, query, undefined);
    const { mutants } = await checkMutants(database, query.document.text, mutantsOf(query.document.text), options);
    const unnoticed = (text: string) => allPass(kept, { ...query, document: { ...query.document, text } }, settings);
    for await (const one of runMutants(mutants, unnoticed)) judged.push(one);
  }
  return { ...scoreOf(judged), judged };
}

async function allPass(cases: readonly OpenCase[], query: LoadedQuery, settings: CaseSettings): Promise<boolean> {
  try {
    for (const open of cases) if ((await runSpecCase(open, query, settings)).status === "failed") return false;
    return true;
  } catch (thrown) {
    // What a case expects cannot be asked of this result: it has other columns.
    if (thrown instanceof SpecFault) return false;
    throw thrown;
  }
}

/** Files are read once for all mutants. */
function keptTables(tables: OpenCase["tables"]): OpenCase["tables"] {
  return new Map(
    [...tables].map(([name, table]): readonly [string, TableOpener] => {
      let opened: ReturnType<TableOpener> | undefined;
      const open = async () => inMemory(typeof table === "function" ? await table() : table);
      return [
        name,
        () => {
          opened ??= open();
          return opened;
        },
      ];
    }),
  );
}
