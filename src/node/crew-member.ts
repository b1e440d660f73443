import type { ScanPredicate } from "../data/batch.ts";
import { scalarFunction } from "../functions/registry.ts";
import { type PortableExprs, receivedExprs } from "../plan/portable.ts";
import type { TextTask } from "../readers/crew.ts";
import { memoryOfAll, readPart } from "../readers/crew-member.ts";
import { delimitedReader } from "../readers/delimited/table.ts";
import type { Input, Part } from "../readers/input.ts";
import { linesReader } from "../readers/json/table.ts";
import { type GroupTask, groupMember, memoryOfGroup } from "../readers/parquet/crew.ts";
import type { Weighed } from "../readers/read-ahead.ts";
import type { TextReader, TextScan } from "../readers/text-scan.ts";
import { wishOf } from "../runtime/operators/scan.ts";

/** What was found in a part, and what of it need not be copied on its way. */
export interface Answer {
  readonly found: Weighed | undefined;
  readonly memory: readonly ArrayBufferLike[];
}

const nothing: Answer = { found: undefined, memory: [] };

/** Reads the parts of a file as `task` says, one after another. */
export function crewMember(sent: unknown, input: Input): (part: Part) => Promise<Answer> {
  const task = sent as TextTask | GroupTask; // what crews are hired for
  const wish = wishFor(task.predicate as PortableExprs | undefined); // what `portableExprs` gives
  const read = task.kind === "text" ? textMember(task, wish, input) : parquetMember(task, wish, input);
  // They are read into the same memory.
  let before: Promise<unknown> = Promise.resolve();
  return (part) => {
    const answer = before.then(() => read(part));
    before = answer.catch(() => {});
    return answer;
  };
}

function textMember({ scan }: TextTask, wish: ScanPredicate | undefined, input: Input) {
  const reader = readerOf(scan);
  const bench = {};
  return async (part: Part): Promise<Answer> => {
    const found = await readPart(scan, reader, wish, input, part, bench);
    return found ? { found, memory: memoryOfAll(found.batches) } : nothing;
  };
}

function parquetMember(task: GroupTask, wish: ScanPredicate | undefined, input: Input) {
  const member = groupMember(task, wish, input);
  // Whoever asks for a part is told.
  member.catch(() => {});
  return async (part: Part): Promise<Answer> => {
    const found = await (await member)(part);
    return found ? { found, memory: memoryOfGroup(found) } : nothing;
  };
}

function readerOf(scan: TextScan): TextReader {
  const { layout } = scan;
  return layout.kind === "lines" ? linesReader(scan, scan) : delimitedReader(layout, scan);
}

function wishFor(sent: PortableExprs | undefined): ScanPredicate | undefined {
  const random = () => {
    throw new Error("a condition that draws lots was sent");
  };
  return sent && wishOf(receivedExprs(sent, scalarFunction), { now: sent.now, random });
}
