import { forms } from "../functions/forms.ts";
import { allPlugins, pluginNamed } from "../functions/plugins/registry.ts";
import { aggregateFunction, allAggregates, allScalarFunctions, scalarFunction } from "../functions/registry.ts";
import { type Definition, signaturesOf } from "../functions/signature-text.ts";
import * as t from "../parser/tokens.ts";

/** What an editor shows of something that can be called. */
export interface Called {
  readonly name: string;
  readonly kind: "function" | "aggregate" | "plugin";
  /** A line for each way to call it. */
  readonly signatures: readonly string[];
  readonly summary: string;
  /** The official page. */
  readonly docs: string;
}

const kinds = { scalar: "function", form: "function", aggregate: "aggregate", plugin: "plugin" } as const;

function calledOf(definition: Definition): Called {
  const { name, summary, docs, kind } = definition;
  return { name, kind: kinds[kind], signatures: signaturesOf(definition), summary, docs };
}

/** Operators and internal forms of the library have no names that a query could call. */
function isCallable({ name }: Definition): boolean {
  if (name === "negate") return false; // the sign
  const type = t.wordNamed(name);
  return /^[a-z_]\w*$/i.test(name) && (type === t.Identifier || type.CATEGORIES?.includes(t.Name) === true);
}

let all: Readonly<Record<Called["kind"], readonly Called[]>> | undefined;

/** All that can be called, by name. Refused plugins are left out. */
export function callables(kind: Called["kind"]): readonly Called[] {
  all ??= {
    function: inOrder([
      ...allScalarFunctions().filter(isCallable).map(calledOf),
      ...forms.filter(({ ofGraph }) => !ofGraph).map(calledOf),
    ]),
    aggregate: inOrder(allAggregates().map(calledOf)),
    plugin: inOrder(
      allPlugins()
        .filter(({ refusal }) => refusal === undefined)
        .map(calledOf),
    ),
  };
  return all[kind];
}

function inOrder(found: readonly Called[]): readonly Called[] {
  return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What `name(` means: a plugin behind `evaluate`, else an aggregate or a function, or both. */
export function calledNamed(name: string, behindEvaluate: boolean): readonly Called[] {
  if (behindEvaluate) return [pluginNamed(name)].flatMap((one) => (one ? [calledOf(one)] : []));
  const found = [scalarFunction(name), aggregateFunction(name)].flatMap((one) => (one ? [calledOf(one)] : []));
  return found.length > 0 ? found : forms.filter((form) => form.name === name).map(calledOf);
}
