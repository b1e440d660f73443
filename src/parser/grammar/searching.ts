import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type * as ast from "../ast.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import { PartitionGrammar } from "./partitions.ts";
import type { Exprs } from "./pieces.ts";
import { nobody, nothing, nowhere } from "./reading.ts";

/** The layer that reads operators over several tables: search, find. */
export abstract class SearchGrammar extends PartitionGrammar {
  // search kind=… in (tables) predicate   https://learn.microsoft.com/kusto/query/search-operator
  protected readonly search = this.RULE(
    "search",
    (): op.Search => {
      const start = this.begin();
      let tables: Exprs | undefined;
      this.CONSUME(t.Search);
      const options = this.SUBRULE(this.options);
      this.OPTION(() => {
        tables = this.SUBRULE(this.searched);
      });
      const predicate = this.SUBRULE(this.searchPredicate);
      return this.ACTION(() => ({ kind: "Search", options, tables, predicate, span: this.spanFrom(start) }));
    },
    this.fallback<op.Search>({ kind: "Search", options: [], predicate: nothing, span: nowhere }),
  );

  /** An expression, `*`, or `* and` an expression. */
  private readonly searchPredicate = this.RULE(
    "searchPredicate",
    (): ast.Expr => {
      if (this.ACTION(() => this.atStop()) === true) {
        return this.missing((span, found) => problem.expressionExpected(span, found, 'for example `search "term"`'));
      }
      return this.OR([
        {
          GATE: () => this.is(t.Star) && !this.atStarOperand(),
          ALT: () => {
            const star = this.CONSUME(t.Star);
            let node: ast.Expr = this.ACTION(() => ({ kind: "Star", span: this.spanOf(star) }));
            this.OPTION({
              GATE: () => this.LA(1).image === "and",
              DEF: () => {
                const and = this.CONSUME(t.InfixWord);
                const right = this.SUBRULE(this.expression);
                node = this.ACTION(() => ({
                  kind: "Binary",
                  operator: "and",
                  operatorSpan: this.spanOf(and),
                  left: node,
                  right,
                  span: this.spanFrom(star.startOffset),
                }));
              },
            });
            return node;
          },
        },
        { ALT: () => this.SUBRULE(this.expressionSource) },
      ]);
    },
    this.unread,
  );

  /** in (T1, T2*, database("d").T, T | as name) */
  private readonly searched = this.RULE(
    "searched",
    (): Exprs => {
      const tables: ast.Expr[] = [];
      const word = this.CONSUME(t.In);
      this.ACTION(() => {
        if (word.image !== "in") this.structure.push(problem.expected(this.spanOf(word), "`in`", word.image));
      });
      this.CONSUME(t.LParen);
      tables.push(this.SUBRULE(this.searchedTable));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        tables.push(this.SUBRULE1(this.searchedTable));
      });
      this.CONSUME(t.RParen);
      return tables;
    },
    this.fallback<Exprs>([]),
  );

  private readonly searchedTable = this.RULE(
    "searchedTable",
    (): ast.Expr => {
      const start = this.begin();
      if (this.ACTION(() => this.atStop() || this.is(t.LParen)) === true) {
        return this.missing((span, found) =>
          problem.expected(span, "the name of a table", found, "`let` gives a subquery a name"),
        );
      }
      let table = this.SUBRULE(this.pattern);
      this.OPTION(() => {
        this.CONSUME(t.Pipe);
        const as = this.CONSUME(t.As);
        const name = this.SUBRULE(this.newName);
        const source = table;
        table = this.ACTION(() => {
          // An `as` that was forgotten stands nowhere.
          const from = as.isInsertedInRecovery ? name.span.start : as.startOffset;
          const operator: op.As = { kind: "As", options: [], name, span: this.spanFrom(from) };
          return { kind: "Pipeline", source, operators: [operator], span: this.spanFrom(start) };
        });
      });
      return table;
    },
    this.unread,
  );

  // find withsource=… in (tables) where predicate project …          https://learn.microsoft.com/kusto/query/find-operator
  protected readonly find = this.RULE(
    "find",
    (): op.Find => {
      const start = this.begin();
      let tables: Exprs | undefined;
      let project: readonly op.FindColumn[] | undefined;
      let away: readonly op.FindColumn[] | undefined;
      this.CONSUME(t.Find);
      const options = this.SUBRULE(this.options);
      this.OPTION(() => {
        tables = this.SUBRULE(this.searched);
      });
      this.ACTION(() => {
        if ((options.length > 0 || tables) && !this.is(t.Where))
          this.missing((span, found) => problem.expected(span, "`where`", found));
      });
      this.OPTION1(() => this.CONSUME(t.Where));
      const predicate = this.SUBRULE(this.expression);
      this.OPTION2(() => {
        this.OR([
          { ALT: () => this.CONSUME(t.ProjectSmart) },
          {
            ALT: () => {
              this.CONSUME(t.Project);
              project = this.SUBRULE(this.findList);
            },
          },
        ]);
      });
      this.OPTION3({
        GATE: () => this.LA(1).image === "__projectAway",
        DEF: () => {
          this.CONSUME(t.Word);
          away = this.SUBRULE1(this.findList);
        },
      });
      const span = this.ACTION(() => this.spanFrom(start));
      return { kind: "Find", options, tables, predicate, project, away, span };
    },
    this.fallback<op.Find>({ kind: "Find", options: [], predicate: nothing, span: nowhere }),
  );

  /** a, b:string, pack(*) */
  private readonly findList = this.RULE(
    "findList",
    (): readonly op.FindColumn[] => {
      const columns: op.FindColumn[] = [];
      columns.push(this.SUBRULE(this.findColumn));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        columns.push(this.SUBRULE1(this.findColumn));
      });
      return columns;
    },
    this.fallback<readonly op.FindColumn[]>([]),
  );

  private readonly findColumn = this.RULE(
    "findColumn",
    (): op.FindColumn => {
      let type: op.FindColumn["type"];
      let pack = false;
      const name = this.OR<ast.Name>([
        {
          ALT: () => {
            const star = this.CONSUME1(t.Star);
            return this.ACTION(() => ({ kind: "Name", name: "", span: this.spanOf(star) }));
          },
        },
        { ALT: () => this.SUBRULE(this.newName) },
      ]);
      this.OPTION({
        GATE: () => name.name === "pack",
        DEF: () => {
          this.CONSUME(t.LParen);
          this.CONSUME(t.Star);
          this.CONSUME(t.RParen);
          pack = true;
        },
      });
      this.OPTION1({
        GATE: () => !pack,
        DEF: () => {
          this.CONSUME(t.Colon);
          type = this.SUBRULE(this.typeName);
        },
      });
      return { name, type, pack };
    },
    this.fallback<op.FindColumn>({ name: nobody, pack: false }),
  );
}
