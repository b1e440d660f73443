import { type Batches, lazyBatch, select } from "../../data/batch.ts";
import { type ColumnBuilder, columnBuilder } from "../../data/cells.ts";
import type { Column, ColumnOf, StringDictionary } from "../../data/column.ts";
import { textReader } from "../../data/dictionary.ts";
import { gatherColumn } from "../../data/gather.ts";
import type { TextExtractor } from "../../functions/text-extractor.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Extract } from "../../plan/nodes.ts";
import { checkCancelled, type Run } from "../run.ts";
import { windowed } from "../windowed.ts";

/** Each distinct text is taken apart once; what is taken from it is looked up by the rows. */
export async function* extract(plan: Extract, input: Batches, run: Run): Batches {
  const known = new WeakMap<StringDictionary, Extracted>();
  for await (const batch of windowed(input, plan.input.schema, [plan.text])) {
    checkCancelled(run);
    const text = evaluate(plan.text, batch, run);
    if (text.type !== "string") throw new Error("a string is taken apart");
    const { extracted, codes } = extractedFrom(plan, text, batch.length, known);
    const wide = lazyBatch(plan.schema, batch.length, (index) => {
      const output = plan.outputs.indexOf(index);
      if (output < 0) return batch.column(index);
      const column = extracted.columns()[output]!;
      return text.constant
        ? { ...gatherColumn(column, codes, true), constant: true }
        : gatherColumn(column, codes, true);
    });
    if (!plan.matchedOnly) {
      yield wide;
      continue;
    }
    const rows = matchedRows(extracted.matched(), codes, text.constant ? 0 : -1, batch.length);
    if (rows.length > 0) yield rows.length === batch.length ? wide : select(wide, rows);
  }
}

/** What stands in some texts, by their place. Made at the first look. */
interface Extracted {
  columns(): readonly Column[];
  /** 0 where the text is not of the form. */
  matched(): Uint8Array;
}

interface Looked {
  readonly extracted: Extracted;
  /** By row, the place of its text; just one where the text is constant. */
  readonly codes: Int32Array;
}

function extractedFrom(
  plan: Extract,
  text: ColumnOf<"string">,
  length: number,
  known: WeakMap<StringDictionary, Extracted>,
): Looked {
  const { dictionary } = text.data;
  const codes = text.constant ? text.data.codes.subarray(0, 1) : text.data.codes.subarray(0, length);
  const before = known.get(dictionary);
  if (before) return { extracted: before, codes };
  if (dictionary.length <= Math.max(length, 64)) {
    const extracted = extractAll(plan, () => dictionary.values);
    known.set(dictionary, extracted);
    return { extracted, codes };
  }
  // Few rows of a large dictionary: only the texts that occur are taken apart.
  const places = new Map<number, number>();
  const compact = codes.map((code) => {
    const place = places.get(code) ?? places.size;
    places.set(code, place);
    return place;
  });
  const texts = () => [...places.keys()].map(textReader(dictionary, length));
  return { extracted: extractAll(plan, texts), codes: compact };
}

function extractAll({ schema, outputs, extractor }: Extract, texts: () => readonly string[]): Extracted {
  let made: { readonly columns: readonly Column[]; readonly matched: Uint8Array } | undefined;
  const make = () => {
    const values = texts();
    const builders = outputs.map((output) => columnBuilder(schema[output]!.type, values.length));
    const matched = new Uint8Array(values.length);
    for (let i = 0; i < values.length; i++) matched[i] = pushCells(extractor, values[i]!, builders);
    return { columns: builders.map((builder) => builder.finish()), matched };
  };
  return {
    columns: () => {
      made ??= make();
      return made.columns;
    },
    matched: () => {
      made ??= make();
      return made.matched;
    },
  };
}

function pushCells(extractor: TextExtractor, text: string, builders: readonly ColumnBuilder[]): 0 | 1 {
  const cells = extractor.extract(text);
  for (let i = 0; i < builders.length; i++) builders[i]!.push(cells ? cells[i]! : null);
  return cells ? 1 : 0;
}

function matchedRows(matched: Uint8Array, codes: Int32Array, mask: number, length: number): Int32Array {
  const rows = new Int32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) {
    rows[count] = row;
    count += matched[codes[row & mask]!]!;
  }
  return rows.subarray(0, count);
}
