import { parseDatetime } from "../../data/datetime.ts";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { SpecFault } from "./fault.ts";
import { type TableRows, tableRows } from "./generate.ts";
import { combinations, type MatrixValues, mentionedNames, misspelledNames, substituted } from "./matrix.ts";
import type { Expectation, ScalarValue, SpecInputs, SpecTest } from "./model.ts";
import type { SpecFile } from "./read.ts";
import type { Path } from "./yaml.ts";

/** One run of a query and what is expected of it: a test of a spec with one combination of its matrix. Plain data. */
export interface SpecCase {
  readonly name: string;
  readonly path: Path;
  readonly note: string | undefined;
  readonly tags: readonly string[];
  /** Why it is not run; empty when nobody says. Undefined: it is run. */
  readonly skip: string | undefined;
  readonly knownGap: string | undefined;
  readonly matrix: MatrixValues;
  /** What `now()` says; undefined when the spec does not say. */
  readonly now: bigint | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly lets: ReadonlyMap<string, Stated<string>>;
  readonly externaldata: ReadonlyMap<string, string>;
  readonly watchlists: ReadonlyMap<string, Stated<string>>;
  readonly functions: Stated<readonly string[]>;
  readonly ingestionTime: string | undefined;
  readonly fileProfiles: string | undefined;
  readonly locations: string | undefined;
  readonly tables: ReadonlyMap<string, TableRows>;
  readonly expect: Expectation;
}

/** A value with its place in the spec. */
export interface Stated<T> {
  readonly value: T;
  readonly path: Path;
}

/** The cases of a spec in the order of the file, or what is wrong with them. */
export function casesOf(file: SpecFile): {
  readonly cases: readonly SpecCase[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const cases: SpecCase[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [i, test] of file.spec.tests.entries()) {
    const path = ["tests", i];
    const matrix = { ...file.spec.matrix, ...test.matrix };
    const known = Object.keys(matrix);
    if (known.length > 0) {
      for (const { path: at, name } of misspelledNames({ ...test, matrix: undefined }, known, path)) {
        diagnostics.push(problem.unknownMatrixName(file.valueAt(at), name, known));
      }
    }
    const used = namesUsed(test, file, known);
    for (const values of combinations(matrix, used)) {
      try {
        cases.push(caseOf(file, test, path, values));
      } catch (thrown) {
        if (!(thrown instanceof SpecFault)) throw thrown;
        diagnostics.push(thrown.diagnostic);
      }
    }
  }
  return { cases, diagnostics };
}

/** The names of the matrix that the test uses, itself or in what it shares with others: only they multiply it. */
function namesUsed(test: SpecTest, { spec }: SpecFile, known: readonly string[]): readonly string[] {
  const { tests: _, matrix: __, ...shared } = spec;
  const mentioned = mentionedNames([{ ...test, matrix: undefined }, shared]);
  const { alert } = test.expect;
  const when = typeof alert === "object" ? alert.when : "";
  return known.filter((name) => mentioned.has(name) || new RegExp(`\\b${name}\\b`).test(when));
}

/** The places that say something of a case, the outermost first. */
interface Level {
  readonly inputs: SpecInputs;
  readonly path: Path;
}

function caseOf(file: SpecFile, test: SpecTest, path: Path, matrix: MatrixValues): SpecCase {
  const put = <T>(value: T) => substituted(value, matrix);
  const { spec } = file;
  const own = put(test);
  const levels: readonly Level[] = [
    { inputs: put(inputsOf(spec)), path: [] },
    { inputs: put(spec.defaults ?? {}), path: ["defaults"] },
    { inputs: own, path },
  ];
  const last = (key: "now" | "ingestionTime" | "fileProfiles" | "locations") =>
    levels.reduce<string | undefined>((before, { inputs }) => inputs[key] ?? before, undefined);
  const now = last("now");
  const tables = new Map<string, TableRows>();
  // Within one level, `generate` continues `tables`; a further level that names a table states all of it.
  for (const { inputs, path: at } of levels) for (const each of tableRows(inputs, at, file)) tables.set(...each);
  const skip = own.skip === true ? "" : own.skip === false ? undefined : own.skip;
  return {
    name: own.name === test.name ? named(test.name, matrix) : own.name,
    path,
    note: own.note,
    tags: [...new Set(levels.flatMap(({ inputs }) => inputs.tags ?? []))],
    skip,
    knownGap: own.known_gap,
    matrix,
    now: now === undefined ? undefined : (parseDatetime(now) ?? undefined),
    parameters: new Map([...merged(levels, "parameters")].map(([name, { value }]) => [name, String(value)])),
    lets: textMap(merged(levels, "lets")),
    externaldata: new Map([...merged(levels, "externaldata")].map(([url, { value }]) => [url, String(value)])),
    watchlists: textMap(merged(levels, "watchlists")),
    functions: levels.reduce<Stated<readonly string[]>>(
      (before, { inputs, path: at }) =>
        inputs.functions ? { value: inputs.functions, path: [...at, "functions"] } : before,
      { value: [], path: [] },
    ),
    ingestionTime: last("ingestionTime"),
    fileProfiles: last("fileProfiles"),
    locations: last("locations"),
    tables,
    expect: own.expect,
  };
}

/** Cases of one test have names of their own. */
function named(name: string, matrix: MatrixValues): string {
  return matrix.size === 0 ? name : `${name} [${[...matrix].map(([key, value]) => `${key}=${value}`).join(", ")}]`;
}

function inputsOf({
  now,
  externaldata,
  watchlists,
  functions,
  ingestionTime,
  fileProfiles,
  locations,
  parameters,
  lets,
  tables,
  generate,
  tags,
}: SpecInputs): SpecInputs {
  const around = { externaldata, watchlists, functions, ingestionTime, fileProfiles, locations };
  return { now, ...around, parameters, lets, tables, generate, tags };
}

function merged(
  levels: readonly Level[],
  key: "parameters" | "lets" | "externaldata" | "watchlists",
): ReadonlyMap<string, Stated<ScalarValue>> {
  return new Map(
    levels.flatMap(({ inputs, path }) =>
      Object.entries(inputs[key] ?? {}).map(([name, value]) => [name, { value, path: [...path, key, name] }] as const),
    ),
  );
}

function textMap(values: ReadonlyMap<string, Stated<ScalarValue>>): ReadonlyMap<string, Stated<string>> {
  return new Map([...values].map(([name, { value, path }]) => [name, { value: String(value), path }]));
}
