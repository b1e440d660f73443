import { kindNames } from "../binder/operators/join.ts";
import { charts } from "../binder/operators/render.ts";

/* What an editor says of the operators of the language: each in one sentence, with its page. */

export interface OperatorInfo {
  readonly name: string;
  readonly summary: string;
  /** The official page. */
  readonly docs: string;
  /** pipe: behind `|`. source: at the beginning of a pipeline. statement: at that of a statement. */
  readonly places: readonly ("pipe" | "source" | "statement")[];
  /** Names of options, with their values where there are only some. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Words that may follow an item: `by`, `desc`. */
  readonly words: readonly string[];
  /** The word that must come first: `sort by`. */
  readonly first?: string | undefined;
  /** What stands behind the operator, where it is not expressions. */
  readonly takes: "expressions" | "columns" | "aggregates" | "tables" | "plugins" | "charts" | "functions" | "nothing";
}

type Details = Partial<Pick<OperatorInfo, "places" | "options" | "words" | "first" | "takes">>;

function define(name: string, page: string, summary: string, details: Details = {}): OperatorInfo {
  const docs = `https://learn.microsoft.com/kusto/query/${page}`;
  return { name, summary, docs, places: ["pipe"], options: {}, words: [], takes: "expressions", ...details };
}

const flags = ["true", "false"];
const orders = ["asc", "desc", "nulls first", "nulls last"];

export const operators: readonly OperatorInfo[] = [
  define("where", "where-operator", "Keeps the rows for which the condition is true."),
  define("filter", "where-operator", "Another name of `where`."),
  define("project", "project-operator", "Chooses, renames and computes the columns; all others go."),
  define("project-away", "project-away-operator", "Drops the columns; `*` stands for any letters.", {
    takes: "columns",
  }),
  define("project-keep", "project-keep-operator", "Keeps the columns, in the order they have.", { takes: "columns" }),
  define("project-rename", "project-rename-operator", "Gives columns other names.", { takes: "columns" }),
  define("project-reorder", "project-reorder-operator", "Puts columns first, in this order.", {
    takes: "columns",
    words: ["asc", "desc", "granny-asc", "granny-desc"],
  }),
  define("project-by-names", "project-by-names-operator", "Chooses columns by names that the query computes."),
  define("extend", "extend-operator", "Adds computed columns, or replaces those that have the name."),
  define("distinct", "distinct-operator", "The distinct combinations of the columns; `*` stands for all.", {
    takes: "columns",
  }),
  define("take", "take-operator", "Up to that many rows, whichever come first."),
  define("limit", "take-operator", "Another name of `take`."),
  define("sort", "sort-operator", "Puts the rows in order; the greatest come first unless `asc` is said.", {
    first: "by",
    words: orders,
  }),
  define("order", "sort-operator", "Another name of `sort`.", { first: "by", words: orders }),
  define("top", "top-operator", "The first rows in the order of one expression.", { words: ["by", ...orders] }),
  define("count", "count-operator", "The number of rows, as one row.", { takes: "nothing", words: ["as"] }),
  define("summarize", "summarize-operator", "A row for each group of rows, with aggregates over it.", {
    takes: "aggregates",
    words: ["by"],
  }),
  define("join", "join-operator", "Pairs of rows of two tables whose keys are equal.", {
    takes: "tables",
    options: {
      kind: kindNames,
      "hint.strategy": ["broadcast", "shuffle"],
      "hint.remote": ["auto", "left", "local", "right"],
    },
    words: ["on"],
  }),
  define("lookup", "lookup-operator", "Adds the columns of the rows of another table whose keys are equal.", {
    takes: "tables",
    options: { kind: ["leftouter", "inner"] },
    words: ["on"],
  }),
  define("union", "union-operator", "The rows of several tables, one table after the other.", {
    places: ["pipe", "source"],
    takes: "tables",
    options: { kind: ["outer", "inner"], withsource: [], isfuzzy: flags },
  }),
  define("mv-expand", "mv-expand-operator", "A row for each element of an array or bag.", {
    options: { bagexpansion: ["bag", "array"], kind: ["bag", "array"], with_itemindex: [] },
    words: ["to typeof()", "limit"],
  }),
  define("mv-apply", "mv-apply-operator", "Runs a subquery over the elements of an array, for each row.", {
    options: { with_itemindex: [] },
    words: ["on", "to typeof()", "limit"],
  }),
  define("make-series", "make-series-operator", "Arrays of aggregates over the bins of an axis, one per group.", {
    takes: "aggregates",
    options: { kind: ["nonempty"] },
    words: ["default=", "on", "from", "to", "step", "in range()", "by"],
  }),
  define("parse", "parse-operator", "Takes a text apart by a pattern, into new columns.", {
    options: { kind: ["simple", "regex", "relaxed"], flags: [] },
    words: ["with"],
  }),
  define("parse-where", "parse-where-operator", "As `parse`; rows that do not match go.", {
    options: { kind: ["simple", "regex"], flags: [] },
    words: ["with"],
  }),
  define("parse-kv", "parse-kv-operator", "Takes pairs of names and values out of a text.", { words: ["as", "with"] }),
  define("sample", "sample-operator", "That many rows, drawn by lot."),
  define("sample-distinct", "sample-distinct-operator", "That many distinct values of an expression.", {
    words: ["of"],
  }),
  define("top-hitters", "top-hitters-operator", "The most frequent values of an expression.", { words: ["of", "by"] }),
  define("top-nested", "top-nested-operator", "The best groups inside of the best groups, level by level.", {
    words: ["of", "by", "with others =", "asc", "desc"],
  }),
  define("consume", "consume-operator", "Reads all rows and gives none.", {
    takes: "nothing",
    options: { decodeblocks: flags },
  }),
  define("invoke", "invoke-operator", "Calls a function of the query with the table as its first argument.", {
    takes: "functions",
  }),
  define("assert-schema", "assert-schema-operator", "Fails unless the table has these columns.", { takes: "nothing" }),
  define("evaluate", "evaluate-operator", "Runs a plugin over the table.", {
    places: ["pipe", "source"],
    takes: "plugins",
  }),
  define("as", "as-operator", "Names the table for the rest of the query.", { takes: "nothing" }),
  define(
    "serialize",
    "serialize-operator",
    "Says that the rows have an order, so that `prev` and its kin may be used.",
  ),
  define("getschema", "getschema-operator", "The columns of the table, as rows.", { takes: "nothing" }),
  define("render", "render-operator", "Says which chart shows the result.", { takes: "charts", words: ["with ()"] }),
  define("search", "search-operator", "The rows in which a term occurs, in any column.", {
    places: ["pipe", "source"],
    options: { kind: ["case_insensitive", "case_sensitive"] },
    words: ["in ()"],
  }),
  define("find", "find-operator", "The rows of several tables for which the condition is true.", {
    places: ["source"],
    options: { withsource: [] },
    words: ["in ()", "where", "project", "project-smart"],
  }),
  define("partition", "partition-operator", "Runs a subquery over the rows of each value of a column.", {
    options: { "hint.strategy": ["native", "shuffle", "legacy"] },
    first: "by",
  }),
  define("fork", "fork-operator", "Runs several subqueries over the same rows.", { takes: "nothing" }),
  define("facet", "facet-operator", "A table of the values of each column, and one of a subquery.", {
    takes: "columns",
    first: "by",
    words: ["with ()"],
  }),
  define("scan", "scan-operator", "Matches sequences of rows, step by step.", {
    options: { with_match_id: [] },
    words: ["order by", "partition by", "declare ()", "with ()"],
  }),
  define("reduce", "reduce-operator", "Groups texts by their likeness.", { words: ["by"] }),
  define("print", "print-operator", "One row of computed values.", { places: ["source"] }),
  define("range", "range-operator", "Numbers or times with an equal distance.", {
    places: ["source"],
    words: ["from", "to", "step"],
  }),
  define("datatable", "datatable-operator", "A table that the query spells out.", {
    places: ["source"],
    takes: "nothing",
  }),
  define("externaldata", "externaldata-operator", "A table out of files at addresses.", {
    places: ["source"],
    takes: "nothing",
  }),
  define("let", "let-statement", "Names a value, a table or a function.", { places: ["statement"], takes: "nothing" }),
  define("set", "set-statement", "Sets an option of the request.", { places: ["statement"], takes: "nothing" }),
  define("declare", "query-parameters-statement", "Declares what the query is given: `declare query_parameters(…)`.", {
    places: ["statement"],
    takes: "nothing",
    words: ["query_parameters()"],
  }),
];

const byName = new Map(operators.map((operator) => [operator.name, operator]));

export function operatorNamed(name: string): OperatorInfo | undefined {
  return byName.get(name);
}

/** The kinds of charts that `render` knows, and what may be said of them. https://learn.microsoft.com/kusto/query/render-operator */
export const chartNames = charts;
export const chartProperties: readonly string[] = [
  ..."accumulate kind legend series ymin ymax title xaxis xcolumn xtitle yaxis ycolumns ysplit ytitle anomalycolumns".split(
    " ",
  ),
];
