import { constantColumn } from "../../data/cells.ts";
import { compareStrings } from "../../data/compare.ts";
import type { Dynamic } from "../../data/dynamic.ts";
import { isArray, isBag } from "../../data/dynamic.ts";
import { parseDynamic, printDynamic } from "../../data/json.ts";
import { realText } from "../../data/real.ts";
import { cellText } from "../../data/text.ts";
import { type ScalarType, scalarTypes } from "../../data/types.ts";
import { overDynamics } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { columnar, rowwise, rowwiseWithNulls } from "../lift.ts";
import { constant, type Overload, required, type ScalarFunction } from "../signature.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const accessors = "https://learn.microsoft.com/kusto/query/scalar-data-types/dynamic#dynamic-object-accessors";

const parse: readonly [Overload, ...Overload[]] = [
  // An empty string is no JSON text; Kusto makes it null. Any other text that is none stays as a string.
  rowwise([required("json", "string")], "dynamic", (text) => {
    if (text === "") return null;
    const value = parseDynamic(text);
    return value === undefined ? text : value;
  }),
  columnar([required("json", "dynamic")], "dynamic", ([value]) => value!),
  overDynamics([required("json", "scalar")], "dynamic", ([value]) => value!),
];

const object = required("object", "dynamic");

export const dynamicFunctions: readonly ScalarFunction[] = [
  define(
    { name: "parse_json", aliases: ["todynamic", "toobject", "parsejson"], resultName: "firstArgument" },
    "The value that the JSON text says; the text itself where it is not JSON.",
    ...parse,
  ),

  define(
    "dynamic_to_json",
    "JSON text in which the names of every bag are sorted: equal values have equal texts.",
    rowwise([required("value", "dynamic")], "string", (value) => printDynamic(canonical(value), realText)),
    ...scalarTypes.filter((type) => type !== "dynamic").map(textOf),
  ),

  define(
    { name: ".member", docs: accessors },
    "`object.name`: the value of that slot of a bag; null for anything else.",
    columnar([object, constant(required("name", "string"))], "dynamic", ([objects, names], call) => {
      if (objects?.type !== "dynamic" || names?.type !== "string") throw new Error("`.member` is bound to a dynamic");
      const name = names.data.dictionary.text(names.data.codes[0]!);
      const { data } = objects;
      if (objects.constant) return constantColumn("dynamic", member(data[0]!, name));
      const values = new Array<Dynamic>(call.rows);
      for (let row = 0; row < call.rows; row++) values[row] = member(data[row]!, name);
      return { type: "dynamic", data: values };
    }),
  ),

  define(
    { name: "[index]", docs: accessors },
    "`object[index]`: an element of an array, from the end when negative, or a slot of a bag; null when there is none.",
    rowwise([object, required("index", "string")], "dynamic", member),
    rowwise([object, required("index", "long")], "dynamic", (value, index) => element(value, Number(index))),
    rowwise([object, required("index", "bool")], "dynamic", (value, index) => element(value, index ? 1 : 0)),
    rowwise([object, required("index", "dynamic")], "dynamic", (value, index) => {
      if (typeof index === "string") return member(value, index);
      return typeof index === "number" && Number.isInteger(index) ? element(value, index) : null;
    }),
  ),
];

function textOf(type: ScalarType): Overload {
  return rowwiseWithNulls([required("value", type)], "string", (value) => cellText(type, value));
}

function member(value: Dynamic, name: string): Dynamic {
  return isBag(value) ? (value.get(name) ?? null) : null;
}

function element(value: Dynamic, index: number): Dynamic {
  return isArray(value) ? (value[index < 0 ? value.length + index : index] ?? null) : null;
}

function canonical(value: Dynamic): Dynamic {
  if (isArray(value)) return value.map(canonical);
  if (!isBag(value)) return value;
  return new Map([...value].sort(([a], [b]) => compareStrings(a, b)).map(([key, item]) => [key, canonical(item)]));
}
