import { type Column, rowMask } from "../../data/column.ts";
import { boolColumn } from "../column-kernels.ts";
import { family } from "../family.ts";
import { columnar } from "../lift.ts";
import { type Overload, required, type ScalarFunction } from "../signature.ts";

const docs = "https://learn.microsoft.com/kusto/query/logical-operators";
const define = family({ docs });

export const logicFunctions: readonly ScalarFunction[] = [
  define({ name: "and", docs }, "True when both are; false when one is false, whatever the other.", decided(0)),
  define({ name: "or", docs }, "True when one is, whatever the other; false when both are false.", decided(1)),
];

/** Three-valued: `decisive` on either side settles the result; otherwise it is null when a side is. */
function decided(decisive: 0 | 1): Overload {
  return columnar([required("left", "bool"), required("right", "bool")], "bool", ([a, b], call) => {
    if (a?.type !== "bool" || b?.type !== "bool") throw new Error("a logical operator has two conditions");
    const constant = a.constant === true && b.constant === true;
    const length = constant ? 1 : call.rows;
    const out = new Uint8Array(length);
    const [x, y, m, n] = [a.data, b.data, rowMask(a), rowMask(b)];
    if (!a.validity && !b.validity) {
      if (decisive === 0) for (let i = 0; i < length; i++) out[i] = x[i & m]! & y[i & n]!;
      else for (let i = 0; i < length; i++) out[i] = x[i & m]! | y[i & n]!;
      return boolColumn(out, undefined, constant);
    }
    const validity = new Uint8Array(length);
    const [v, w] = [validityOf(a), validityOf(b)];
    for (let i = 0; i < length; i++) {
      const known = v[i & m] ?? 1;
      const alsoKnown = w[i & n] ?? 1;
      const settled = (known === 1 && x[i & m] === decisive) || (alsoKnown === 1 && y[i & n] === decisive);
      validity[i] = settled ? 1 : known & alsoKnown;
      out[i] = settled ? decisive : 1 - decisive;
    }
    return boolColumn(out, validity, constant);
  });
}

const everywhere = new Uint8Array(0);

/** Reads as undefined where every cell has a value. */
function validityOf(column: Column): Uint8Array {
  return column.validity ?? everywhere;
}
