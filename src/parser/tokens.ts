import { createToken, Lexer, type TokenType } from "chevrotain";

/*
 * The vocabulary. The lexer is our own (lexer.ts), so no token has a pattern. Kusto decides by context whether a
 * keyword is a name: categories say where each may stand.
 */

function token(name: string, ...categories: readonly TokenType[]): TokenType {
  return createToken({ name, pattern: Lexer.NA, categories: [...categories] });
}

// -------------------------------------------------------------- categories

/** Every token. */
export const Any = token("Any");
/** Looks like a name: identifiers and all keywords. */
export const Word = token("Word", Any);
/** May begin an operand. */
export const OperandStart = token("OperandStart", Any);
/** A word that stands for a name wherever an expression may: `count`, but not `where`. */
export const Name = token("Name", Word, OperandStart);
export const Literal = token("Literal", OperandStart);
export const Infix = token("Infix", Any);
export const InfixWord = token("InfixWord", Infix, Word);
export const Sign = token("Sign", Infix, OperandStart);

// ------------------------------------------------------- names and literals

export const Identifier = token("Identifier", Name);
export const Text = token("Text", OperandStart);
export const Digits = token("Digits", Literal);
export const Bool = token("Bool", Literal, Word);
/** datetime(2020-01-01), long(null), … as one token. */
export const TypedLiteral = token("TypedLiteral", Literal);
/** dynamic(…) as one token. */
export const DynamicLiteral = token("DynamicLiteral", Literal);

// -------------------------------------------------------------- punctuation

export const LParen = token("LParen", OperandStart);
export const RParen = token("RParen", Any);
export const LBracket = token("LBracket", Any);
export const RBracket = token("RBracket", Any);
export const LBrace = token("LBrace", Any);
export const RBrace = token("RBrace", Any);
export const Pipe = token("Pipe", Any);
export const Comma = token("Comma", Any);
export const Semicolon = token("Semicolon", Any);
export const Colon = token("Colon", Any);
export const Dot = token("Dot", Any);
export const DotDot = token("DotDot", Any);
export const Assign = token("Assign", Any);
export const Star = token("Star", Infix);
export const FatArrow = token("FatArrow", Any);
/** Of operators that are not read yet: `<|`, `-->`, … */
export const OtherMark = token("OtherMark", Any);

export const Symbolic = token("Symbolic", Infix);
const InList = token("InList", Word);
const BetweenWord = token("BetweenWord", Word);

export { BetweenWord as Between, InList as In };

const marks = new Map<string, TokenType>([
  ["(", LParen],
  [")", RParen],
  ["[", LBracket],
  ["]", RBracket],
  ["{", LBrace],
  ["}", RBrace],
  ["|", Pipe],
  [",", Comma],
  [";", Semicolon],
  [":", Colon],
  [".", Dot],
  ["..", DotDot],
  ["=", Assign],
  ["*", Star],
  ["-", Sign],
  ["+", Sign],
  ["=>", FatArrow],
  ["<|", OtherMark],
  ...["/", "%", "==", "!=", "<>", "<", "<=", ">", ">=", "=~", "!~"].map((mark) => [mark, Symbolic] as const),
]);

export function markNamed(text: string): TokenType | undefined {
  return marks.get(text);
}

// ----------------------------------------------------------------- keywords

const hard = (...words: readonly string[]) => keyword(words, Word);
const soft = (...words: readonly string[]) => keyword(words, Name);
const keywords = new Map<string, TokenType>();

function keyword(words: readonly string[], ...categories: readonly TokenType[]): TokenType {
  const type = token(`"${words[0]}"`, ...categories);
  for (const word of words) keywords.set(word, type);
  return type;
}

export const Let = soft("let");
export const SetWord = hard("set");
export const Declare = soft("declare");
export const Alias = soft("alias");
export const Restrict = soft("restrict");
export const View = soft("view");
export const Typeof = soft("typeof");
export const By = hard("by");
export const To = hard("to");
export const On = soft("on");
export const From = soft("from");
export const Step = soft("step");
export const With = soft("with");
export const Nulls = soft("nulls");
export const Of = soft("of");
export const Ascending = hard("asc");
export const Descending = hard("desc");
export const GrannyOrder = keyword(["granny-asc", "granny-desc"], Word);

export const Print = hard("print");
export const Range = soft("range");
export const Datatable = hard("datatable");
export const ExternalData = hard("externaldata", "external_data");

export const Where = keyword(["where"], Word);
export const Filter = soft("filter");
export const Project = hard("project");
export const ProjectAway = hard("project-away");
export const ProjectKeep = hard("project-keep");
export const ProjectRename = hard("project-rename");
export const ProjectReorder = hard("project-reorder");
export const Extend = soft("extend");
export const Distinct = soft("distinct");
export const Take = soft("take", "limit");
export const Sort = soft("sort", "order");
export const Top = soft("top");
export const Count = soft("count");
export const Summarize = soft("summarize");
export const Join = soft("join");
export const Lookup = soft("lookup");
export const Union = hard("union");
export const MvExpand = hard("mv-expand");
export const MakeSeries = hard("make-series");
export const MvExpandOld = soft("mvexpand");
export const MvApply = hard("mv-apply");
export const MvApplyOld = soft("mvapply");
export const Parse = soft("parse");
export const ParseWhere = hard("parse-where");
export const ParseKv = hard("parse-kv");
export const Sample = hard("sample");
export const SampleDistinct = hard("sample-distinct");
export const TopHitters = hard("top-hitters");
export const Consume = soft("consume");
export const Invoke = hard("invoke");
export const ProjectByNames = hard("project-by-names");
export const AssertSchema = hard("assert-schema");
export const Evaluate = soft("evaluate");
export const As = hard("as");
export const Serialize = soft("serialize");
export const Getschema = soft("getschema");
export const Render = soft("render");
export const Search = hard("search");
export const Find = hard("find");
export const ProjectSmart = hard("project-smart");
export const TopNested = hard("top-nested");
export const Partition = soft("partition");
export const PartitionBy = soft("__partitionby");
export const Fork = soft("fork");
export const Facet = soft("facet");
export const ScanSteps = soft("scan");

export const Reduce = soft("reduce");
export const MakeGraph = hard("make-graph");
export const PartitionedBy = hard("partitioned-by");
export const GraphMatch = hard("graph-match", "graph-shortest-paths");
export const GraphToTable = hard("graph-to-table");
export const GraphMarkComponents = hard("graph-mark-components");
export const GraphWhere = hard("graph-where-nodes", "graph-where-edges");
export const ExecuteAndCache = hard("__executeAndCache");
export const MacroExpand = hard("macro-expand");
export const EntityGroup = soft("entity_group");
export const InlineExternalTable = soft("inline_external_table");
export const ContextualDatatable = soft("__contextual_datatable");
export const Datascope = soft("datascope");
export const CombineView = hard("materialized-view-combine");

const strings =
  "has has_cs hasprefix hasprefix_cs hassuffix hassuffix_cs contains contains_cs startswith startswith_cs " +
  "endswith endswith_cs like like_cs";
/** Word operators with the name that the tree gives them. */
export const infixWords: ReadonlyMap<string, string> = new Map([
  ["and", "and"],
  ["or", "or"],
  ...strings.split(" ").flatMap((word) => [[word, word] as const, [`!${word}`, `!${word}`] as const]),
  ["containscs", "contains_cs"],
  ["likecs", "like_cs"],
  ["notcontains", "!contains"],
  ["notcontainscs", "!contains_cs"],
  ["notlike", "!like"],
  ["notlikecs", "!like_cs"],
]);
for (const word of infixWords.keys()) keywords.set(word, InfixWord);
for (const word of ["in", "!in", "in~", "!in~", "has_any", "has_all"]) keywords.set(word, InList);
for (const word of ["between", "!between"]) keywords.set(word, BetweenWord);
for (const word of ["true", "True", "TRUE", "false", "False", "FALSE"]) keywords.set(word, Bool);

/** The keyword's token, or that of a name. */
export function wordNamed(text: string): TokenType {
  return keywords.get(text) ?? (/\s/.test(text) ? InfixWord : Identifier); // `matches  regex`, with any blanks
}

/** Keywords with hyphens, by the word before the first one, the longest first: else `project-away` is a subtraction. */
export const hyphenated: ReadonlyMap<string, readonly string[]> = (() => {
  const byHead = new Map<string, string[]>();
  for (const word of [...keywords.keys()].sort((a, b) => b.length - a.length)) {
    const hyphen = word.indexOf("-");
    if (hyphen < 0) continue;
    const head = word.slice(0, hyphen);
    byHead.set(head, [...(byHead.get(head) ?? []), word]);
  }
  return byHead;
})();

/** What may stand after `|`, for suggestions. */
export const operatorNames: readonly string[] = (
  "where filter project project-away project-keep project-rename project-reorder extend distinct take limit sort " +
  "order top count summarize join lookup union mv-expand mvexpand make-series evaluate as serialize getschema render " +
  "search top-nested partition fork facet scan mv-apply mvapply parse parse-where parse-kv sample " +
  "sample-distinct top-hitters consume invoke project-by-names assert-schema reduce make-graph graph-match " +
  "graph-shortest-paths graph-to-table graph-mark-components graph-where-nodes graph-where-edges"
).split(" ");
const reservedOperators: ReadonlySet<string> = new Set(
  [...operatorNames, "__executeAndCache"].filter(
    (name) => name !== "union" && name !== "search" && !keywords.get(name)?.CATEGORIES?.includes(Name),
  ),
);
/** An operator that is no source, and whose name stands for nothing else: where a query begins with it, a table is missing. */
export function isReservedOperator(word: string): boolean {
  return reservedOperators.has(word);
}

const placeholders: readonly TokenType[] = [
  ...[Any, Word, OperandStart, Name, Literal, Infix, InfixWord, Sign],
  ...[Identifier, Text, Digits, Bool, TypedLiteral, DynamicLiteral, InList, BetweenWord],
];
export const vocabulary: readonly TokenType[] = [
  ...new Set([...placeholders, ...marks.values(), ...keywords.values()]),
];

// ------------------------------------------------------------ reserved words

/*
 * Keywords that Kusto's language reserves although this grammar has no use for them: as names they need brackets.
 * From the syntax facts of @kusto/language-service-next.
 */
const reservedEverywhere =
  "__crossCluster __crossDB __id __isFuzzy __noWithSource __packedColumn __sourceColumnIndex anomalychart areachart " +
  "bagexpansion barchart bin_legacy cachingpolicy callout cancel card columnchart __contextual_datatable cycles " +
  "dataexport datascope decodeblocks encodingpolicy expandoutput extent_tags_retention first flags harddelete " +
  "hardretention hotcache isfuzzy force_remote journal ladderchart last linechart missing nooptimization others " +
  "pathformat piechart pivotchart __projectAway queries query_results relaxed restricted_view_access " +
  "row_level_security rowstore rowstore_references rowstore_sealinfo rowstorepolicy rowstores scatterchart seal seals " +
  "shards simple softdelete softretention stackedareachart statistics storedqueryresultcontainers tablepurge " +
  "timechart timeline timepivot treemap unrestrictedviewers views with_itemindex with_match_id " +
  "with_step_name writeaheadlog boolean int8 char uint8 byte int16 uint16 uint uint32 ulong uint64 float string " +
  "uniqueid";
const reservedAsReference = "accumulate earliest latest mdm of sql title verbose viewers";
/** Words that this grammar reads in other places, so that only a name that is declared can be mistaken for them. */
const reservedAsDeclaration =
  "and or asc desc between contains_cs containscs endswith endswith_cs startswith startswith_cs has_all has_any has_cs " +
  "hasprefix hasprefix_cs hassuffix hassuffix_cs like likecs notcontains notcontainscs notlike notlikecs project union " +
  "external_data __executeAndCache";
const typeWords = "int int32 long int64 real decimal double time timespan date datetime dynamic";
const hyphenatedKeywords = () => [...keywords.keys()].filter((word) => word.includes("-"));
const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Words that need brackets where a column is read, declared (`word = …`), or called. */
export const reserved = {
  reference: set(`${reservedEverywhere} ${reservedAsReference} ${typeWords} materialize toscalar totable`),
  declaration: set([reservedEverywhere, typeWords, reservedAsDeclaration, ...hyphenatedKeywords()].join(" ")),
  call: set(`${reservedEverywhere} ${reservedAsReference}`),
} as const;
