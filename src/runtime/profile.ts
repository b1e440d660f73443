import type { Batch, Batches } from "../data/batch.ts";
import type { Column } from "../data/column.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { Plan } from "../plan/nodes.ts";
import { inputsOf } from "../plan/walk.ts";

/** What one operator of a plan cost. */
export interface OperatorCost {
  readonly operator: Plan["kind"];
  /** The table of a Scan. */
  readonly name: string | undefined;
  /** The operator of the query that it comes from. */
  readonly origin: Span;
  /** How deep it stands below the result: its inputs follow it, one deeper. */
  readonly depth: number;
  readonly rows: number;
  readonly batches: number;
  /** Of the columns that were made because somebody looked at them; texts count with their codes. */
  readonly bytes: number;
  /** Its own, without that of its inputs. */
  readonly milliseconds: number;
  /** When it worked, that of its inputs included: milliseconds of the clock. */
  readonly slices: readonly Slice[];
}
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** Watches a run. */
export interface Profile {
  watch(plan: Plan, rows: Batches): Batches;
  /** The costs of a plan and its inputs, top down. What stands in several places is listed at the first. */
  costs(plan: Plan): readonly OperatorCost[];
}

interface Account {
  rows: number;
  batches: number;
  bytes: number;
  milliseconds: number;
  readonly slices: Slice[];
}

/** `clock` gives milliseconds. Time goes to whoever works at the moment: a column to the operator that makes it. */
export function newProfile(clock: () => number): Profile {
  const accounts = new Map<Plan, Account>();
  const working: Account[] = [];
  let since = 0;

  /** Time up to now is that of the operator on top. */
  function charge(): number {
    const now = clock();
    const account = working.at(-1);
    if (account) account.milliseconds += now - since;
    since = now;
    return now;
  }

  function begin(account: Account): number {
    const start = charge();
    working.push(account);
    return start;
  }

  function end(account: Account, start: number): void {
    account.slices.push({ start, end: charge() });
    working.pop();
  }

  function accountOf(plan: Plan): Account {
    const account = accounts.get(plan) ?? { rows: 0, batches: 0, bytes: 0, milliseconds: 0, slices: [] };
    accounts.set(plan, account);
    return account;
  }

  function watched(batch: Batch, account: Account): Batch {
    const made = new Array<Column | undefined>(batch.schema.length);
    return {
      schema: batch.schema,
      length: batch.length,
      column: (index) => {
        const before = made[index];
        if (before) return before;
        const start = begin(account);
        try {
          const column = batch.column(index);
          made[index] = column;
          account.bytes += bytesOf(column);
          return column;
        } finally {
          end(account, start);
        }
      },
    };
  }

  async function* watch(plan: Plan, rows: Batches): Batches {
    const account = accountOf(plan);
    const iterator = rows[Symbol.asyncIterator]();
    try {
      for (;;) {
        const start = begin(account);
        let next: IteratorResult<Batch>;
        try {
          next = await iterator.next();
        } finally {
          end(account, start);
        }
        if (next.done) return;
        account.rows += next.value.length;
        account.batches++;
        yield watched(next.value, account);
      }
    } finally {
      await iterator.return?.();
    }
  }

  return {
    watch,
    costs: (plan) => {
      const seen = new Set<Plan>();
      const below = (node: Plan, depth: number): readonly OperatorCost[] => {
        if (seen.has(node)) return [];
        seen.add(node);
        const name = node.kind === "Scan" ? node.name : undefined;
        const own = { operator: node.kind, name, origin: node.origin, depth, ...accountOf(node) };
        return [own, ...inputsOf(node).flatMap((input) => below(input, depth + 1))];
      };
      return below(plan, 0);
    },
  };
}

function bytesOf({ data, type, validity }: Column): number {
  const cells = type === "string" ? data.codes.byteLength : "byteLength" in data ? data.byteLength : data.length * 8;
  return cells + (validity?.byteLength ?? 0);
}
