import type { IToken } from "chevrotain";
import * as problem from "../../diagnostics/catalogue/syntax.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as ast from "../ast.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import { EntityGrammar } from "./entities.ts";
import type { Options } from "./pieces.ts";
import { nobody, nothing, nowhere } from "./reading.ts";

/** The layer that reads pipelines: a source, and the operators behind `|`. */
export abstract class OperatorGrammar extends EntityGrammar {
  // ------------------------------------------------------------ pipelines

  override readonly pipeline = this.RULE(
    "pipeline",
    (): ast.Expr => {
      const start = this.begin();
      const operators: op.Operator[] = [];
      const sourceless = this.ACTION(() => t.isReservedOperator(this.LA(1).image)) === true;
      const source = sourceless
        ? this.missingTable()
        : this.OR([
            { ALT: () => this.SUBRULE(this.print) },
            { ALT: () => this.SUBRULE(this.datatable) },
            { ALT: () => this.SUBRULE(this.externalData) },
            { ALT: () => this.SUBRULE(this.union) },
            { ALT: () => this.SUBRULE(this.search) },
            { ALT: () => this.SUBRULE(this.find) },
            { GATE: () => this.atRange(), ALT: () => this.SUBRULE(this.range) },
            { GATE: () => this.is(t.Name, 2), ALT: () => this.SUBRULE(this.evaluate) },
            { ALT: () => this.SUBRULE(this.macroExpand) },
            { GATE: () => this.atInlineExternalTable(), ALT: () => this.SUBRULE(this.inlineExternalTable) },
            { ALT: () => this.SUBRULE(this.contextualDatatable) },
            { ALT: () => this.SUBRULE(this.combineView) },
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

  /** An operator where its table should stand: `leftover` steps over it. */
  private missingTable(): ast.Missing {
    const { start, end } = this.spanOf(this.LA(1));
    this.structure.push(problem.mustNotBeFirst({ start, end }, this.LA(1).image));
    return { kind: "Missing", span: { start, end: start } };
  }

  // ------------------------------------------------------------ operators

  override readonly operator = this.RULE(
    "operator",
    (): op.Operator => {
      if (this.ACTION(() => this.atStop()) === true) {
        return this.missing((span, found) => problem.operatorExpected(span, found, undefined));
      }
      return this.OR<op.Operator>([
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
        { ALT: () => this.SUBRULE(this.reduce) },
        { ALT: () => this.SUBRULE(this.makeGraph) },
        { ALT: () => this.SUBRULE(this.graphMatch) },
        { ALT: () => this.SUBRULE(this.graphToTable) },
        { ALT: () => this.SUBRULE(this.graphMarkComponents) },
        { ALT: () => this.SUBRULE(this.graphWhere) },
        { ALT: () => this.SUBRULE(this.executeAndCache) },
        { ALT: () => this.SUBRULE(this.unknownOperator) },
      ]);
    },
    this.unread,
  );

  // render chart with (name = value, …)   https://learn.microsoft.com/kusto/query/render-operator
  private readonly render = this.RULE(
    "render",
    (): op.Operator => {
      const start = this.begin();
      const legacy: ast.Option[] = [];
      let listed: Options = [];
      this.CONSUME(t.Render);
      const chart = this.SUBRULE(this.chart);
      const bare = this.SUBRULE(this.options);
      this.OPTION(() => {
        legacy.push(this.SUBRULE(this.renderBy));
      });
      this.OPTION1(() => {
        this.OR([
          {
            GATE: () => this.is(t.Text, 2),
            ALT: () => {
              legacy.push(this.SUBRULE(this.renderWith));
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.With);
              listed = this.SUBRULE(this.optionList);
            },
          },
        ]);
      });
      return this.ACTION(() => {
        const options = [...bare, ...legacy, ...listed];
        return { kind: "Render", chart, options, span: this.spanFrom(start) };
      });
    },
    this.unread,
  );

  /** by column, …: a spelling that is no longer documented. */
  private readonly renderBy = this.RULE(
    "renderBy",
    (): ast.Option => {
      const token = this.CONSUME(t.By);
      const value = this.SUBRULE(this.newName);
      this.MANY(() => {
        this.CONSUME(t.Comma);
        this.SUBRULE1(this.newName);
      });
      return this.ACTION(() => this.wordOption(token, value));
    },
    this.fallback<ast.Option>({ kind: "Option", name: nobody, value: nothing, span: nowhere }),
  );

  /** with "text": a spelling that is no longer documented. */
  private readonly renderWith = this.RULE(
    "renderWith",
    (): ast.Option => {
      const token = this.CONSUME(t.With);
      const value = this.SUBRULE(this.literal);
      return this.ACTION(() => this.wordOption(token, value));
    },
    this.fallback<ast.Option>({ kind: "Option", name: nobody, value: nothing, span: nowhere }),
  );

  private wordOption(token: IToken, value: ast.Expr): ast.Option {
    const name: ast.Name = { kind: "Name", name: token.image, span: this.spanOf(token) };
    return { kind: "Option", name, value, span: this.spanFrom(token.startOffset) };
  }

  private readonly chart = this.RULE(
    "chart",
    (): ast.Name => {
      const token = this.CONSUME(t.Word);
      return this.ACTION(() => ({ kind: "Name", name: token.image, span: this.spanOf(token) }));
    },
    this.fallback<ast.Name>(nobody),
  );

  private readonly unknownOperator = this.RULE(
    "unknownOperator",
    (): op.Operator => {
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
