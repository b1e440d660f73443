import type { Batch, ScanRequest } from "../../data/batch.ts";
import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { anySize } from "../blocks.ts";
import { fieldsOf, textInput } from "../fields.ts";
import type { Input } from "../input.ts";
import type { ReadOptions } from "../rules.ts";
import { batchesOf, neededColumns, type Slots } from "../table.ts";
import { textBatches } from "../text-batches.ts";
import type { Conversion } from "../text-column.ts";
import type { TextReader, TextScan } from "../text-scan.ts";
import { lineBlocks, lineFields, type Wanted } from "./blocks.ts";
import { jsonScanner, type Layout, type SlotOf } from "./scanner.ts";
import { jsonSpelling, localJsonSpelling } from "./spelling.ts";

/** The rows of one JSON file. */
export async function* jsonBatches(
  input: Input,
  layout: Layout,
  schema: Schema,
  options: ReadOptions,
  request: ScanRequest,
): AsyncGenerator<Batch, void, undefined> {
  const needed = neededColumns(request);
  let slotCount = 0;
  const slots = schema.map((_, index) => (needed.has(index) ? slotCount++ : undefined));
  const text = await textInput(input);
  if (layout === "lines") {
    const scan: TextScan = { schema, slots, rules: options.rules, layout: { kind: "lines" } };
    yield* textBatches(scan, linesReader(scan, options), text, 1, request);
    return;
  }
  const { slotOf } = wantedOf(schema, slots, options);
  const found = fieldsOf(
    text,
    jsonScanner(layout, slotOf, () => slotCount),
  );
  yield* batchesOf(found, schema, slots, conversionOf(options), request);
}

export function linesReader({ schema, slots }: TextScan, options: Pick<ReadOptions, "rules" | "note">): TextReader {
  const wanted = wantedOf(schema, slots, options);
  return {
    conversion: conversionOf(options),
    fields: (text, line) => lineFields(text, wanted, line),
    blocks: (text, line, bench) => lineBlocks(text, wanted, line, undefined, anySize, bench),
  };
}

function wantedOf(schema: Schema, slots: Slots, { rules, note }: Pick<ReadOptions, "rules" | "note">): Wanted {
  const slotOfName = new Map(schema.map((field, index) => [field.name, slots[index]]));
  const names = [...slotOfName.keys()];
  const slotOf: SlotOf = (name, place) => {
    if (rules === "local" && !slotOfName.has(name)) {
      throw new KqlError(problem.unknownColumn(place(), name, names, note?.(name)));
    }
    return slotOfName.get(name);
  };
  return { slotOf, slotCount: slots.filter((slot) => slot !== undefined).length, names };
}

function conversionOf({ rules, note }: Pick<ReadOptions, "rules" | "note">): Conversion {
  return rules === "local"
    ? { spelling: localJsonSpelling, malformed: "error", note }
    : { spelling: jsonSpelling, malformed: "null" };
}
