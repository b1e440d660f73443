import { columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { lateDictionary } from "../../data/dictionary.ts";
import type { Field } from "../../data/types.ts";
import { type Fields, rowsFrom } from "../fields.ts";
import { decodeUtf8 } from "../text.ts";
import { type Conversion, textColumn } from "../text-column.ts";
import { textsOf } from "../texts.ts";
import { type Flat, type FlatNumbers, type FlatTexts, picked } from "./flat.ts";
import type { Rows, Stored } from "./stored.ts";
import type { Leaf } from "./types.ts";

/** Flat values as the table looks at them: by row, and as a column where that is quicker. */
export function storedFlat(read: (rows: Rows) => Flat, leaf: Leaf): Stored {
  let last: { readonly rows: Rows; readonly flat: Flat } | undefined;
  const flatAt = (rows: Rows): Flat => {
    if (last?.rows !== rows) {
      const flat = last?.rows === "all" && rows !== "all" ? picked(last.flat, rows) : read(rows);
      last = { rows, flat };
    }
    return last.flat;
  };
  return {
    values(rows) {
      const flat = flatAt(rows);
      return flat.kind === "texts" ? textValues(flat) : numberValues(flat, leaf);
    },
    column(rows) {
      const flat = flatAt(rows);
      return flat.kind === "texts" ? textsColumn(flat) : numbersColumn(flat, leaf);
    },
  };
}

function numberValues({ data, validity }: FlatNumbers, { type }: Leaf): (i: number) => unknown {
  return (i) => {
    if (validity?.[i] === 0) return null;
    return type === "bool" ? data[i] === 1 : data[i];
  };
}

function numbersColumn({ data, validity }: FlatNumbers, leaf: Leaf): Column | undefined {
  const converted = leaf.column?.(data, validity);
  return converted && columnOf(leaf.type, converted as never, validity); // it is the storage of the leaf's type
}

function textValues({ bytes, starts, ends, codes }: FlatTexts): (i: number) => unknown {
  return (i) => {
    const code = codes[i]!;
    if (code < 0) return null;
    const text = bytes.subarray(starts[code], ends[code]);
    return decodeUtf8(text) ?? text;
  };
}

const textField: Field = { name: "", type: "string" };
// Nothing is escaped, and what is not UTF-8 does not come here.
const asItIs: Conversion = { spelling: { unescape: (text) => text }, malformed: "null" };

/** Undefined when one of the texts is not UTF-8. */
function textsColumn({ bytes, starts, ends, codes, distinct }: FlatTexts): Column | undefined {
  // Behind all others stands the text of rows that have none.
  const empty = starts.length;
  if (distinct && empty <= 2 * codes.length) {
    if (!isUtf8(bytes, starts, ends)) return undefined;
    const fields = fieldsAt(bytes, starts, ends);
    const dictionary = lateDictionary(empty + 1, () => [...textsOf(fields, 0, rowsFrom(0, empty)), ""]);
    return { type: "string", data: { codes: codes.map((code) => (code < 0 ? empty : code)), dictionary } };
  }
  const [from, to] = [starts, ends].map((places) => codes.map((code) => (code < 0 ? -1 : places[code]!)));
  if (!from || !to || !isUtf8(bytes, from, to)) return undefined;
  return textColumn(fieldsAt(bytes, from, to), 0, textField, asItIs);
}

/** Whether each of the texts is; one at -1 is none. */
function isUtf8(bytes: Uint8Array, starts: Int32Array, ends: Int32Array): boolean {
  for (let i = 0; i < starts.length; i++) {
    let seen = 0;
    for (let place = starts[i]!; place < ends[i]!; place++) seen |= bytes[place]!;
    if (seen >= 128 && decodeUtf8(bytes.subarray(starts[i], ends[i])) === undefined) return false;
  }
  return true;
}

function fieldsAt(bytes: Uint8Array, starts: Int32Array, ends: Int32Array): Fields {
  const rows = starts.length;
  return { name: "", bytes, rows, starts: [starts], ends: [ends], lines: new Int32Array(0), window: undefined };
}
