import { type Batch, lazyBatch, select, type TableSource } from "../../data/batch.ts";
import { cellAt, columnFromCells } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { collect } from "../../data/concat.ts";

/** The rows of a table, and when each happened and arrived, in ticks. */
export interface Timeline {
  readonly rows: Batch;
  /** Undefined for a table without times: it is the same whenever somebody looks. */
  readonly times: readonly (bigint | null)[] | undefined;
  readonly arrivals: readonly (bigint | null)[];
  /** The numbers of the rows that have a time, by it. */
  readonly inOrder: readonly number[];
}

export interface Arrival {
  /** Columns that say when a row happened, the more telling one first. */
  readonly timeColumns: readonly string[];
  /** The column that says when a row arrived. */
  readonly arrivalColumn: string | undefined;
  /** Where no column says it: so long after it happened. */
  readonly delay: bigint;
  /** A further column of this name tells the query when rows arrived; undefined when it does not ask. */
  readonly shownAs: string | undefined;
}

/** Reads a table whole. */
export async function timelineOf(source: TableSource, arrival: Arrival): Promise<Timeline> {
  const rows = await collect(source.scan({ columns: new Set(source.schema.keys()) }), source.schema);
  const numbers = Array.from({ length: rows.length }, (_, row) => row);
  const timed = arrival.timeColumns.flatMap((name) => datetimeColumn(rows, name));
  const arrived = arrival.arrivalColumn === undefined ? [] : datetimeColumn(rows, arrival.arrivalColumn);
  const times = timed.length === 0 ? undefined : numbers.map((row) => firstTime(timed, row));
  const arrivals = numbers.map((row) => {
    const time = times?.[row] ?? null;
    return firstTime(arrived, row) ?? (time === null ? null : time + arrival.delay);
  });
  const inOrder = numbers.filter((row) => (times?.[row] ?? null) !== null);
  inOrder.sort((a, b) => (timeAt(times, a) < timeAt(times, b) ? -1 : timeAt(times, a) > timeAt(times, b) ? 1 : a - b));
  const { shownAs } = arrival;
  return { rows: shownAs === undefined ? rows : withArrivals(rows, shownAs, arrivals), times, arrivals, inOrder };
}

function datetimeColumn(rows: Batch, name: string): readonly Column[] {
  const index = rows.schema.findIndex((field) => field.name === name && field.type === "datetime");
  return index < 0 ? [] : [rows.column(index)];
}

function firstTime(columns: readonly Column[], row: number): bigint | null {
  for (const column of columns) {
    const cell = cellAt(column, row);
    if (typeof cell === "bigint") return cell;
  }
  return null;
}

function withArrivals(rows: Batch, name: string, arrivals: readonly (bigint | null)[]): Batch {
  const width = rows.schema.length;
  return lazyBatch([...rows.schema, { name, type: "datetime" }], rows.length, (index) =>
    index < width ? rows.column(index) : columnFromCells("datetime", arrivals),
  );
}

function timeAt(times: Timeline["times"], row: number): bigint {
  return times?.[row] ?? 0n;
}

/** What a run looks at: rows that happened behind `after`, and not behind `to`. Two windows side by side share none. */
export interface ReplayWindow {
  readonly after: bigint;
  readonly to: bigint;
}

/** The rows of a window, in the order of the table; of those, only the ones that are there at `arrived` where that is given. */
export function rowsIn(
  { rows, times, arrivals, inOrder }: Timeline,
  window: ReplayWindow,
  arrived?: bigint,
): Int32Array {
  if (!times) return Int32Array.from({ length: rows.length }, (_, row) => row);
  const found: number[] = [];
  for (let at = firstBehind(inOrder, times, window.after); at < inOrder.length; at++) {
    const row = inOrder[at] ?? 0;
    if (timeAt(times, row) > window.to) break;
    if (arrived === undefined || (arrivals[row] ?? arrived) <= arrived) found.push(row);
  }
  return Int32Array.from(found).sort();
}

/** The place in `inOrder` of the first row whose time is behind `time`. */
function firstBehind(inOrder: readonly number[], times: Timeline["times"], time: bigint): number {
  let low = 0;
  let high = inOrder.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeAt(times, inOrder[middle] ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A table of some rows of another. */
export function tableOf({ rows }: Timeline, chosen: Int32Array): TableSource {
  return {
    schema: rows.schema,
    scan: async function* () {
      if (chosen.length > 0) yield select(rows, chosen);
    },
  };
}
