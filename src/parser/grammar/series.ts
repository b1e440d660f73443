import type * as ast from "../ast.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import type { Exprs } from "./pieces.ts";
import { nothing, nowhere } from "./reading.ts";
import { ShortGrammar } from "./short.ts";

/** The layer that reads operators which make arrays and run over them: make-series, mv-apply. */
export abstract class SeriesGrammar extends ShortGrammar {
  // make-series [name =] aggregate [default = value], … on axis … by keys
  // https://learn.microsoft.com/kusto/query/make-series-operator
  protected readonly makeSeries = this.RULE(
    "makeSeries",
    (): op.Operator => {
      const start = this.begin();
      const options: ast.Option[] = [];
      const aggregates: op.SeriesColumn[] = [];
      let by: Exprs = [];
      this.CONSUME(t.MakeSeries);
      this.MANY({ GATE: () => this.atOption(seriesWords), DEF: () => options.push(this.SUBRULE(this.setting)) });
      aggregates.push(this.SUBRULE(this.seriesColumn));
      this.MANY1(() => {
        this.CONSUME(t.Comma);
        aggregates.push(this.SUBRULE1(this.seriesColumn));
      });
      this.CONSUME(t.On);
      const axis = this.SUBRULE(this.column);
      const range = this.SUBRULE(this.seriesRange);
      this.OPTION(() => {
        this.CONSUME(t.By);
        by = this.SUBRULE(this.columns);
      });
      return this.ACTION(() => ({
        kind: "MakeSeries",
        options,
        aggregates,
        axis,
        range,
        by,
        span: this.spanFrom(start),
      }));
    },
    this.unread,
  );

  private readonly seriesColumn = this.RULE(
    "seriesColumn",
    (): op.SeriesColumn => {
      let fallback: ast.Expr | undefined;
      const column = this.SUBRULE(this.column);
      this.OPTION({
        GATE: () => this.LA(1).image === "default" && this.is(t.Assign, 2),
        DEF: () => {
          this.CONSUME(t.Word);
          this.CONSUME(t.Assign);
          fallback = this.SUBRULE(this.expression);
        },
      });
      return { column, fallback };
    },
    this.fallback<op.SeriesColumn>({ column: nothing }),
  );

  /** from a to b step c, or in range(a, b, c) */
  private readonly seriesRange = this.RULE(
    "seriesRange",
    (): op.SeriesRange => {
      const start = this.begin();
      let args: Exprs | undefined;
      let [from, to]: (ast.Expr | undefined)[] = [];
      this.OPTION(() => {
        this.CONSUME(t.In);
        this.CONSUME(t.Range);
        args = this.SUBRULE(this.arguments);
      });
      const inside = this.ACTION(() => args);
      if (inside !== undefined) return { form: "in", args: inside, span: this.ACTION(() => this.spanFrom(start)) };
      this.OPTION1(() => {
        this.CONSUME(t.From);
        from = this.SUBRULE(this.expression);
      });
      this.OPTION2(() => {
        this.CONSUME(t.To);
        to = this.SUBRULE1(this.expression);
      });
      this.CONSUME(t.Step);
      const step = this.SUBRULE2(this.expression);
      return { form: "from", from, to, step };
    },
    this.fallback<op.SeriesRange>({ form: "in", args: [], span: nowhere }),
  );

  // mv-apply with_itemindex=… [name =] array [to typeof(type)], … limit n on (operators)
  // https://learn.microsoft.com/kusto/query/mv-apply-operator
  protected readonly mvApply = this.RULE(
    "mvApply",
    (): op.Operator => {
      const start = this.begin();
      const options: ast.Option[] = [];
      const columns: op.MvApply["columns"][number][] = [];
      let limit: ast.Expr | undefined;
      let id: ast.Expr | undefined;
      this.OR([{ ALT: () => this.CONSUME(t.MvApply) }, { ALT: () => this.CONSUME(t.MvApplyOld) }]);
      this.MANY({ GATE: () => this.atOption(applyWords), DEF: () => options.push(this.SUBRULE(this.setting)) });
      columns.push(this.SUBRULE(this.appliedItem));
      this.MANY1(() => {
        this.CONSUME(t.Comma);
        columns.push(this.SUBRULE1(this.appliedItem));
      });
      this.OPTION(() => {
        this.CONSUME(t.Take);
        limit = this.SUBRULE(this.expression);
      });
      this.OPTION1({
        GATE: () => this.LA(1).image === "id",
        DEF: () => {
          this.CONSUME(t.Word);
          id = this.SUBRULE(this.literal);
        },
      });
      this.CONSUME(t.On);
      const steps = this.SUBRULE(this.steps);
      return this.ACTION(() => ({ kind: "MvApply", options, columns, limit, id, steps, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly appliedItem = this.RULE(
    "appliedItem",
    (): op.MvApply["columns"][number] => {
      let to: ast.Typeof | undefined;
      const column = this.SUBRULE(this.column);
      this.OPTION(() => {
        this.CONSUME(t.To);
        to = this.SUBRULE(this.typeofType);
      });
      return { column, to };
    },
    this.fallback<op.MvApply["columns"][number]>({ column: nothing }),
  );
}

const seriesWords: ReadonlySet<string> = new Set(["kind"]);
const applyWords: ReadonlySet<string> = new Set(["with_itemindex", "kind", "bagexpansion"]);
