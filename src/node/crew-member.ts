import type { ScanPredicate } from "../data/batch.ts";
import { scalarFunction } from "../functions/registry.ts";
import { type PortableExprs, receivedExprs } from "../plan/portable.ts";
import type { Found, Task } from "../readers/crew.ts";
import { readPart } from "../readers/crew-member.ts";
import { delimitedReader } from "../readers/delimited/table.ts";
import type { Input, Part } from "../readers/input.ts";
import { linesReader } from "../readers/json/table.ts";
import type { TextReader, TextScan } from "../readers/text-scan.ts";
import { wishOf } from "../runtime/operators/scan.ts";

/** Reads the parts of a file as `task` says, one after another, since they come into the same memory. */
export function crewMember(task: unknown, input: Input): (part: Part) => Promise<Found | undefined> {
  const { scan, predicate } = task as Task; // what `crewBatches` sends
  const reader = readerOf(scan);
  const wish = wishFor(predicate as PortableExprs | undefined); // what `portableExprs` gives
  const bench = {};
  let before: Promise<unknown> = Promise.resolve();
  return (part) => {
    const found = before.then(() => readPart(scan, reader, wish, input, part, bench));
    before = found.catch(() => {});
    return found;
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
