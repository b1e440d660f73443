import * as z from "zod";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import { closest } from "../../diagnostics/suggest.ts";
import { type Faults, faultsIn } from "./fault.ts";
import { testsOfRule } from "./inside.ts";
import { type Spec, specSchema } from "./model.ts";
import { type Path, readYaml, type YamlFile } from "./yaml.ts";

/** A `*.test.yaml` that reads well. */
export interface SpecFile {
  readonly name: string;
  readonly text: string;
  readonly spec: Spec;
  readonly valueAt: (path: Path) => Span;
  readonly keyAt: (path: Path) => Span;
}

/** The spec, or everything that is wrong with it. */
export function readSpec(name: string, text: string): SpecFile | Faults {
  const read = readYaml(text);
  if (!("valueAt" in read)) return read;
  const yaml = /\.test\.ya?ml$/i.test(name) ? read : testsOfRule(name, read);
  const { valueAt, keyAt } = yaml;
  const parsed = specSchema.safeParse(yaml.value);
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, []));
    const told = faults.filter((fault) => !isMisspelt(fault, faults)).map((fault) => diagnosticOf(fault, yaml));
    return faultsIn(told) ?? [problem.notYaml({ start: 0, end: 0 }, parsed.error.message)];
  }
  const file: SpecFile = { name, text, spec: parsed.data, valueAt, keyAt };
  return faultsIn(contradictions(file)) ?? file;
}

/** Keys that make no sense together, which a schema cannot say in words. */
function contradictions({ spec, valueAt, keyAt }: SpecFile): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const names = new Set<string>();
  for (const [i, { name, expect }] of spec.tests.entries()) {
    if (names.has(name)) found.push(problem.sameTestName(valueAt(["tests", i, "name"]), name));
    names.add(name);
    const at = (key: string) => keyAt(["tests", i, "expect", key]);
    const given = Object.keys(expect);
    if (expect.error !== undefined) {
      for (const key of given) if (key !== "error") found.push(problem.unlikelyTogether(at(key), key, "error"));
    }
    if (expect.sort !== undefined && expect.snapshot === undefined)
      found.push(problem.missingKey(at("sort"), "snapshot"));
    for (const key of ["alerts", "entities", "severity"]) {
      if (!given.includes(key)) continue;
      if (spec.mode !== "rule") found.push(problem.onlyForRules(at(key), key));
      else if (expect.alert === false) found.push(problem.unlikelyTogether(at(key), key, "alert: false"));
    }
  }
  return found;
}

type Fault =
  | { readonly kind: "key"; readonly path: Path; readonly key: string }
  /** `type`: the value is of another kind altogether, so that another form may be meant. */
  | { readonly kind: "value"; readonly path: Path; readonly words: readonly string[]; readonly type: boolean };

function faultsOf(issue: z.core.$ZodIssue, before: Path): readonly Fault[] {
  const path: Path = [...before, ...(issue.path as (string | number)[])]; // YAML has no symbols
  const value = (words: readonly string[], type = false): readonly Fault[] => [{ kind: "value", path, words, type }];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({ kind: "key", path, key }));
    case "invalid_type":
      return value([problem.kindWords.get(issue.expected) ?? issue.expected], true);
    case "invalid_value":
      return value(issue.values.map((each) => `\`${String(each)}\``));
    case "invalid_union": {
      const forms = issue.errors.map((issues) => issues.flatMap((each) => faultsOf(each, path)));
      const ofThisKind = (fault: Fault) => fault.kind === "value" && fault.type && fault.path.length === path.length;
      const possible = forms.filter((faults) => !faults.some(ofThisKind));
      // `{fil: …}` may be a misspelt `{file: …}`, but no `{inline: …}`.
      const meant = possible.find((faults) => faults.some((fault) => isMisspelt(fault, faults))) ?? possible[0];
      return (
        meant ??
        value(
          forms.flat().flatMap((fault) => (fault.kind === "value" ? fault.words : [])),
          true,
        )
      );
    }
    case "custom":
      return value([issue.message]);
    case "invalid_key":
      return [{ kind: "key", path: path.slice(0, -1), key: String(path.at(-1)) }];
    case "too_small":
      return value([problem.atLeast(issue.origin, Number(issue.minimum))]);
    default:
      return value([issue.message]);
  }
}

/** A key that seems to be missing, where one of a similar name is too many: one report is enough. */
function isMisspelt(fault: Fault, faults: readonly Fault[]): boolean {
  if (fault.kind !== "value" || !fault.type) return false;
  const owner = fault.path.slice(0, -1).join("\0");
  const name = String(fault.path.at(-1));
  return faults.some((other) => other.kind === "key" && other.path.join("\0") === owner && closest(other.key, [name]));
}

function diagnosticOf(fault: Fault, { value, valueAt, keyAt }: YamlFile): Diagnostic {
  if (fault.kind === "key") {
    return problem.unknownKey(keyAt([...fault.path, fault.key]), fault.key, keysOf(specSchema, fault.path));
  }
  const found = valueIn(value, fault.path);
  const last = fault.path.at(-1);
  const name = fault.path.findLast((step) => typeof step === "string") ?? "the file";
  if (found === undefined && typeof last === "string") return problem.missingKey(keyAt(fault.path), last);
  const words = problem.expectedWords(fault.words);
  return problem.wrongValue(valueAt(fault.path), String(name), words, problem.foundWords(found));
}

function valueIn(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => {
    return typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined;
  }, value);
}

/** The keys that the schema has at `path`. */
function keysOf(schema: z.core.$ZodType, path: Path): readonly string[] {
  if (schema instanceof z.ZodOptional) return keysOf(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((form) => keysOf(form, path));
  const [step, ...rest] = path;
  if (schema instanceof z.ZodObject) {
    if (step === undefined) return Object.keys(schema.shape);
    const next: z.core.$ZodType | undefined = schema.shape[String(step)];
    return next ? keysOf(next, rest) : [];
  }
  if (step === undefined) return [];
  if (schema instanceof z.ZodArray) return keysOf(schema.element, rest);
  if (schema instanceof z.ZodRecord) return keysOf(schema.valueType, rest);
  return [];
}
