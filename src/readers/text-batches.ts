import type { Batch, ScanRequest } from "../data/batch.ts";
import type { Rest } from "./blocks.ts";
import type { TextInput } from "./fields.ts";
import { batchesOf } from "./table.ts";
import type { TextReader, TextScan } from "./text-scan.ts";

/** The rows of a text file: those of a large one are read by its crew, as long as they are as usual. */
export async function* textBatches(
  scan: TextScan,
  reader: TextReader,
  text: TextInput,
  line: number,
  request: ScanRequest,
): AsyncGenerator<Batch, void, undefined> {
  let from: Rest = { start: text.start, line };
  const hire = text.input.crew;
  if (hire) {
    const { crewBatches } = await import("./crew.ts");
    from = yield* crewBatches(hire, scan, reader, text, line, request);
    if (from.start === text.input.size) return;
  }
  const rest: TextInput = { input: text.input, start: from.start };
  yield* batchesOf(reader.fields(rest, from.line), scan.schema, scan.slots, reader.conversion, request);
}
