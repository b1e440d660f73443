import type { StoredFunction } from "../binder/catalog.ts";
import * as problem from "../diagnostics/catalogue/engine.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { aggregateFunction, scalarFunction } from "../functions/registry.ts";
import type * as statements from "../parser/ast-statements.ts";
import { parse } from "../parser/parse.ts";

/*
 * Stored functions come in one of two forms. A text of `.create function` commands names each of them; any other text is
 * one function, by the name of its file: `(x:long) { … }`, or the body alone, of a function without parameters.
 * https://learn.microsoft.com/kusto/management/create-function
 */

/** The text of a file that holds functions. */
export interface FunctionText {
  /** The path of the file: its stem names a function that has no name in its text. */
  readonly name: string;
  readonly text: string;
}

/** What a query may call, read when it is first named. */
export interface StoredFunctions {
  readonly storedFunction: (name: string) => StoredFunction | undefined;
  readonly functionNames: readonly string[];
}

/** Throws `KqlError` for a text of commands that are not all functions, and for two functions of one name. */
export function storedFunctions(texts: readonly FunctionText[]): StoredFunctions {
  const sources = new Map<string, Source>();
  for (const text of texts) {
    for (const source of sourcesIn(text)) {
      const other = sources.get(source.name);
      if (other) throw new KqlError(problem.sameFunction(source.name, other.source, source.source));
      if (scalarFunction(source.name) ?? aggregateFunction(source.name))
        throw new KqlError(problem.builtInFunction(source.name, source.source));
      sources.set(source.name, source);
    }
  }
  const read = new Map<string, StoredFunction>();
  return {
    functionNames: [...sources.keys()],
    storedFunction: (name) => {
      const known = read.get(name);
      const source = known ? undefined : sources.get(name);
      if (!source) return known;
      const fn = functionOf(source);
      read.set(name, fn);
      return fn;
    },
  };
}

interface Source extends Pick<StoredFunction, "name" | "source" | "text"> {
  readonly view?: boolean | undefined;
  /** The part of the text that a command takes up, up to its parameters and behind its end. */
  readonly command?: { readonly start: number; readonly parameters: number; readonly end: number } | undefined;
}

const commandStart = /^[ \t]*\.[a-z]/gim;
const header =
  /[ \t]*\.(?:create-or-alter|create|alter)\s+function\s+(?:ifnotexists\s+)?(?:with\s*\((?:[^()"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\)\s*)?(?:\[\s*(?:"([^"]*)"|'([^']*)')\s*\]|(?!with\s*\()([A-Za-z_][\w-]*))\s*(?=\()/iy;

function sourcesIn({ name: source, text }: FunctionText): readonly Source[] {
  const starts = [...text.matchAll(commandStart)].map((match) => match.index);
  const [first] = starts;
  if (first === undefined || !onlyComments(text.slice(0, first))) return [{ name: stem(source), source, text }];
  return starts.map((start, i) => {
    header.lastIndex = start;
    const match = header.exec(text);
    if (!match) throw new KqlError(problem.notAFunction(`${source}:${text.slice(0, start).split("\n").length}`));
    const name = match[1] ?? match[2] ?? match[3] ?? "";
    // A view is one of the tables that `union *` and `search` look into.
    const view = /\bview\s*=\s*["']?true\b/i.test(match[0]);
    return {
      name,
      source,
      text,
      view,
      command: { start, parameters: header.lastIndex, end: starts[i + 1] ?? text.length },
    };
  });
}

function onlyComments(text: string): boolean {
  return text.split("\n").every((line) => /^\s*(?:\/\/.*)?$/.test(line));
}

function stem(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name.indexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}

function functionOf(source: Source): StoredFunction {
  const { text, command, name } = source;
  const start = command?.start ?? 0;
  const whole = declared(source, text.slice(command?.parameters ?? 0, command?.end), "", command?.parameters ?? 0);
  // A file in parentheses may be a query that begins with them.
  if (command || whole.diagnostics.length === 0) return whole;
  const body = declared(source, text, "() {", start, "\n}");
  return beginsWithParameters(text) && !readsWell(body) ? whole : { ...body, name };
}

function readsWell({ diagnostics }: StoredFunction): boolean {
  return diagnostics.every(({ severity }) => severity !== "error");
}

function beginsWithParameters(text: string): boolean {
  return /^\s*\(\s*(?:\)|[\w-]+\s*:)/.test(text.replace(/\/\/.*/g, ""));
}

/** The function `before + text + after`, where `text` begins at `offset` of the source. */
function declared(source: Source, text: string, before: string, offset: number, after = ""): StoredFunction {
  const { name, source: path, text: whole } = source;
  const prefix = `let ['f']=${before}`;
  const { tree, diagnostics } = parse(prefix + text + after);
  const [statement, ...more] = tree.statements;
  const fn = statement?.kind === "Let" && statement.value.kind === "Function" ? statement.value : undefined;
  const shape = diagnostics.length === 0 && (!fn || more.length > 0) ? [problem.functionShape(prefix.length)] : [];
  return {
    name,
    source: path,
    text: whole,
    declaration: fn && source.view ? { ...fn, view: true } : (fn ?? nothing),
    shift: offset - prefix.length,
    diagnostics: [...diagnostics, ...shape],
  };
}

const nothing: statements.FunctionDeclaration = {
  kind: "Function",
  view: false,
  parameters: [],
  statements: [],
  body: { kind: "Missing", span: { start: 0, end: 0 } },
  span: { start: 0, end: 0 },
};
