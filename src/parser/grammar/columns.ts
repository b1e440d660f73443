import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type * as ast from "../ast.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import type { Exprs } from "./pieces.ts";
import { nothing } from "./reading.ts";
import { SearchGrammar } from "./searching.ts";

/** The layer that reads operators over the rows and columns of one table. */
export abstract class ColumnGrammar extends SearchGrammar {
  // where Predicate                       https://learn.microsoft.com/kusto/query/where-operator
  protected readonly where = this.RULE(
    "where",
    (): op.Operator => {
      const start = this.begin();
      this.OR([{ ALT: () => this.CONSUME(t.Where) }, { ALT: () => this.CONSUME(t.Filter) }]);
      const options = this.SUBRULE(this.hints);
      const predicate = this.SUBRULE(this.expression);
      return this.ACTION(() => ({ kind: "Where", predicate, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // project, extend [name =] expression, …           https://learn.microsoft.com/kusto/query/project-operator
  protected readonly project = this.RULE(
    "project",
    (): op.Operator => {
      const start = this.begin();
      const kind = this.OR<"Project" | "Extend" | "ProjectRename">([
        { ALT: () => this.chosen(this.CONSUME(t.Project), "Project") },
        { ALT: () => this.chosen(this.CONSUME(t.Extend), "Extend") },
        { ALT: () => this.chosen(this.CONSUME(t.ProjectRename), "ProjectRename") },
      ]);
      let columns: Exprs = [];
      if (this.ACTION(() => kind === "Extend" && this.atStop()) === true) {
        this.missing((span, found) => problem.expressionExpected(span, found, "for example `extend Double = x * 2`"));
      }
      this.OPTION({
        GATE: () => !this.atStop(),
        DEF: () => {
          columns = this.SUBRULE(this.columns);
        },
      });
      return this.ACTION(() => ({ kind, columns, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // project-away, project-keep pattern, …            https://learn.microsoft.com/kusto/query/project-away-operator
  protected readonly projectNames = this.RULE(
    "projectNames",
    (): op.Operator => {
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

  protected readonly patterns = this.RULE(
    "patterns",
    (): Exprs => {
      const columns: ast.Expr[] = [];
      this.OPTION({
        GATE: () => !this.atStop(),
        DEF: () => {
          columns.push(this.SUBRULE(this.pattern));
          this.MANY(() => {
            this.CONSUME(t.Comma);
            columns.push(this.SUBRULE1(this.pattern));
          });
        },
      });
      return columns;
    },
    this.fallback<Exprs>([]),
  );

  // project-reorder pattern [asc | desc], …          https://learn.microsoft.com/kusto/query/project-reorder-operator
  protected readonly projectReorder = this.RULE(
    "projectReorder",
    (): op.Operator => {
      const start = this.begin();
      const columns: op.ProjectReorder["columns"][number][] = [];
      this.CONSUME(t.ProjectReorder);
      this.OPTION({
        GATE: () => !this.atStop(),
        DEF: () => {
          columns.push(this.SUBRULE(this.reordered));
          this.MANY(() => {
            this.CONSUME(t.Comma);
            columns.push(this.SUBRULE1(this.reordered));
          });
        },
      });
      return this.ACTION(() => ({ kind: "ProjectReorder", columns, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  protected readonly reordered = this.RULE(
    "reordered",
    (): op.ProjectReorder["columns"][number] => {
      let order: op.ProjectReorder["columns"][number]["order"];
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
    this.fallback<op.ProjectReorder["columns"][number]>({ column: nothing }),
  );

  // distinct column, …                    https://learn.microsoft.com/kusto/query/distinct-operator
  protected readonly distinct = this.RULE(
    "distinct",
    (): op.Operator => {
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
  protected readonly take = this.RULE(
    "take",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.Take);
      const count = this.SUBRULE(this.expression);
      return this.ACTION(() => ({ kind: "Take", count, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // sort by expression [asc | desc] [nulls first | last], …       https://learn.microsoft.com/kusto/query/sort-operator
  protected readonly sort = this.RULE(
    "sort",
    (): op.Operator => {
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
  protected readonly top = this.RULE(
    "top",
    (): op.Operator => {
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
  protected readonly count = this.RULE(
    "count",
    (): op.Operator => {
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
  protected readonly summarize = this.RULE(
    "summarize",
    (): op.Operator => {
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

  // mv-expand kind=… [name =] array [to typeof(type)], … limit n  https://learn.microsoft.com/kusto/query/mv-expand-operator
  protected readonly mvExpand = this.RULE(
    "mvExpand",
    (): op.Operator => {
      const start = this.begin();
      const options: ast.Option[] = [];
      const columns: op.MvExpand["columns"][number][] = [];
      let limit: ast.Expr | undefined;
      const word = this.OR([{ ALT: () => this.CONSUME(t.MvExpand) }, { ALT: () => this.CONSUME(t.MvExpandOld) }]);
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
      return this.ACTION(() => {
        const legacy = word.tokenType === t.MvExpandOld;
        return { kind: "MvExpand", legacy, options, columns, limit, span: this.spanFrom(start) };
      });
    },
    this.unread,
  );

  protected readonly expanded = this.RULE(
    "expanded",
    (): op.MvExpand["columns"][number] => {
      let to: ast.Typeof | undefined;
      const column = this.SUBRULE(this.column);
      this.OPTION(() => {
        this.CONSUME(t.To);
        to = this.SUBRULE(this.typeofType);
      });
      return { column, to };
    },
    this.fallback<op.MvExpand["columns"][number]>({ column: nothing }),
  );

  // serialize [name = expression, …]      https://learn.microsoft.com/kusto/query/serialize-operator
  protected readonly serialize = this.RULE(
    "serialize",
    (): op.Operator => {
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
  protected readonly getschema = this.RULE(
    "getschema",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.Getschema);
      const options = this.SUBRULE(this.options);
      return this.ACTION(() => ({ kind: "Getschema", options, span: this.spanFrom(start) }));
    },
    this.unread,
  );
}

const expandWords: ReadonlySet<string> = new Set(["kind", "bagexpansion", "with_itemindex"]);
