import type * as ast from "../ast.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import { ColumnGrammar } from "./columns.ts";
import type { Exprs } from "./pieces.ts";
import { nobody, nowhere } from "./reading.ts";

/** The layer that reads sources, and operators that bring tables of their own or name the one at hand. */
export abstract class TableGrammar extends ColumnGrammar {
  // print [name =] expression, …          https://learn.microsoft.com/kusto/query/print-operator
  protected readonly print = this.RULE(
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
  protected readonly range = this.RULE(
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
  protected readonly datatable = this.RULE(
    "datatable",
    (): ast.Expr => {
      const start = this.begin();
      this.CONSUME(t.Datatable);
      const columns = this.SUBRULE(this.schema);
      const options = this.SUBRULE(this.withOptions);
      const values = this.SUBRULE(this.literals);
      return this.ACTION(() => ({ kind: "Datatable", columns, values, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // externaldata(name:type, …) [uris] with (…)      https://learn.microsoft.com/kusto/query/externaldata-operator
  protected readonly externalData = this.RULE(
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

  // join kind=… (right) on a, $left.x == $right.y    https://learn.microsoft.com/kusto/query/join-operator
  protected readonly join = this.RULE(
    "join",
    (): op.Operator => {
      const start = this.begin();
      const on: ast.Expr[] = [];
      let where: ast.Expr | undefined;
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
      this.OPTION1({
        GATE: () => kind === "Join" && on.length === 0,
        DEF: () => {
          this.CONSUME(t.Where);
          where = this.SUBRULE2(this.expression);
        },
      });
      return this.ACTION(() => {
        const span = this.spanFrom(start);
        return kind === "Join" ? { kind, options, right, on, where, span } : { kind, options, right, on, span };
      });
    },
    this.unread,
  );

  // union kind=… withsource=… table, …    https://learn.microsoft.com/kusto/query/union-operator
  protected readonly union = this.RULE(
    "union",
    (): op.Union => {
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
    this.fallback<op.Union>({ kind: "Union", options: [], tables: [], span: nowhere }),
  );

  // evaluate plugin(arguments) : (schema)            https://learn.microsoft.com/kusto/query/evaluate-operator
  protected readonly evaluate = this.RULE(
    "evaluate",
    (): op.Evaluate => {
      const start = this.begin();
      let schema: op.EvaluateSchema | undefined;
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
    this.fallback<op.Evaluate>({ kind: "Evaluate", options: [], call: uncalled, span: nowhere }),
  );

  /** (*, a:long) */
  protected readonly openSchema = this.RULE(
    "openSchema",
    (): op.EvaluateSchema => {
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
    this.fallback<op.EvaluateSchema>({ open: true, columns: [] }),
  );

  // as name                               https://learn.microsoft.com/kusto/query/as-operator
  protected readonly as = this.RULE(
    "as",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.As);
      const options = this.SUBRULE(this.options);
      const name = this.SUBRULE(this.newName);
      return this.ACTION(() => ({ kind: "As", options, name, span: this.spanFrom(start) }));
    },
    this.unread,
  );
}

const uncalled: ast.Call = { kind: "Call", name: nobody, args: [], span: nowhere };
