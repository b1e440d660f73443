import { type Batch, lazyBatch, type ScanPredicate } from "../../data/batch.ts";
import type { Column, Strings } from "../../data/column.ts";
import { textReader } from "../../data/dictionary.ts";
import type { Field, ScalarType } from "../../data/types.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { Fields } from "../fields.ts";
import type { Hire, Input, Part } from "../input.ts";
import { memoryOf, type PortableColumn, receivedColumn } from "../portable.ts";
import { readAhead, type Weighed } from "../read-ahead.ts";
import { nullColumn } from "../table.ts";
import { joined, utf8Of } from "../text.ts";
import type { Conversion } from "../text-column.ts";
import type { Group } from "./file.ts";
import { type GroupReader, type GroupScan, groupReader } from "./groups.ts";

/** What the members of a crew have to know. */
export interface GroupTask {
  readonly kind: "groups";
  readonly scan: GroupScan;
  /** The conditions that rows must meet, as `ScanPredicate` gives them. */
  readonly predicate: unknown;
}

/** The rows of a row group. */
export interface FoundGroup extends Weighed {
  readonly rows: number;
  /** By column of the schema: absent where the file has no such column, or nobody asked for it. */
  readonly columns: readonly (PortableColumn | undefined)[];
}

/** Cells that are objects are made where they are looked at. */
const portableTypes: ReadonlySet<ScalarType> = new Set([
  "bool",
  "int",
  "long",
  "real",
  "datetime",
  "timespan",
  "string",
]);

const asTheyStand: Conversion = { spelling: { unescape: (text) => text }, malformed: "error" };

/**
 * The rows of the groups in their order; the first is read here, while the crew gets ready, and so are those that it
 * cannot read: who reads alone can say what is wrong.
 */
export async function* crewGroups(
  hire: Hire,
  scan: GroupScan,
  predicate: ScanPredicate | undefined,
  { groups, read }: GroupReader,
): AsyncGenerator<Batch, void, undefined> {
  const { schema, needed, options } = scan;
  const sent = predicate?.portable?.();
  const isPortable = [...needed].every((index) => portableTypes.has(schema[index]!.type));
  const { rules } = options;
  const task: GroupTask = { kind: "groups", scan: { schema, needed, options: { rules } }, predicate: sent };
  const crew = isPortable && (!predicate || sent !== undefined) ? await hire(task) : undefined;
  try {
    let next = 1;
    const take = crew && readAhead<FoundGroup>(crew, async () => groups[next++]);
    for (const [place, group] of groups.entries()) {
      const reading = place > 0 ? await take?.() : undefined;
      const found = await reading?.found;
      const batch = found ? received(found, scan) : await read(group);
      if (batch && batch.length > 0) yield batch;
    }
  } finally {
    crew?.dismiss();
  }
}

function received({ rows, columns }: FoundGroup, { schema }: GroupScan): Batch {
  return lazyBatch(schema, rows, (index) => {
    const field = schema[index]!;
    const column = columns[index];
    return column ? receivedColumn(column, 1, field, asTheyStand) : nullColumn(field.type);
  });
}

/** How a member of a crew reads a group; it has no answer where something is wrong. */
export async function groupMember(
  { scan }: GroupTask,
  predicate: ScanPredicate | undefined,
  input: Input,
): Promise<(group: Part) => Promise<FoundGroup | undefined>> {
  const { read } = await groupReader(input, scan, predicate);
  return async (group: Group) => {
    try {
      const batch = await read(group);
      return batch ? found(batch, scan) : { rows: 0, columns: [], bytes: 0 };
    } catch (thrown) {
      if (thrown instanceof KqlError) return undefined;
      throw thrown;
    }
  };
}

function found(batch: Batch, { schema, needed }: GroupScan): FoundGroup {
  const columns: (PortableColumn | undefined)[] = schema.map((field, index) =>
    needed.has(index) ? sentColumn(batch.column(index), batch.length, field) : undefined,
  );
  return {
    rows: batch.length,
    columns,
    bytes: memoryOfGroup({ columns }).reduce((sum, one) => sum + one.byteLength, 0),
  };
}

/** What need not be copied on its way. */
export function memoryOfGroup({ columns }: Pick<FoundGroup, "columns">): readonly ArrayBufferLike[] {
  return [...new Set(columns.flatMap((column) => (column ? memoryOf(column) : [])))];
}

function sentColumn(column: Column, rows: number, { name, type }: Field): PortableColumn | undefined {
  if (column.constant) return undefined;
  if (column.type === "string") return sentStrings(column.data, rows);
  const { data, validity } = column;
  if (!ArrayBuffer.isView(data)) throw new Error(`${name}: a column of ${type} was to be sent`);
  // A view of something larger would take all of it along.
  const own = { ...column, data: data.slice(0, rows), validity: validity?.slice(0, rows) };
  return { kind: "ready", column: own as Column }; // of the same type
}

/** Texts that are encoded together. */
const runTexts = 16 * 1024;

/** The texts that rows have, as bytes. */
function sentStrings({ codes, dictionary }: Strings, rows: number): PortableColumn {
  const text = textReader(dictionary, rows);
  const places = new Int32Array(dictionary.length).fill(-1);
  const own = new Int32Array(rows);
  const texts: string[] = [];
  for (let row = 0; row < rows; row++) {
    const code = codes[row]!;
    if (places[code]! < 0) places[code] = texts.push(text(code)) - 1;
    own[row] = places[code]!;
  }
  return { kind: "strings", codes: own, shown: fieldsOfTexts(texts) };
}

function fieldsOfTexts(texts: readonly string[]): Fields {
  const starts = new Int32Array(texts.length);
  const ends = new Int32Array(texts.length);
  const runs: Uint8Array[] = [];
  let end = 0;
  for (let first = 0; first < texts.length; first += runTexts) {
    const run = texts.slice(first, first + runTexts);
    const all = run.join("");
    const bytes = utf8Of(all);
    const isAscii = bytes.length === all.length;
    for (const [i, text] of run.entries()) {
      starts[first + i] = end;
      end += isAscii ? text.length : utf8Of(text).length;
      ends[first + i] = end;
    }
    runs.push(bytes);
  }
  const lines = new Int32Array(texts.length);
  return {
    name: "",
    bytes: joined(runs),
    rows: texts.length,
    starts: [starts],
    ends: [ends],
    lines,
    window: undefined,
  };
}
