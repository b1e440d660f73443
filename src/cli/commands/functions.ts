import * as usage from "../../diagnostics/catalogue/usage.ts";
import { forms } from "../../functions/forms.ts";
import { allPlugins, pluginNamed, pluginNames } from "../../functions/plugins/registry.ts";
import {
  aggregateFunction,
  allAggregates,
  allScalarFunctions,
  scalarFunction,
  scalarNames,
} from "../../functions/registry.ts";
import type { ScalarFunction } from "../../functions/signature.ts";
import { type Definition, signaturesOf } from "../../functions/signature-text.ts";
import { exitCode } from "../exit.ts";
import { usageError } from "../report.ts";
import { print } from "../terminal.ts";

/** Lists the function library, or explains one of its entries. */
export async function functions(name: string | undefined): Promise<number> {
  await print(name === undefined ? listing() : explained(name));
  return exitCode.ok;
}

function* listing(): Iterable<string> {
  const named = (definition: ScalarFunction) => /^[a-z_]\w*$/i.test(definition.name);
  const groups: readonly (readonly [string, readonly Definition[]])[] = [
    ["Scalar functions", allScalarFunctions().filter(named)],
    ["Aggregate functions", allAggregates()],
    ["Plugins", allPlugins()],
    ["Forms of their own", forms],
  ];
  for (const [i, [title, definitions]] of groups.entries()) {
    if (i > 0) yield "\n";
    yield `${title} (${definitions.length})\n`;
    const width = Math.max(...definitions.map((definition) => definition.name.length));
    const sorted = [...definitions].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, summary } of sorted) yield `  ${name.padEnd(width)}  ${summary}\n`;
  }
}

function* explained(name: string): Iterable<string> {
  const form = forms.find((each) => each.name === name || each.aliases.includes(name));
  const found = [scalarFunction(name), aggregateFunction(name), pluginNamed(name), form].filter(
    (each) => each !== undefined,
  );
  if (found.length === 0) {
    throw usageError(
      usage.noFunction(name, [
        ...scalarNames(),
        ...allAggregates().map((each) => each.name),
        ...pluginNames(),
        ...forms.map((each) => each.name),
      ]),
    );
  }
  for (const [i, definition] of found.entries()) {
    if (i > 0) yield "\n";
    for (const signature of signaturesOf(definition)) yield `${signature}\n`;
    yield `\n${definition.summary}\n`;
    if (definition.aliases.length > 0) yield `Also: ${definition.aliases.join(", ")}\n`;
    yield `${definition.docs}\n`;
  }
}
