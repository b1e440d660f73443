import type { Path, YamlFile } from "./yaml.ts";

/** The key under which a rule holds tests of its own: those, or all that a spec says but its query. */
const key = "kqlTests";

/** Whether the text of a YAML file looks as if it held tests of its own. */
export function holdsTests(text: string): boolean {
  return new RegExp(`^${key}\\s*:`, "m").test(text);
}

/** The spec that a rule holds, with its places in the rule's file. A rule is run as one unless it says otherwise. */
export function testsOfRule(name: string, { value, valueAt, keyAt }: YamlFile): YamlFile {
  const rule = isKeys(value) ? value : {};
  const { [key]: given, kind, triggerOperator } = rule;
  const mode = triggerOperator !== undefined || kind === "NRT" ? "rule" : "query";
  const defaults = { query: fileName(name), mode };
  const listed = Array.isArray(given);
  const own = listed ? { tests: given } : given;
  const inRule = (path: Path): Path => {
    const [first, ...rest] = path;
    if (first === "query") return ["query"];
    return listed ? [key, ...(first === "tests" ? rest : path)] : [key, ...path];
  };
  return {
    value: isKeys(own) ? { ...defaults, ...own } : own,
    valueAt: (path) => valueAt(inRule(path)),
    keyAt: (path) => keyAt(inRule(path)),
  };
}

function isKeys(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
