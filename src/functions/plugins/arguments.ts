import type { Cell } from "../../data/column.ts";
import type { PluginArgument, PluginCall } from "../plugin.ts";

/** What the plugins read out of their arguments. The binder has checked their kinds. */

type Kind = PluginArgument["kind"];
type ArgumentOf<K extends Kind> = Extract<PluginArgument, { readonly kind: K }>;

/** The arguments of that name and kind, in order. */
export function argumentsOf<K extends Kind>(call: PluginCall, name: string, kind: K): readonly ArgumentOf<K>[] {
  return (call.args.get(name) ?? []).filter((argument): argument is ArgumentOf<K> => argument.kind === kind);
}

export function argumentOf<K extends Kind>(call: PluginCall, name: string, kind: K): ArgumentOf<K> {
  const [argument] = argumentsOf(call, name, kind);
  if (!argument) throw new Error(`the binder has let a plugin pass without \`${name}\``);
  return argument;
}

/** The value of an optional constant; undefined when it is left out. */
export function constantOf(call: PluginCall, name: string): Cell | undefined {
  return argumentsOf(call, name, "constant")[0]?.value;
}

/** `name`, or the first of `name1`, `name2`, … that is not taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let i = 1; ; i++) if (!taken.has(`${name}${i}`)) return `${name}${i}`;
}
