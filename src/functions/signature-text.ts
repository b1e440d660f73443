import type { Form } from "./forms.ts";
import type { PluginDefinition } from "./plugin.ts";
import type { AggregateFunction, Param, Returns, ScalarFunction } from "./signature.ts";

/** What a query may call. */
export type Definition = ScalarFunction | AggregateFunction | PluginDefinition | Form;

/** One line for each way to call it: `strlen(text: string): long`. Refused ways are left out where others are. */
export function signaturesOf(definition: Definition): readonly string[] {
  const { name } = definition;
  if (definition.kind === "form") return [definition.signature];
  if (definition.kind === "plugin") {
    const params = definition.params.map((param) => shown(param.name, param.type ?? param.kind, param.presence));
    return [`evaluate ${name}(${params.join(", ")})`];
  }
  const { overloads } = definition;
  const open = overloads.filter((overload) => !("refusal" in overload));
  return (open.length > 0 ? open : overloads).map(
    ({ params, returns }) => `${name}(${paramsText(params)}): ${typeText(params, returns)}`,
  );
}

function paramsText(params: readonly Param[]): string {
  return params.map((param) => shown(param.name, param.type, param.presence)).join(", ");
}

function shown(name: string, type: string, presence: Param["presence"]): string {
  const text = `${name}: ${type}`;
  return presence === "optional" ? `[${text}]` : presence === "repeated" ? `${text}, …` : text;
}

function typeText(params: readonly Param[], returns: Returns): string {
  if (typeof returns === "string") return returns;
  return `the type of ${params[returns.sameAs]?.name ?? "the argument"}`;
}
