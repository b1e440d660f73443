import type { Overload, ScalarFunction, Volatility } from "./signature.ts";

/** What a declaration says beside its summary and overloads; a plain name stands for the defaults. */
export interface FunctionSpec {
  readonly name: string;
  readonly aliases?: readonly string[] | undefined;
  /** The official page, where it is not `<docs>/<name>-function`. */
  readonly docs?: string | undefined;
  readonly volatility?: Volatility | undefined;
  readonly resultName?: ScalarFunction["resultName"] | undefined;
  readonly tuple?: ScalarFunction["tuple"] | undefined;
  readonly columnsOnly?: boolean | undefined;
  readonly takesStar?: boolean | undefined;
  readonly most?: ScalarFunction["most"] | undefined;
  readonly library?: ScalarFunction["library"] | undefined;
}

/** A maker of declarations that share the place of their documentation. */
export function family({ docs }: { readonly docs: string }) {
  return (
    spec: string | FunctionSpec,
    summary: string,
    ...overloads: readonly [Overload, ...Overload[]]
  ): ScalarFunction => {
    const given: FunctionSpec = typeof spec === "string" ? { name: spec } : spec;
    return {
      kind: "scalar",
      name: given.name,
      aliases: given.aliases ?? [],
      summary,
      docs: given.docs ?? `${docs}/${given.name.replaceAll("_", "-")}-function`,
      volatility: given.volatility ?? "pure",
      resultName: given.resultName ?? "none",
      tuple: given.tuple,
      columnsOnly: given.columnsOnly,
      takesStar: given.takesStar,
      most: given.most,
      library: given.library,
      overloads,
    };
  };
}
