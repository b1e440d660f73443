import type { Batch, ScanRequest } from "../../data/batch.ts";
import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { fieldsOf, textInput } from "../fields.ts";
import type { Input } from "../input.ts";
import type { ReadOptions } from "../rules.ts";
import { batchesOf, neededColumns } from "../table.ts";
import type { Conversion } from "../text-column.ts";
import { lineFields } from "./blocks.ts";
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
  const local = options.rules === "local";
  const needed = neededColumns(request);
  let slotCount = 0;
  const slots = schema.map((_, index) => (needed.has(index) ? slotCount++ : undefined));
  const slotOfName = new Map(schema.map((field, index) => [field.name, slots[index]]));
  const slotOf: SlotOf = (name, place) => {
    if (local && !slotOfName.has(name)) {
      throw new KqlError(problem.unknownColumn(place(), name, [...slotOfName.keys()], options.note?.(name)));
    }
    return slotOfName.get(name);
  };
  const text = await textInput(input);
  const found =
    layout === "lines"
      ? lineFields(text, slotOf, slotCount, [...slotOfName.keys()])
      : fieldsOf(
          text,
          jsonScanner(layout, slotOf, () => slotCount),
        );
  const conversion: Conversion = local
    ? { spelling: localJsonSpelling, malformed: "error", note: options.note }
    : { spelling: jsonSpelling, malformed: "null" };
  yield* batchesOf(found, schema, slots, conversion, request);
}
