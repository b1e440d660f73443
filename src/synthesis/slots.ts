import type { Cell } from "../data/column.ts";
import { type Bag, type Dynamic, isBag } from "../data/dynamic.ts";
import { printDynamic } from "../data/json.ts";
import type { Schema } from "../data/types.ts";
import type { Expr } from "../plan/nodes.ts";
import { isCall } from "./condition.ts";

/** A place for a value: a column, or a path into the dynamic value or the JSON text of a column. */
export interface Slot {
  readonly key: string;
  readonly column: number;
  readonly path: readonly (string | number)[];
}

export function slotOf(column: number, path: Slot["path"] = []): Slot {
  return { key: JSON.stringify([column, ...path]), column, path };
}

/** The slot that an expression is: `D`, `D.a["b"][0]`, `parse_json(S).a`; undefined for all others. */
export function slotIn(expr: Expr, schema: Schema): Slot | undefined {
  if (expr.kind === "Column") return slotOf(expr.index);
  if (expr.kind !== "Call") return undefined;
  if (expr.fn.name === "parse_json" || expr.fn.name === "todynamic") {
    const [inner] = expr.args;
    if (!inner) return undefined;
    if (inner.kind === "Column") return schema[inner.index]?.type === "dynamic" ? slotOf(inner.index) : undefined;
    // A JSON text inside a JSON text stands for its value well enough: kernels give the value as it is.
    const found = isCall(inner, "tostring") && inner.args[0] ? slotIn(inner.args[0], schema) : slotIn(inner, schema);
    return found && found.path.length > 0 ? found : undefined;
  }
  if (expr.fn.name !== ".member" && expr.fn.name !== "[index]") return undefined;
  const [object, step] = expr.args;
  if (!object || step?.kind !== "Literal") return undefined;
  const base = slotIn(object, schema) ?? jsonTextIn(object);
  const name = typeof step.value === "bigint" ? Number(step.value) : step.value;
  if (!base || (typeof name !== "string" && typeof name !== "number") || (typeof name === "number" && name < 0))
    return undefined;
  return slotOf(base.column, [...base.path, name]);
}

/** The column whose JSON text is parsed. */
function jsonTextIn(expr: Expr): Slot | undefined {
  if (expr.kind !== "Call" || !isCall(expr, "parse_json", "todynamic")) return undefined;
  const [inner] = expr.args;
  return inner?.kind === "Column" && inner.type === "string" ? slotOf(inner.index) : undefined;
}

/** Every slot that an expression reads, the outermost paths. */
export function slotsIn(expr: Expr, schema: Schema): readonly Slot[] {
  const slot = slotIn(expr, schema);
  if (slot) return [slot];
  return expr.kind === "Call" ? expr.args.flatMap((arg) => slotsIn(arg, schema)) : [];
}

/** The cell of a column, of the values of its slots. */
export function assembled(
  slots: readonly Slot[],
  values: ReadonlyMap<string, Cell>,
  type: "dynamic" | "string" | "other",
): Cell {
  const paths = slots.filter(({ path }) => path.length > 0);
  const whole = slots.find(({ path }) => path.length === 0);
  const plain = (whole && values.get(whole.key)) ?? null;
  if (paths.length === 0 || type === "other") return plain;
  let tree: Dynamic = isBag(plain as Dynamic) ? (plain as Dynamic) : null;
  for (const { key, path } of paths) tree = placed(tree, path, (values.get(key) ?? null) as Dynamic);
  // What is asked of the whole as a text stands beside.
  if (typeof plain === "string" && plain !== "" && isBag(tree)) tree = new Map([...tree, ["Details", plain]]);
  return type === "dynamic" ? tree : printDynamic(tree);
}

function placed(tree: Dynamic, path: Slot["path"], value: Dynamic): Dynamic {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const items: Dynamic[] = Array.isArray(tree) ? [...tree] : [];
    while (items.length <= step) items.push(null);
    items[step] = placed(items[step] ?? null, rest, value);
    return items;
  }
  const bag: Bag = isBag(tree) ? tree : new Map();
  return new Map([...bag, [step, placed(bag.get(step) ?? null, rest, value)]]);
}
