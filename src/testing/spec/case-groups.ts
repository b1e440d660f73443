import type { TableSource } from "../../data/batch.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { externalInMemory, inMemory } from "../../engine/in-memory.ts";
import type { OpenCase } from "./open-case.ts";

/*
 * Who runs many queries over the same cases need not bind each query once for every case: cases of one time, and with
 * tables of the same columns, give the same plan. Only the rows below it differ.
 */

/** Cases for which a query is bound alike. */
export interface CaseGroup {
  readonly cases: readonly OpenCase[];
  /** In place of any of them: its tables hold the rows of the one that was turned to last. */
  readonly common: OpenCase;
  readonly turnTo: (open: OpenCase) => void;
}

/** Files are read once, whatever number of queries asks. The cases of the groups are copies, in the order of `cases`. */
export async function groupsOf(cases: readonly OpenCase[]): Promise<readonly CaseGroup[]> {
  const stated = new Set(cases.flatMap(({ specCase }) => [...specCase.tables.keys()]));
  const groups = new Map<string, OpenCase[]>();
  for (const [number, open] of cases.entries()) {
    const kept = await keptCase(open, stated);
    const key = kept.unread ? `alone ${number}` : keyOf(kept.open, stated);
    const group = groups.get(key);
    if (group) group.push(kept.open);
    else groups.set(key, [kept.open]);
  }
  return [...groups.values()].map((group) => groupOf(group, stated));
}

/** The case with the tables of these names, and what it reads from elsewhere, in memory. */
async function keptCase(
  open: OpenCase,
  stated: ReadonlySet<string>,
): Promise<{ readonly open: OpenCase; readonly unread: boolean }> {
  const tables = new Map(open.tables);
  let unread = false;
  for (const name of stated) {
    const table = tables.get(name);
    if (typeof table !== "function") continue;
    try {
      tables.set(name, inMemory(await table()));
    } catch (thrown) {
      // A query that asks for it says so.
      if (!(thrown instanceof KqlError)) throw thrown;
      unread = true;
    }
  }
  return { open: { ...open, tables, external: open.external && externalInMemory(open.external) }, unread };
}

/** Everything that a query is bound with, the rows of the tables aside. */
function keyOf({ specCase, tables }: OpenCase, stated: ReadonlySet<string>): string {
  const { now, parameters, lets, externaldata, watchlists, functions } = specCase;
  const { ingestionTime = null, fileProfiles = null, locations = null } = specCase;
  const schemas = [...tables].map(([name, table]) => {
    return typeof table === "function" || !stated.has(name)
      ? name
      : [name, table.schema.map(({ name, type }) => [name, type])];
  });
  const values = [lets, watchlists].map((named) => [...named].map(([name, { value }]) => [name, value]));
  return JSON.stringify([
    String(now),
    [...parameters],
    values,
    [...externaldata],
    functions.value,
    [ingestionTime, fileProfiles, locations],
    schemas.sort(byName),
  ]);
}

function byName(left: unknown, right: unknown): number {
  return String(left) < String(right) ? -1 : 1;
}

function groupOf(cases: readonly OpenCase[], stated: ReadonlySet<string>): CaseGroup {
  const [first] = cases as readonly [OpenCase, ...OpenCase[]]; // a group is made for its first case
  let current = first;
  const tables = new Map(first.tables);
  for (const name of stated) {
    const table = tables.get(name);
    if (table === undefined || typeof table === "function") continue;
    const source: TableSource = {
      schema: table.schema,
      scan: (request) => tableOf(current, name, table).scan(request),
    };
    tables.set(name, source);
  }
  return {
    cases,
    common: { ...first, tables },
    turnTo: (open) => {
      current = open;
    },
  };
}

function tableOf({ tables }: OpenCase, name: string, otherwise: TableSource): TableSource {
  const table = tables.get(name);
  return table === undefined || typeof table === "function" ? otherwise : table;
}
