import { columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { gatherColumn } from "../../data/gather.ts";
import type { Field } from "../../data/types.ts";
import { type Fields, rowsFrom } from "../fields.ts";
import { decodeUtf8 } from "../text.ts";
import { type Conversion, lateDictionary, textColumn } from "../text-column.ts";
import { textsOf } from "../texts.ts";
import type { Flat, FlatNumbers, FlatTexts } from "./flat.ts";
import type { Stored } from "./stored.ts";
import type { Leaf } from "./types.ts";

/** Flat values as the table looks at them: by row, and as a column where that is quicker. */
export function storedFlat(flat: Flat, leaf: Leaf): Stored {
  return flat.kind === "texts" ? storedTexts(flat) : storedNumbers(flat, leaf);
}

function storedNumbers({ data, validity }: FlatNumbers, leaf: Leaf): Stored {
  let whole: Column | undefined;
  let made = false;
  return {
    length: data.length,
    value(row) {
      if (validity?.[row] === 0) return null;
      return leaf.type === "bool" ? data[row] === 1 : data[row];
    },
    column(rows) {
      if (!made) {
        const converted = leaf.column?.(data, validity);
        whole = converted && columnOf(leaf.type, converted as never, validity); // it is the storage of the leaf's type
        made = true;
      }
      return whole && gatherColumn(whole, rows);
    },
  };
}

const textField: Field = { name: "", type: "string" };
// Nothing is escaped, and what is not UTF-8 does not come here.
const asItIs: Conversion = { spelling: { unescape: (text) => text }, malformed: "null" };

function storedTexts({ bytes, starts, ends, codes, distinct }: FlatTexts): Stored {
  // Behind all others stands the text of rows that have none.
  const empty = starts.length;
  const dictionary = lateDictionary(empty + 1, () => [...textsOf(fieldsAt(starts, ends), 0, rowsFrom(0, empty)), ""]);
  let sound: boolean | undefined;
  return {
    length: codes.length,
    value(row) {
      const code = codes[row]!;
      if (code < 0) return null;
      const text = bytes.subarray(starts[code], ends[code]);
      return decodeUtf8(text) ?? text;
    },
    column(rows) {
      if (distinct && empty <= 2 * rows.length) {
        sound ??= isUtf8(starts, ends);
        if (!sound) return undefined;
        const chosen = rows.map((row) => (codes[row]! < 0 ? empty : codes[row]!));
        return { type: "string", data: { codes: chosen, dictionary } };
      }
      const own = (places: Int32Array) => rows.map((row) => (codes[row]! < 0 ? -1 : places[codes[row]!]!));
      const [from, to] = [own(starts), own(ends)];
      return isUtf8(from, to) ? textColumn(fieldsAt(from, to), 0, textField, asItIs) : undefined;
    },
  };

  /** Whether each of the texts is; one at -1 is none. */
  function isUtf8(starts: Int32Array, ends: Int32Array): boolean {
    for (let i = 0; i < starts.length; i++) {
      let seen = 0;
      for (let place = starts[i]!; place < ends[i]!; place++) seen |= bytes[place]!;
      if (seen >= 128 && decodeUtf8(bytes.subarray(starts[i], ends[i])) === undefined) return false;
    }
    return true;
  }

  function fieldsAt(starts: Int32Array, ends: Int32Array): Fields {
    const rows = starts.length;
    return { name: "", bytes, rows, starts: [starts], ends: [ends], lines: new Int32Array(0), window: undefined };
  }
}
