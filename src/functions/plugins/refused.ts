import type { PluginDefinition } from "../plugin.ts";
import { Refusal } from "../refusal.ts";

/** A plugin that kqlite knows by name and does not run. `reason` is one phrase, with what to do instead where there is something. */
export function refused(name: string, what: string, reason: string, page?: string): PluginDefinition {
  const refuse = () => {
    throw new Refusal(name, reason);
  };
  return {
    kind: "plugin",
    name,
    aliases: [],
    summary: `${what} Not supported: ${reason}.`,
    docs: `https://learn.microsoft.com/kusto/query/${page ?? `${name.replaceAll("_", "-")}-plugin`}`,
    params: [],
    refusal: reason,
    schema: { from: "arguments", of: refuse },
    run: refuse,
  };
}
