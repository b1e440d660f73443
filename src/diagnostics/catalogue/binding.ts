import type { Diagnostic, Span } from "../diagnostic.ts";

/* What can be wrong with a query that reads well. KS codes mean what they mean in Microsoft's tools; KQ2xx are ours. */

type Code = Diagnostic["code"];

function error(code: Code, span: Span, message: string, label = "", help?: string): Diagnostic {
  return { code, severity: "error", message, labels: [{ span, text: label }], help, stage: "query" };
}

const plural = (count: number, noun: string) => `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
const similar = (kind: string, candidate: string | undefined) =>
  candidate === undefined ? undefined : `a ${kind} with a similar name exists: \`${candidate}\``;
const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");
const unsupported = "it is valid KQL; nothing was run";

export function unknownName(span: Span, name: string, candidate: string | undefined): Diagnostic {
  const message = `the name \`${name}\` does not refer to any known column, table, variable or function`;
  const key = name === "SearchKey" ? "`-w ALIAS:COLUMN=FILE` says which column of a watchlist it is" : undefined;
  return error("KS142", span, message, "not known here", similar("name", candidate) ?? key);
}

/** Columns of the input and of a lookup table in the wrong order. */
export function columnOfOtherTable(span: Span, name: string, parameter: string, inLookup: boolean): Diagnostic {
  const [wanted, found] = inLookup ? ["lookup table", "input"] : ["input", "lookup table"];
  return error("KS142", span, `\`${parameter}\` is a column of the ${wanted}, and \`${name}\` one of the ${found}`);
}

/** Parsers of the Advanced Security Information Model, which a workspace of Microsoft Sentinel holds as functions. */
const parsers = /^(?:_Im_|_ASim_|(?:im|vim|ASim)[A-Z])/;
const giveFunction = (name: string) =>
  `give its definition with \`--functions ${name}.kql\`, or a folder of such files`;

export function unknownTable(span: Span, name: string, candidate: string | undefined): Diagnostic {
  const message = `the name \`${name}\` does not refer to any known table, tabular variable or function`;
  const rows = `give its rows with \`-t ${name}=FILE\`, or put \`${name}.csv\` into the \`-d\` folder`;
  const give = parsers.test(name) ? giveFunction(name) : rows;
  return error("KS204", span, message, "no such table", similar("table", candidate) ?? give);
}

export function unknownFunction(span: Span, name: string, candidate: string | undefined): Diagnostic {
  const message = `the name \`${name}\` does not refer to any known function`;
  const help = similar("function", candidate) ?? (parsers.test(name) ? giveFunction(name) : undefined);
  return error("KS211", span, message, "no such function", help);
}

export function unknownPlugin(span: Span, name: string, candidate: string | undefined): Diagnostic {
  return error("KS124", span, `the plugin \`${name}\` is not known`, "no such plugin", similar("plugin", candidate));
}

export function notSupported(span: Span, what: string, help: string = unsupported): Diagnostic {
  return error("KQ200", span, `${what} is not supported yet`, "kqlite cannot run this", help);
}

/** A fuzzy union leaves out what is not there, and nothing is left. */
export function noTableOfUnion(span: Span): Diagnostic {
  const help = "give the rows of one of them with `-t NAME=FILE`";
  return error("KS204", span, "none of the tables of this `union` is known", "no such table", help);
}

/** `expected`: `2 arguments`, `1 to 3 arguments`, `at least 1 argument`. */
export function wrongArgumentCount(span: Span, name: string, expected: string, found: number): Diagnostic {
  const exact = /^(no|\d+) arguments?$/.test(expected);
  return error(exact ? "KS119" : "KS120", span, `\`${name}\` expects ${expected}, found ${plural(found, "argument")}`);
}

export function missingArgument(span: Span, name: string, parameter: string): Diagnostic {
  return error("KS197", span, `\`${name}\` is called without its argument \`${parameter}\``);
}

export function noOverload(
  span: Span,
  name: string,
  types: readonly string[],
  signatures: readonly string[],
  takes = `it takes ${signatures.map((signature) => `\`${signature}\``).join(" or ")}`,
): Diagnostic {
  const given = types.length === 0 ? "no arguments" : `(${types.join(", ")})`;
  return error("KS141", span, `\`${name}\` does not take ${given}`, "", takes);
}

export function operatorNotDefined(span: Span, operator: string, types: readonly string[], help?: string): Diagnostic {
  return error("KS106", span, `the operator \`${operator}\` is not defined for ${list(types)}`, "", help);
}

export function wrongType(span: Span, expected: string, found: string, help?: string): Diagnostic {
  return error("KS141", span, `a value of type ${expected} is expected`, `this is ${found}`, help);
}

export function notOnBothSides(span: Span, name: string, candidate: string | undefined): Diagnostic {
  const other = `a column of another name is matched by \`$left.${name} == $right.…\``;
  const message = `the column \`${name}\` is on one side of the join alone`;
  return error("KS145", span, message, "it must be on both", similar("column", candidate) ?? other);
}

export function starNotAllowed(span: Span): Diagnostic {
  return error("KS191", span, "`*` is not allowed here");
}

export function scalarExpected(span: Span): Diagnostic {
  const help = "`toscalar(…)` takes the first cell of a table";
  return error("KS108", span, "a scalar value is expected", "this is a table", help);
}

export function tableExpected(span: Span): Diagnostic {
  return error("KS111", span, "a tabular expression is expected", "this is a scalar");
}

export function columnExpected(span: Span): Diagnostic {
  return error("KS109", span, "a column name is expected");
}

export function dynamicNotAllowed(span: Span, where: string): Diagnostic {
  const help = "say which type it holds: `tostring(…)`, `tolong(…)`, …";
  return error("KS116", span, `a value of type dynamic is not allowed ${where}`, "this is dynamic", help);
}

export function aggregateNotAllowed(span: Span, name: string): Diagnostic {
  const message = `the aggregate function \`${name}\` is not allowed here`;
  return error("KS144", span, message, "", "aggregates stand in `summarize`, and not inside one another");
}

export function notAggregate(span: Span, name: string): Diagnostic {
  const help = `to group by it, move it behind \`by\`; for any one value use \`take_any(${name})\``;
  return error("KS236", span, `\`${name}\` is not an aggregate`, "", help);
}

export function noAggregate(span: Span): Diagnostic {
  return error("KS236", span, "there is no aggregate in this", "", "to group by it, move it behind `by`");
}

export function duplicateColumn(span: Span, name: string): Diagnostic {
  return error("KS171", span, `a column with the name \`${name}\` is already declared`, "second declaration");
}

export function spareName(span: Span, name: string): Diagnostic {
  return error("KS150", span, `the name \`${name}\` has no expression to name`, "one name too many");
}

export function duplicateVariable(span: Span, name: string): Diagnostic {
  return error("KS201", span, `a variable with the name \`${name}\` has already been declared`, "second declaration");
}

export function constantExpected(span: Span, what: string): Diagnostic {
  return error("KS129", span, `${what} must be a constant`, "this depends on the rows");
}

export function integerExpected(span: Span): Diagnostic {
  return error("KS134", span, "a non-negative integer is expected");
}

export function missingJoinCondition(span: Span, operator: string): Diagnostic {
  const help = `for example \`${operator} (…) on Key\``;
  return error("KS006", span, `\`${operator}\` needs an \`on\` condition`, "", help);
}

export function joinCondition(span: Span): Diagnostic {
  const help = "write a column of both sides, or `$left.a == $right.b`";
  return error("KS182", span, "this is not a join condition", "", help);
}

/** `common`: it is one column of both sides. */
export function joinTypes(span: Span, left: string, right: string, common: boolean): Diagnostic {
  const help = "convert one side first, in an `extend` before the join";
  return error(
    common ? "KS227" : "KS242",
    span,
    `the join keys have different types: \`${left}\` and \`${right}\``,
    "",
    help,
  );
}

export function unknownOption(span: Span, operator: string, name: string, known: readonly string[]): Diagnostic {
  const help = known.length === 0 ? `\`${operator}\` takes no options` : `it takes ${list(known)}`;
  return error("KS179", span, `\`${operator}\` has no option \`${name}\``, "not known", help);
}

export function repeatedOption(span: Span, name: string): Diagnostic {
  return error("KS180", span, `the option \`${name}\` is given twice`, "again");
}

export function unknownOptionValue(span: Span, option: string, value: string, known: readonly string[]): Diagnostic {
  return error("KS005", span, `\`${value}\` is not a value of \`${option}\``, "", `it is one of ${list(known)}`);
}

export function notSerialized(span: Span, name: string): Diagnostic {
  const help = "put `| sort by …` or `| serialize` before it";
  return error("KQ205", span, `\`${name}\` needs rows in a definite order`, "the rows are not serialized here", help);
}

export function missingParameter(span: Span, name: string): Diagnostic {
  const help = `give one with \`-p ${name}=VALUE\``;
  return error("KQ207", span, `the query parameter \`${name}\` has no value`, "declared without a default", help);
}

export function parameterValue(span: Span, name: string, type: string, value: string): Diagnostic {
  return error("KQ208", span, `the value \`${value}\` of the query parameter \`${name}\` is not a ${type}`);
}

export function unknownParameter(name: string, declared: readonly string[]): Diagnostic {
  const help = declared.length === 0 ? "it has no `declare query_parameters(…)`" : `it declares ${list(declared)}`;
  return error("KQ209", { start: 0, end: 0 }, `the query declares no parameter \`${name}\``, "", help);
}

export function datatableShape(span: Span, columns: number, values: number): Diagnostic {
  return error("KS173", span, `${plural(values, "value")} cannot fill rows of ${plural(columns, "column")}`);
}

export function severalColumns(span: Span, name: string): Diagnostic {
  const help = "let it stand alone, and calculate in an `extend` behind the `summarize`";
  return error("KQ211", span, `\`${name}\` gives several columns, and cannot be part of an expression`, "", help);
}

export function badArgument(span: Span, name: string, message: string): Diagnostic {
  return error("KQ211", span, `\`${name}\`: ${message}`);
}

export function outerRow(span: Span, name: string): Diagnostic {
  const help = "a subquery cannot look at the row outside of it";
  return error("KQ212", span, `\`${name}\` depends on the rows of another table here`, "", help);
}

export function noQuery(): Diagnostic {
  const help = "a query ends in a tabular expression, for example `print 1`";
  return error("KQ213", { start: 0, end: 0 }, "there is no query to run", "", help);
}

export function unsupportedSetOption(span: Span, name: string): Diagnostic {
  const help = "kqlite refuses properties whose meaning it would have to ignore";
  return error("KQ214", span, `the request property \`${name}\` is not supported`, "", help);
}

export function unknownSetOption(span: Span, name: string, candidate: string | undefined): Diagnostic {
  const message = `\`${name}\` is not a request property, and changes nothing`;
  return { ...error("KQ217", span, message, "ignored", similar("property", candidate)), severity: "warning" };
}

export function setOptionRows(span: Span, name: string): Diagnostic {
  return error("KQ218", span, `\`${name}\` is a number of rows, above 0`, "", `for example \`set ${name} = 1000\``);
}

export function setOptionValue(span: Span, name: string): Diagnostic {
  return error("KQ218", span, `\`${name}\` needs a value`, "", `for example \`set ${name} = 1h\``);
}

export function mustNotBeNull(span: Span, what: string): Diagnostic {
  return error("KQ215", span, `${what} must not be null`);
}

export function tooDeep(span: Span): Diagnostic {
  const help = "functions that call functions are followed 100 levels deep";
  return error("KQ216", span, "the query is nested too deeply", "", help);
}

export function recursiveFunction(span: Span, name: string): Diagnostic {
  const help = "Kusto's functions do not call themselves, nor each other in a circle";
  return error("KQ226", span, `the stored function \`${name}\` calls itself`, "this call closes the circle", help);
}

/** `diagnostic` is about the text of a stored function; `place` says where, and `call` where the query calls it. */
export function insideFunction(diagnostic: Diagnostic, call: Span, name: string, place: string): Diagnostic {
  const message = `in the stored function \`${name}\` (${place}): ${diagnostic.message}`;
  return { ...diagnostic, message, labels: [{ span: call, text: "called here" }] };
}

export function mustBeFirst(span: Span, operator: string): Diagnostic {
  const help = "it brings its own tables, and stands at the beginning of a query or of parentheses";
  return error("KS175", span, `\`${operator}\` must be the first operator`, "rows come in here", help);
}

export function nothingToSearch(span: Span): Diagnostic {
  const help = "give a table with `-t NAME=FILE`, or a folder of them with `-d`";
  return error("KQ220", span, "there is no table to look into", "", help);
}

export function packNotLast(span: Span): Diagnostic {
  return error("KS185", span, "`pack(*)` must be the last item of the list");
}

export function notHere(span: Span, operator: string, where: string): Diagnostic {
  return error("KS177", span, `\`${operator}\` is not allowed ${where}`);
}

export function severalTables(span: Span, operator: string): Diagnostic {
  const help = "it is the last operator of a statement";
  return error("KQ221", span, `\`${operator}\` gives several tables`, "one is expected here", help);
}

const native = "`partition hint.strategy=native by …` takes them";

export function tooManyPartitions(span: Span, limit: number): Diagnostic {
  return error("KQ222", span, `\`partition\` meets more than ${limit} different values`, "", native);
}

export function nullPartition(span: Span): Diagnostic {
  return error("KQ223", span, "`partition` meets rows whose key is null", "", native);
}

export function needsGivenRows(span: Span): Diagnostic {
  const message = "these rows decide how the query is bound, but are known only while the subquery runs";
  const help = "`partition hint.strategy=legacy by …` lets its subquery look at them";
  return error("KQ224", span, message, "", help);
}

export function unknownDatabase(span: Span, name: string, candidate: string | undefined): Diagnostic {
  const give = `give its tables with \`--database ${name}=DIR\`; those of \`-d\` are named alone`;
  const help = similar("database", candidate) ?? give;
  return error("KS208", span, `the database \`${name}\` is not among those that kqlite was given`, "", help);
}

export function graphNotTable(span: Span): Diagnostic {
  const help = "`graph-match`, `graph-shortest-paths` and `graph-to-table` make rows of it";
  return error("KQ290", span, "this operator looks at rows", "a graph comes in here", help);
}

export function databaseExpected(span: Span): Diagnostic {
  const help = 'for example `cluster("c").database("d")`';
  return error("KS114", span, "a database is expected", "", help);
}

const storedCodes = {
  "external table": "KS209",
  "materialized view": "KS210",
  "stored query result": "KS248",
  "graph model": "KS260",
} as const;

export function unknownStored(span: Span, name: string, kind: keyof typeof storedCodes): Diagnostic {
  const make = "`make-graph` makes one of a table";
  const help = kind === "graph model" ? make : `give its rows as a table: \`-t ${name}=FILE\``;
  const code = storedCodes[kind];
  return error(code, span, `the name \`${name}\` does not refer to any known ${kind}`, "", help);
}

export function strayEntityGroup(span: Span, name: string): Diagnostic {
  const message = `\`${name}\` is an entity group, and no table`;
  return error("KQ261", span, message, "", `\`macro-expand ${name} as x (x.T | …)\` takes it`);
}

/** As one that is not there: a fuzzy union goes on without it. */
export function restricted(span: Span, name: string): Diagnostic {
  const message = `the name \`${name}\` does not refer to any table that \`restrict access\` leaves in sight`;
  return error("KS204", span, message, "hidden here", "name what is behind `restrict access to`");
}
