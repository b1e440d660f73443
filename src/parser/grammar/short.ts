import type * as ast from "../ast.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import { ParsingGrammar } from "./parsing.ts";

/** The layer that reads operators of a few words: samples, checks, calls. */
export abstract class ShortGrammar extends ParsingGrammar {
  // sample n                              https://learn.microsoft.com/kusto/query/sample-operator
  protected readonly sample = this.RULE(
    "sample",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.Sample);
      const count = this.SUBRULE(this.expression);
      return this.ACTION(() => ({ kind: "Sample", count, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // sample-distinct n of column           https://learn.microsoft.com/kusto/query/sample-distinct-operator
  protected readonly sampleDistinct = this.RULE(
    "sampleDistinct",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.SampleDistinct);
      const count = this.SUBRULE(this.expression);
      this.CONSUME(t.Of);
      const of = this.SUBRULE1(this.expression);
      return this.ACTION(() => ({ kind: "SampleDistinct", count, of, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // top-hitters n of column by weight     https://learn.microsoft.com/kusto/query/top-hitters-operator
  protected readonly topHitters = this.RULE(
    "topHitters",
    (): op.Operator => {
      const start = this.begin();
      let by: ast.Expr | undefined;
      this.CONSUME(t.TopHitters);
      const count = this.SUBRULE(this.expression);
      this.CONSUME(t.Of);
      const of = this.SUBRULE1(this.expression);
      this.OPTION(() => {
        this.CONSUME(t.By);
        by = this.SUBRULE2(this.expression);
      });
      return this.ACTION(() => ({ kind: "TopHitters", count, of, by, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // consume decodeblocks=…                https://learn.microsoft.com/kusto/query/consume-operator
  protected readonly consumeRows = this.RULE(
    "consumeRows",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.Consume);
      const options = this.SUBRULE(this.options);
      return this.ACTION(() => ({ kind: "Consume", options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // invoke f(arguments)                   https://learn.microsoft.com/kusto/query/invoke-operator
  protected readonly invoke = this.RULE(
    "invoke",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.Invoke);
      const name = this.SUBRULE(this.newName);
      const args = this.SUBRULE(this.arguments);
      return this.ACTION(() => {
        const call: ast.Call = { kind: "Call", name, args, span: this.spanFrom(name.span.start) };
        return { kind: "Invoke", call, span: this.spanFrom(start) };
      });
    },
    this.unread,
  );

  // project-by-names text, dynamic([text, …]), …   https://learn.microsoft.com/kusto/query/project-by-names-operator
  protected readonly projectByNames = this.RULE(
    "projectByNames",
    (): op.Operator => {
      const start = this.begin();
      const names: ast.Expr[] = [];
      this.CONSUME(t.ProjectByNames);
      names.push(this.SUBRULE(this.expression));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        names.push(this.SUBRULE1(this.expression));
      });
      return this.ACTION(() => ({ kind: "ProjectByNames", names, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // reduce kind=… by expression with threshold=…, characters=…     https://learn.microsoft.com/kusto/query/reduce-operator
  protected readonly reduce = this.RULE(
    "reduce",
    (): op.Operator => {
      const start = this.begin();
      const settings: ast.Option[] = [];
      this.CONSUME(t.Reduce);
      const options = this.SUBRULE(this.options);
      this.CONSUME(t.By);
      const by = this.SUBRULE(this.column);
      this.OPTION(() => {
        this.CONSUME(t.With);
        settings.push(this.SUBRULE(this.setting));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          settings.push(this.SUBRULE1(this.setting));
        });
      });
      return this.ACTION(() => ({ kind: "Reduce", options, by, settings, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  protected readonly executeAndCache = this.RULE(
    "executeAndCache",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.ExecuteAndCache);
      return this.ACTION(() => ({ kind: "ExecuteAndCache", span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // assert-schema (name:type, …)
  protected readonly assertSchema = this.RULE(
    "assertSchema",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.AssertSchema);
      const columns = this.SUBRULE(this.schema);
      return this.ACTION(() => ({ kind: "AssertSchema", columns, span: this.spanFrom(start) }));
    },
    this.unread,
  );
}
