import { columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { aggregate, prefixed } from "../aggregate-family.ts";
import { admit, emptyShape, type Shape, shapeToDynamic } from "../algorithms/shape-of-dynamics.ts";
import { dynamicReader } from "../dynamic-kernels.ts";
import { type Accumulator, type AggregateFunction, required } from "../signature.ts";

class BuildSchema implements Accumulator {
  readonly #shapes: Shape[] = [];

  add([arg]: readonly Column[], groups: Int32Array): void {
    const read = dynamicReader(arg!);
    for (let i = 0; i < groups.length; i++) {
      const g = groups[i]!;
      this.#shapes[g] ??= emptyShape();
      admit(this.#shapes[g], read(i));
    }
  }

  finish(groupCount: number): readonly Column[] {
    const schemas = Array.from({ length: groupCount }, (_, g) => {
      const shape = this.#shapes[g];
      return shape ? shapeToDynamic(shape) : null;
    });
    return [columnOf("dynamic", schemas)];
  }
}

export const schemaAggregates: readonly AggregateFunction[] = [
  aggregate(
    { name: "buildschema", outputName: prefixed("schema") },
    "The smallest schema that admits all the values.",
    {
      params: [required("expr", "dynamic")],
      returns: "dynamic",
      create: () => new BuildSchema(),
    },
  ),
];
