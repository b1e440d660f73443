import { parseDatetime } from "../data/datetime.ts";
import * as problem from "../diagnostics/catalogue/testing.ts";

/*
 * The .test.kql language. A file is a list of blocks, separated by blank lines; a block is a case:
 *
 *   // notes                         what the case shows; `// now:` and the like set something, see `Settings`
 *   print n = strlen("abc")          the query
 *   ---                              one per result of the query, in order; or one `--- error`
 *   n:long
 *   3
 *
 * A block of notes alone belongs to the file.
 */

/** What `---` lines say. */
export type Expectation = TableExpectation | ErrorExpectation;

interface Block {
  /** Of the directive; 1-based. */
  readonly line: number;
  /** The lines below the directive, without those of the next. */
  readonly lines: readonly string[];
}

export interface TableExpectation extends Block {
  readonly kind: "table";
  readonly anyOrder: boolean;
  /** Reals may differ by this, absolutely up to 1 and relatively beyond; 0 when they may not. */
  readonly within: number;
}

/** The code, then a part of what is said; or the whole message as it is printed. */
export interface ErrorExpectation extends Block {
  readonly kind: "error";
}

/** What notes set, from their case to the end of the file. */
export interface Settings {
  /** Ticks of 100 ns since year 1. */
  readonly now: bigint;
  /** `// data: DIR`: the folder of the tables, relative to the file. */
  readonly data: string | undefined;
  /** `// external: URL=FILE`: what external data there is, by address. */
  readonly external: ReadonlyMap<string, string>;
}

export interface TestCase {
  /** Of the first line of the query; 1-based. */
  readonly line: number;
  /** The line and the first line of the query. */
  readonly name: string;
  readonly notes: readonly string[];
  /** Empty when it stands elsewhere. */
  readonly query: string;
  /** `// query: FILE`: where the query stands, relative to the test file: `rule.kql`, `page.md#1`. */
  readonly file?: string | undefined;
  readonly settings: Settings;
  readonly expectations: readonly Expectation[];
  /** The case cannot be understood: why, and in which line. */
  readonly problem?: { readonly message: string; readonly line: number } | undefined;
}

/** 2024-01-01T00:00:00Z: tests do not depend on the day they run. */
export const defaultNow = 638_396_640_000_000_000n;

/** The cases of a test file; whatever the text. */
export function parseTestFile(text: string): readonly TestCase[] {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  const cases: TestCase[] = [];
  let settings: Settings = { now: defaultNow, data: undefined, external: new Map() };
  for (const { first, last } of blocksOf(lines)) {
    const parsed = parseBlock(lines, first, last, settings);
    settings = parsed.settings;
    if (parsed.query !== "" || parsed.file || parsed.expectations.length > 0 || parsed.problem) cases.push(parsed);
  }
  return cases;
}

/** Zero-based, half-open runs of lines that are not blank. */
function blocksOf(lines: readonly string[]): readonly { readonly first: number; readonly last: number }[] {
  const blocks: { first: number; last: number }[] = [];
  let first = -1;
  for (let i = 0; i <= lines.length; i++) {
    const blank = (lines[i] ?? "").trim() === "";
    if (!blank && first < 0) first = i;
    if (blank && first >= 0) {
      blocks.push({ first, last: i });
      first = -1;
    }
  }
  return blocks;
}

function parseBlock(lines: readonly string[], first: number, last: number, before: Settings): TestCase {
  let settings = before;
  let found: TestCase["problem"];
  const fail = (message: string, index: number) => {
    found ??= { message, line: index + 1 };
  };
  let at = first;
  const notes: string[] = [];
  let file: string | undefined;
  for (; at < last && /^\s*\/\//.test(lines[at] ?? ""); at++) {
    const note = (lines[at] ?? "").replace(/^\s*\/\/\s?/, "");
    notes.push(note);
    file = /^query:\s*(.*?)\s*$/.exec(note)?.[1] ?? file;
    const next = withNote(settings, note);
    if (typeof next === "string") fail(next, at);
    else settings = next;
  }
  const start = at;
  while (at < last && !isDirective(lines[at] ?? "")) at++;
  const query = lines.slice(start, at).join("\n");
  const expectations: Expectation[] = [];
  while (at < last) {
    const directive = parseDirective(lines[at] ?? "");
    const line = at + 1;
    let end = at + 1;
    while (end < last && !isDirective(lines[end] ?? "")) end++;
    if (typeof directive === "string") fail(directive, at);
    else expectations.push({ ...directive, line, lines: lines.slice(at + 1, end) });
    at = end;
  }
  if (query === "" && file === undefined && expectations.length > 0) fail(problem.noQueryInCase(), start);
  if (query !== "" && file !== undefined) fail(problem.twoQueriesInCase(file), start);
  if ((query !== "" || file !== undefined) && expectations.length === 0) fail(problem.noExpectation(), start);
  if (expectations.length > 1 && expectations.some((each) => each.kind === "error")) {
    fail(problem.errorBesideTables(), start);
  }
  const line = start + 1;
  const name = `${line}: ${file ?? (lines[start] ?? "").trim()}`;
  return { line, name, notes, query, file, settings, expectations, problem: found };
}

function isDirective(line: string): boolean {
  return line.startsWith("---");
}

/** The settings that a note makes of `settings`; a sentence when it cannot. Prose changes nothing. */
function withNote(settings: Settings, note: string): Settings | string {
  const [, key, value = ""] = /^(now|data|external):\s*(.*?)\s*$/.exec(note) ?? [];
  switch (key) {
    case "now": {
      const now = parseDatetime(value);
      return now === null ? problem.badNow(value) : { ...settings, now };
    }
    case "data":
      return { ...settings, data: value };
    case "external": {
      // Addresses hold `=`, file names of fixtures do not.
      const cut = value.lastIndexOf("=");
      if (cut <= 0) return problem.badExternalNote(value);
      return { ...settings, external: new Map([...settings.external, [value.slice(0, cut), value.slice(cut + 1)]]) };
    }
    default:
      return settings;
  }
}

type Directive = Omit<TableExpectation, keyof Block> | Omit<ErrorExpectation, keyof Block>;

function parseDirective(line: string): Directive | string {
  const words = line.slice(3).trim();
  if (words === "error") return { kind: "error" };
  let anyOrder = false;
  let within = 0;
  for (const part of words === "" ? [] : words.split(/\s*,\s*/)) {
    const [, tolerance] = /^within (\S+)$/.exec(part) ?? [];
    if (part === "any order" && !anyOrder) anyOrder = true;
    else if (tolerance !== undefined && within === 0 && Number(tolerance) > 0) within = Number(tolerance);
    else return problem.unknownDirective(line);
  }
  return { kind: "table", anyOrder, within };
}
