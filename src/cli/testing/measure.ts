import type { Database, QueryOptions } from "../../engine/database.ts";
import { type Coverage, mergeCoverage } from "../../insight/coverage/coverage.ts";
import { queryWithCoverage } from "../../insight/coverage/query.ts";
import type { BoundRun, CaseSettings } from "../../testing/spec/open-case.ts";
import type { LoadedQuery } from "../../testing/spec/query.ts";
import { runBound } from "../../testing/spec/run.ts";

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
