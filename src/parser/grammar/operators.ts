import * as problem from "../../diagnostics/catalogue/syntax.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as ast from "../ast.ts";
import * as t from "../tokens.ts";
import { type Exprs, nobody, nothing, nowhere, type Options } from "./pieces.ts";
import { SearchGrammar } from "./searching.ts";

/** The layer that reads pipelines: sources, and the operators behind `|`. */
export class OperatorGrammar extends SearchGrammar {
  // ------------------------------------------------------------ pipelines

  override readonly pipeline = this.RULE(
    "pipeline",
    (): ast.Expr => {
      const start = this.begin();
      const operators: ast.Operator[] = [];
      const source = this.OR([
        { ALT: () => this.SUBRULE(this.print) },
        { ALT: () => this.SUBRULE(this.datatable) },
        { ALT: () => this.SUBRULE(this.externalData) },
        { ALT: () => this.SUBRULE(this.union) },
        { ALT: () => this.SUBRULE(this.search) },
        { ALT: () => this.SUBRULE(this.find) },
        { GATE: () => this.is(t.Word, 2) && this.is(t.From, 3), ALT: () => this.SUBRULE(this.range) },
        { GATE: () => this.is(t.Name, 2), ALT: () => this.SUBRULE(this.evaluateSource) },
        { ALT: () => this.SUBRULE(this.unsupportedSource) },
        { ALT: () => this.SUBRULE(this.expressionSource) },
      ]);
      this.SUBRULE(this.leftover);
      this.MANY(() => {
        this.CONSUME(t.Pipe);
        operators.push(this.SUBRULE(this.operator));
        this.SUBRULE1(this.leftover);
      });
      return this.ACTION(() =>
        operators.length === 0 ? source : { kind: "Pipeline", source, operators, span: this.spanFrom(start) },
      );
    },
    this.unread,
  );

  // ------------------------------------------------------------ sources

  // print [name =] expression, …          https://learn.microsoft.com/kusto/query/print-operator
  private readonly print = this.RULE(
    "print",
    (): ast.Expr => {
      const start = this.begin();
      this.CONSUME(t.Print);
      const columns = this.SUBRULE(this.columns);
      return this.ACTION(() => ({ kind: "Print", columns, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // range name from a to b step c         https://learn.microsoft.com/kusto/query/range-operator
  private readonly range = this.RULE(
    "range",
    (): ast.Expr => {
      const start = this.begin();
      this.CONSUME(t.Range);
      const name = this.SUBRULE(this.newName);
      this.CONSUME(t.From);
      const from = this.SUBRULE(this.expression);
      this.CONSUME(t.To);
      const to = this.SUBRULE1(this.expression);
      this.CONSUME(t.Step);
      const step = this.SUBRULE2(this.expression);
      return this.ACTION(() => ({ kind: "Range", name, from, to, step, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // datatable(name:type, …) [values]      https://learn.microsoft.com/kusto/query/datatable-operator
  private readonly datatable = this.RULE(
    "datatable",
    (): ast.Expr => {
      const start = this.begin();
      this.CONSUME(t.Datatable);
      const columns = this.SUBRULE(this.schema);
      const options = this.SUBRULE(this.withOptions);
      const values = this.SUBRULE(this.values);
      return this.ACTION(() => ({ kind: "Datatable", columns, values, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // externaldata(name:type, …) [uris] with (…)      https://learn.microsoft.com/kusto/query/externaldata-operator
  private readonly externalData = this.RULE(
    "externalData",
    (): ast.Expr => {
      const start = this.begin();
      let uris: Exprs = [];
      this.CONSUME(t.ExternalData);
      const columns = this.SUBRULE(this.schema);
      this.OR([
        {
          ALT: () => {
            uris = this.SUBRULE(this.values);
          },
        },
        {
          // Older queries leave the brackets out.
          ALT: () => {
            const uri = this.SUBRULE(this.operand);
            uris = [uri];
          },
        },
      ]);
      const options = this.SUBRULE(this.withOptions);
      return this.ACTION(() => ({ kind: "ExternalData", columns, uris, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly evaluateSource = this.RULE(
    "evaluateSource",
    (): ast.Expr => {
      return this.SUBRULE(this.evaluate);
    },
    this.unread,
  );

  private readonly unsupportedSource = this.RULE(
    "unsupportedSource",
    (): ast.Expr => {
      const start = this.begin();
      const token = this.CONSUME(t.UnsupportedSource);
      this.SUBRULE(this.skipped);
      return this.ACTION(() => ({ kind: "UnsupportedSource", name: token.image, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // ------------------------------------------------------------ operators

  override readonly operator = this.RULE(
    "operator",
    (): ast.Operator => {
      if (this.ACTION(() => this.atStop()) === true) {
        return this.missing((span, found) => problem.operatorExpected(span, found, undefined));
      }
      return this.OR<ast.Operator>([
        { ALT: () => this.SUBRULE(this.where) },
        { ALT: () => this.SUBRULE(this.project) },
        { ALT: () => this.SUBRULE(this.projectNames) },
        { ALT: () => this.SUBRULE(this.projectReorder) },
        { ALT: () => this.SUBRULE(this.distinct) },
        { ALT: () => this.SUBRULE(this.take) },
        { ALT: () => this.SUBRULE(this.sort) },
        { ALT: () => this.SUBRULE(this.top) },
        { ALT: () => this.SUBRULE(this.count) },
        { ALT: () => this.SUBRULE(this.summarize) },
        { ALT: () => this.SUBRULE(this.join) },
        { ALT: () => this.SUBRULE(this.union) },
        { ALT: () => this.SUBRULE(this.mvExpand) },
        { ALT: () => this.SUBRULE(this.mvApply) },
        { ALT: () => this.SUBRULE(this.makeSeries) },
        { ALT: () => this.SUBRULE(this.parseText) },
        { ALT: () => this.SUBRULE(this.parseKv) },
        { ALT: () => this.SUBRULE(this.sampleDistinct) },
        { ALT: () => this.SUBRULE(this.sample) },
        { ALT: () => this.SUBRULE(this.topHitters) },
        { ALT: () => this.SUBRULE(this.consumeRows) },
        { ALT: () => this.SUBRULE(this.invoke) },
        { ALT: () => this.SUBRULE(this.projectByNames) },
        { ALT: () => this.SUBRULE(this.assertSchema) },
        { ALT: () => this.SUBRULE(this.evaluate) },
        { ALT: () => this.SUBRULE(this.as) },
        { ALT: () => this.SUBRULE(this.serialize) },
        { ALT: () => this.SUBRULE(this.getschema) },
        { ALT: () => this.SUBRULE(this.render) },
        { ALT: () => this.SUBRULE(this.search) },
        { ALT: () => this.SUBRULE(this.find) },
        { ALT: () => this.SUBRULE(this.topNested) },
        { ALT: () => this.SUBRULE(this.partition) },
        { ALT: () => this.SUBRULE(this.partitionBy) },
        { ALT: () => this.SUBRULE(this.fork) },
        { ALT: () => this.SUBRULE(this.facet) },
        { ALT: () => this.SUBRULE(this.scan) },
        { ALT: () => this.SUBRULE(this.unsupportedOperator) },
        { ALT: () => this.SUBRULE(this.unknownOperator) },
      ]);
    },
    this.unread,
  );

  // where Predicate                       https://learn.microsoft.com/kusto/query/where-operator
  private readonly where = this.RULE(
    "where",
    (): ast.Operator => {
      const start = this.begin();
      this.OR([{ ALT: () => this.CONSUME(t.Where) }, { ALT: () => this.CONSUME(t.Filter) }]);
      const options = this.SUBRULE(this.hints);
      const predicate = this.SUBRULE(this.expression);
      return this.ACTION(() => ({ kind: "Where", predicate, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // project, extend [name =] expression, …           https://learn.microsoft.com/kusto/query/project-operator
  private readonly project = this.RULE(
    "project",
    (): ast.Operator => {
      const start = this.begin();
      const kind = this.OR<"Project" | "Extend" | "ProjectRename">([
        { ALT: () => this.chosen(this.CONSUME(t.Project), "Project") },
        { ALT: () => this.chosen(this.CONSUME(t.Extend), "Extend") },
        { ALT: () => this.chosen(this.CONSUME(t.ProjectRename), "ProjectRename") },
      ]);
      let columns: Exprs = [];
      this.OPTION({
        GATE: () => !this.atStop() || kind === "Extend",
        DEF: () => {
          columns = this.SUBRULE(this.columns);
        },
      });
      return this.ACTION(() => ({ kind, columns, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // project-away, project-keep pattern, …            https://learn.microsoft.com/kusto/query/project-away-operator
  private readonly projectNames = this.RULE(
    "projectNames",
    (): ast.Operator => {
      const start = this.begin();
      const kind = this.OR<"ProjectAway" | "ProjectKeep">([
        { ALT: () => this.chosen(this.CONSUME(t.ProjectAway), "ProjectAway") },
        { ALT: () => this.chosen(this.CONSUME(t.ProjectKeep), "ProjectKeep") },
      ]);
      const columns = this.SUBRULE(this.patterns);
      return this.ACTION(() => ({ kind, columns, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly patterns = this.RULE(
    "patterns",
    (): Exprs => {
      const columns: ast.Expr[] = [];
      columns.push(this.SUBRULE(this.pattern));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        columns.push(this.SUBRULE1(this.pattern));
      });
      return columns;
    },
    this.fallback<Exprs>([]),
  );

  // project-reorder pattern [asc | desc], …          https://learn.microsoft.com/kusto/query/project-reorder-operator
  private readonly projectReorder = this.RULE(
    "projectReorder",
    (): ast.Operator => {
      const start = this.begin();
      const columns: ast.ProjectReorder["columns"][number][] = [];
      this.CONSUME(t.ProjectReorder);
      columns.push(this.SUBRULE(this.reordered));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        columns.push(this.SUBRULE1(this.reordered));
      });
      return this.ACTION(() => ({ kind: "ProjectReorder", columns, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly reordered = this.RULE(
    "reordered",
    (): ast.ProjectReorder["columns"][number] => {
      let order: ast.ProjectReorder["columns"][number]["order"];
      const column = this.SUBRULE(this.pattern);
      this.OPTION(() => {
        order = this.OR<typeof order>([
          { ALT: () => this.chosen(this.CONSUME(t.Ascending), "asc") },
          { ALT: () => this.chosen(this.CONSUME(t.Descending), "desc") },
          { ALT: () => (this.CONSUME(t.GrannyOrder).image === "granny-asc" ? "granny-asc" : "granny-desc") },
        ]);
      });
      return { column, order };
    },
    this.fallback<ast.ProjectReorder["columns"][number]>({ column: nothing }),
  );

  // distinct column, …                    https://learn.microsoft.com/kusto/query/distinct-operator
  private readonly distinct = this.RULE(
    "distinct",
    (): ast.Operator => {
      const start = this.begin();
      const columns: ast.Expr[] = [];
      this.CONSUME(t.Distinct);
      const options = this.SUBRULE(this.hints);
      columns.push(this.SUBRULE(this.starOrColumn));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        columns.push(this.SUBRULE1(this.starOrColumn));
      });
      return this.ACTION(() => ({ kind: "Distinct", columns, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // take Count                            https://learn.microsoft.com/kusto/query/take-operator
  private readonly take = this.RULE(
    "take",
    (): ast.Operator => {
      const start = this.begin();
      this.CONSUME(t.Take);
      const count = this.SUBRULE(this.expression);
      return this.ACTION(() => ({ kind: "Take", count, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // sort by expression [asc | desc] [nulls first | last], …       https://learn.microsoft.com/kusto/query/sort-operator
  private readonly sort = this.RULE(
    "sort",
    (): ast.Operator => {
      const start = this.begin();
      this.CONSUME(t.Sort);
      const options = this.SUBRULE(this.hints);
      this.CONSUME(t.By);
      const by = this.SUBRULE(this.orderedList);
      return this.ACTION(() => ({ kind: "Sort", by, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // top Count by expression [asc | desc]   https://learn.microsoft.com/kusto/query/top-operator
  private readonly top = this.RULE(
    "top",
    (): ast.Operator => {
      const start = this.begin();
      this.CONSUME(t.Top);
      const options = this.SUBRULE(this.hints);
      const count = this.SUBRULE(this.expression);
      this.CONSUME(t.By);
      const by = this.SUBRULE(this.ordered);
      return this.ACTION(() => ({ kind: "Top", count, by, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // count [as name]                       https://learn.microsoft.com/kusto/query/count-operator
  private readonly count = this.RULE(
    "count",
    (): ast.Operator => {
      const start = this.begin();
      let as: ast.Name | undefined;
      this.CONSUME(t.Count);
      this.OPTION(() => {
        this.CONSUME(t.As);
        as = this.SUBRULE(this.newName);
      });
      return this.ACTION(() => ({ kind: "Count", as, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // summarize [name =] aggregate, … by [name =] expression, …     https://learn.microsoft.com/kusto/query/summarize-operator
  private readonly summarize = this.RULE(
    "summarize",
    (): ast.Operator => {
      const start = this.begin();
      let [aggregates, by]: [Exprs, Exprs] = [[], []];
      this.CONSUME(t.Summarize);
      const options = this.SUBRULE(this.hints);
      this.OPTION({
        GATE: () => !this.atStop() && !this.is(t.By),
        DEF: () => {
          aggregates = this.SUBRULE(this.columns);
        },
      });
      this.OPTION1(() => {
        this.CONSUME(t.By);
        by = this.SUBRULE1(this.columns);
      });
      return this.ACTION(() => ({ kind: "Summarize", aggregates, by, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // join kind=… (right) on a, $left.x == $right.y    https://learn.microsoft.com/kusto/query/join-operator
  private readonly join = this.RULE(
    "join",
    (): ast.Operator => {
      const start = this.begin();
      const on: ast.Expr[] = [];
      const kind = this.OR<"Join" | "Lookup">([
        { ALT: () => this.chosen(this.CONSUME(t.Join), "Join") },
        { ALT: () => this.chosen(this.CONSUME(t.Lookup), "Lookup") },
      ]);
      const options = this.SUBRULE(this.options);
      const right = this.SUBRULE(this.table);
      this.OPTION(() => {
        this.CONSUME(t.On);
        on.push(this.SUBRULE(this.expression));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          on.push(this.SUBRULE1(this.expression));
        });
      });
      return this.ACTION(() => ({ kind, options, right, on, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // union kind=… withsource=… table, …    https://learn.microsoft.com/kusto/query/union-operator
  private readonly union = this.RULE(
    "union",
    (): ast.Union => {
      const start = this.begin();
      const tables: ast.Expr[] = [];
      this.CONSUME(t.Union);
      const options = this.SUBRULE(this.options);
      tables.push(this.SUBRULE(this.table));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        tables.push(this.SUBRULE1(this.table));
      });
      return this.ACTION(() => ({ kind: "Union", options, tables, span: this.spanFrom(start) }));
    },
    this.fallback<ast.Union>({ kind: "Union", options: [], tables: [], span: nowhere }),
  );

  // mv-expand kind=… [name =] array [to typeof(type)], … limit n  https://learn.microsoft.com/kusto/query/mv-expand-operator
  private readonly mvExpand = this.RULE(
    "mvExpand",
    (): ast.Operator => {
      const start = this.begin();
      const options: ast.Option[] = [];
      const columns: ast.MvExpand["columns"][number][] = [];
      let limit: ast.Expr | undefined;
      this.OR([{ ALT: () => this.CONSUME(t.MvExpand) }, { ALT: () => this.CONSUME(t.MvExpandOld) }]);
      this.MANY({ GATE: () => this.atOption(expandWords), DEF: () => options.push(this.SUBRULE(this.setting)) });
      columns.push(this.SUBRULE(this.expanded));
      this.MANY1(() => {
        this.CONSUME(t.Comma);
        columns.push(this.SUBRULE1(this.expanded));
      });
      this.OPTION(() => {
        this.CONSUME(t.Take);
        limit = this.SUBRULE(this.expression);
      });
      return this.ACTION(() => ({ kind: "MvExpand", options, columns, limit, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly expanded = this.RULE(
    "expanded",
    (): ast.MvExpand["columns"][number] => {
      let to: ast.Typeof | undefined;
      const column = this.SUBRULE(this.column);
      this.OPTION(() => {
        this.CONSUME(t.To);
        to = this.SUBRULE(this.typeofType);
      });
      return { column, to };
    },
    this.fallback<ast.MvExpand["columns"][number]>({ column: nothing }),
  );

  // evaluate plugin(arguments) : (schema)            https://learn.microsoft.com/kusto/query/evaluate-operator
  private readonly evaluate = this.RULE(
    "evaluate",
    (): ast.Evaluate => {
      const start = this.begin();
      let schema: ast.EvaluateSchema | undefined;
      this.CONSUME(t.Evaluate);
      const options = this.SUBRULE(this.options);
      const name = this.SUBRULE(this.newName);
      const args = this.SUBRULE(this.arguments);
      const call = this.ACTION((): ast.Call => ({ kind: "Call", name, args, span: this.spanFrom(name.span.start) }));
      this.OPTION(() => {
        this.CONSUME(t.Colon);
        this.OR([
          {
            GATE: () => this.is(t.Star, 2),
            ALT: () => {
              schema = this.SUBRULE(this.openSchema);
            },
          },
          {
            ALT: () => {
              const columns = this.SUBRULE(this.schema);
              schema = { open: false, columns };
            },
          },
        ]);
      });
      return this.ACTION(() => ({ kind: "Evaluate", options, call, schema, span: this.spanFrom(start) }));
    },
    this.fallback<ast.Evaluate>({ kind: "Evaluate", options: [], call: uncalled, span: nowhere }),
  );

  /** (*, a:long) */
  private readonly openSchema = this.RULE(
    "openSchema",
    (): ast.EvaluateSchema => {
      const columns: ast.ColumnDeclaration[] = [];
      this.CONSUME(t.LParen);
      this.CONSUME(t.Star);
      this.MANY(() => {
        this.CONSUME(t.Comma);
        columns.push(this.SUBRULE(this.columnDeclaration));
      });
      this.CONSUME(t.RParen);
      return { open: true, columns };
    },
    this.fallback<ast.EvaluateSchema>({ open: true, columns: [] }),
  );

  // as name                               https://learn.microsoft.com/kusto/query/as-operator
  private readonly as = this.RULE(
    "as",
    (): ast.Operator => {
      const start = this.begin();
      this.CONSUME(t.As);
      const options = this.SUBRULE(this.options);
      const name = this.SUBRULE(this.newName);
      return this.ACTION(() => ({ kind: "As", options, name, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // serialize [name = expression, …]      https://learn.microsoft.com/kusto/query/serialize-operator
  private readonly serialize = this.RULE(
    "serialize",
    (): ast.Operator => {
      const start = this.begin();
      let columns: Exprs = [];
      this.CONSUME(t.Serialize);
      this.OPTION({
        GATE: () => !this.atStop(),
        DEF: () => {
          columns = this.SUBRULE(this.columns);
        },
      });
      return this.ACTION(() => ({ kind: "Serialize", columns, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // getschema                             https://learn.microsoft.com/kusto/query/getschema-operator
  private readonly getschema = this.RULE(
    "getschema",
    (): ast.Operator => {
      const start = this.begin();
      this.CONSUME(t.Getschema);
      return this.ACTION(() => ({ kind: "Getschema", span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // render chart with (name = value, …)   https://learn.microsoft.com/kusto/query/render-operator
  private readonly render = this.RULE(
    "render",
    (): ast.Operator => {
      const start = this.begin();
      let options: Options = [];
      this.CONSUME(t.Render);
      const chart = this.SUBRULE(this.chart);
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.With);
            options = this.SUBRULE(this.optionList);
          },
        },
        {
          ALT: () => {
            options = this.SUBRULE(this.options);
          },
        },
      ]);
      return this.ACTION(() => ({ kind: "Render", chart, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly chart = this.RULE(
    "chart",
    (): ast.Name => {
      const token = this.CONSUME(t.Word);
      return this.ACTION(() => ({ kind: "Name", name: token.image, span: this.spanOf(token) }));
    },
    this.fallback<ast.Name>(nobody),
  );

  private readonly unsupportedOperator = this.RULE(
    "unsupportedOperator",
    (): ast.Operator => {
      const start = this.begin();
      const token = this.CONSUME(t.UnsupportedOperator);
      this.SUBRULE(this.skipped);
      return this.ACTION(() => ({ kind: "UnsupportedOperator", name: token.image, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly unknownOperator = this.RULE(
    "unknownOperator",
    (): ast.Operator => {
      const start = this.begin();
      this.ACTION(() => this.reportUnknownOperator());
      this.CONSUME(t.Any);
      this.SUBRULE(this.skipped);
      return this.ACTION(() => ({ kind: "Missing", span: this.spanFrom(start) }));
    },
    this.unread,
  );

  /** The name may have hyphens: `mv-expnd`. */
  private reportUnknownOperator(): void {
    const { start } = this.spanOf(this.LA(1));
    const [name = this.LA(1).image] = /^[A-Za-z_][\w-]*/.exec(this.text.slice(start, start + 64)) ?? [];
    const similar = closest(name, t.operatorNames);
    this.structure.push(problem.operatorExpected({ start, end: start + name.length }, name, similar));
  }
}

const uncalled: ast.Call = { kind: "Call", name: nobody, args: [], span: nowhere };
const expandWords: ReadonlySet<string> = new Set(["kind", "bagexpansion", "with_itemindex"]);
