import type { Diagnostic } from "../diagnostic.ts";

/* What the engine itself has to say: not about a place in the query, but about how it was asked to run it. */

type Code = Diagnostic["code"];

function error(code: Code, stage: Diagnostic["stage"], message: string, help?: string): Diagnostic {
  return { code, severity: "error", message, labels: [{ span: { start: 0, end: 0 }, text: "" }], help, stage };
}

export function noExternalData(uri: string): Diagnostic {
  return error(
    "KQ400",
    "data",
    `the external data at \`${uri}\` cannot be read: the database was made without a resolver`,
  );
}

export function noClock(): Diagnostic {
  return error("KQ401", "run", "the query has no time to run at", "give `now`, or make the database with a `clock`");
}

export function tooManySubqueries(limit: number): Diagnostic {
  return error("KQ402", "run", `the query asks for the rows of more than ${limit} subqueries while it is bound`);
}

export function tooManyRows(found: number, most: number): Diagnostic {
  const help = "`set notruncation` takes the limit away, `set query_take_max_records` or `take` keeps some of the rows";
  return error("KQ411", "run", `the result has ${found} rows, and \`truncationmaxrecords\` allows ${most}`, help);
}

export function rowWidth(row: number, expected: number, found: number): Diagnostic {
  return error("KQ403", "data", `row ${row} has ${found} values, the table has ${expected} columns`);
}

export function badValue(row: number, column: string, type: string, text: string): Diagnostic {
  const shown = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return error("KQ404", "data", `row ${row}: \`${shown}\` is not a value for the column \`${column}\` of type ${type}`);
}

// Stored functions

export function sameFunction(name: string, one: string, other: string): Diagnostic {
  return error("KQ405", "data", `the function \`${name}\` is defined twice: in \`${one}\` and in \`${other}\``);
}

export function builtInFunction(name: string, source: string): Diagnostic {
  return error("KQ406", "data", `\`${source}\` defines \`${name}\`, which is the name of a built-in function`);
}

export function notAFunction(place: string): Diagnostic {
  const help = "it reads `.create-or-alter function Name(x:long) { … }`; a file without commands is one function";
  return error("KQ407", "data", `${place}: this command defines no function`, help);
}

export function functionShape(offset: number): Diagnostic {
  const message = "this is not one function";
  const help = "it reads `(x:long) { … }`, or it is the body of a function without parameters";
  const span = { start: offset, end: offset };
  return { code: "KQ408", severity: "error", message, labels: [{ span, text: "" }], help, stage: "data" };
}

// Surroundings

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");

export function noSearchKey(alias: string, key: string, columns: readonly string[]): Diagnostic {
  return error("KQ409", "data", `the watchlist \`${alias}\` has no column \`${key}\``, `it has ${list(columns)}`);
}

export function searchKeyType(alias: string, key: string, type: string): Diagnostic {
  const message = `the search key \`${key}\` of the watchlist \`${alias}\` is ${type}, and \`SearchKey\` is a string`;
  return error("KQ409", "data", message);
}

export function locationColumns(columns: readonly string[]): Diagnostic {
  const help = `it needs one of networks (\`192.0.2.0/24\`), and \`country\`, \`state\`, \`city\`, \`latitude\`, \`longitude\``;
  return error("KQ410", "data", `the table of locations has no column \`network\`; it has ${list(columns)}`, help);
}

export function notANetwork(row: number, text: string): Diagnostic {
  return error("KQ410", "data", `row ${row} of the table of locations: \`${text}\` is not a network`);
}
