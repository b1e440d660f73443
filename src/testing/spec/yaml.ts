import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { type Faults, faultsIn } from "./fault.ts";

export type Path = readonly (string | number)[];

export interface YamlFile {
  /** Integers are numbers where those keep all digits, and bigints beyond. */
  readonly value: unknown;
  /** Where the value at `path` stands; what is missing stands where its owner does. */
  readonly valueAt: (path: Path) => Span;
  readonly keyAt: (path: Path) => Span;
}

/** The values of a YAML file, with their places. https://yaml.org/spec/1.2.2/ */
export function readYaml(text: string): YamlFile | Faults {
  const document = parseDocument(text, { intAsBigInt: true });
  const errors = document.errors.map(({ message, pos: [start, end] }) => {
    const [line = ""] = message.replace(/ at line \d+, column \d+:?/, "").split("\n");
    return problem.notYaml({ start, end: Math.max(end, start + 1) }, line);
  });
  const faults = faultsIn(errors);
  if (faults) return faults;
  try {
    const value = withNumbers(document.toJS({ maxAliasCount: 1000 }));
    return { value, valueAt: (path) => place(document, path, "value"), keyAt: (path) => place(document, path, "key") };
  } catch (thrown) {
    // Aliases that unfold to more than anybody would write.
    return [problem.notYaml({ start: 0, end: 0 }, thrown instanceof Error ? thrown.message : String(thrown))];
  }
}

function withNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNumbers(item)]));
}

function place(document: Document, path: Path, part: "key" | "value"): Span {
  let node: unknown = document.contents;
  let span = spanOf(node) ?? { start: 0, end: 0 };
  for (const [depth, step] of path.entries()) {
    const owner = isAlias(node) ? node.resolve(document) : node;
    const last = depth === path.length - 1;
    let next: unknown;
    if (isMap(owner)) {
      const pair = owner.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return span;
      // A key without a value stands for both.
      next = (last && part === "key" ? pair.key : pair.value) ?? pair.key;
    } else if (isSeq(owner)) next = owner.items[Number(step)];
    span = spanOf(next) ?? span;
    node = next;
  }
  return span;
}

function spanOf(node: unknown): Span | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range ? { start: range[0], end: Math.max(range[1], range[0] + 1) } : undefined;
}
