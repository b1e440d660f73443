import type { IToken } from "chevrotain";
import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type * as ast from "../ast.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import { nobody, nothing, nowhere } from "./reading.ts";
import { SeriesGrammar } from "./series.ts";

/** The layer that reads operators which hold pipelines or levels of their own: partition, top-nested, scan, fork, facet. */
export abstract class PartitionGrammar extends SeriesGrammar {
  /** A word that is a keyword in this place alone. */
  private wanted(token: IToken, word: string): void {
    if (token.image === word || Number.isNaN(token.startOffset)) return;
    this.structure.push(problem.expected(this.spanOf(token), `\`${word}\``, token.image));
  }

  // ------------------------------------------------------------ top-nested

  // top-nested n of expression with others = value by aggregate, …   https://learn.microsoft.com/kusto/query/top-nested-operator
  protected readonly topNested = this.RULE(
    "topNested",
    (): op.Operator => {
      const start = this.begin();
      const levels: op.TopLevel[] = [];
      levels.push(this.SUBRULE(this.topLevel));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        levels.push(this.SUBRULE1(this.topLevel));
      });
      return this.ACTION(() => ({ kind: "TopNested", levels, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly topLevel = this.RULE(
    "topLevel",
    (): op.TopLevel => {
      const start = this.begin();
      let count: ast.Expr | undefined;
      let others: ast.Expr | undefined;
      this.CONSUME(t.TopNested);
      this.OPTION({
        GATE: () => !this.is(t.Of),
        DEF: () => {
          count = this.SUBRULE(this.expression);
        },
      });
      this.CONSUME(t.Of);
      const of = this.SUBRULE(this.column);
      this.OPTION1(() => {
        this.CONSUME(t.With);
        const word = this.CONSUME(t.Word);
        this.ACTION(() => this.wanted(word, "others"));
        this.CONSUME(t.Assign);
        others = this.SUBRULE1(this.expression);
      });
      this.CONSUME(t.By);
      const by = this.SUBRULE(this.ordered);
      return this.ACTION(() => ({ kind: "TopLevel", count, of, others, by, span: this.spanFrom(start) }));
    },
    this.fallback<op.TopLevel>({ kind: "TopLevel", of: nothing, by: unordered, span: nowhere }),
  );

  // ------------------------------------------------------------ partition

  // partition hint.…=… by column (operators) or { pipeline }         https://learn.microsoft.com/kusto/query/partition-operator
  protected readonly partition = this.RULE(
    "partition",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.Partition);
      const options = this.SUBRULE(this.options);
      this.CONSUME(t.By);
      const by = this.SUBRULE(this.newName);
      const body = this.OR<ast.Steps | ast.Expr>([
        { ALT: () => this.SUBRULE(this.steps) },
        { ALT: () => this.SUBRULE(this.ownPipeline) },
      ]);
      return this.ACTION(() => ({
        kind: "Partition",
        keyword: "partition",
        options,
        by,
        body,
        span: this.spanFrom(start),
      }));
    },
    this.unread,
  );

  /** { pipeline } */
  private readonly ownPipeline = this.RULE(
    "ownPipeline",
    (): ast.Expr => {
      this.CONSUME(t.LBrace);
      const pipeline = this.SUBRULE(this.pipeline);
      this.CONSUME(t.RBrace);
      return pipeline;
    },
    this.unread,
  );

  /** __partitionby column (operators): what Microsoft's tools write for partition hint.strategy=native. */
  protected readonly partitionBy = this.RULE(
    "partitionBy",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.PartitionBy);
      const options = this.SUBRULE(this.options);
      const by = this.SUBRULE(this.newName);
      let id: ast.Expr | undefined;
      this.OPTION({
        GATE: () => this.LA(1).image === "id",
        DEF: () => {
          this.CONSUME(t.Word);
          id = this.SUBRULE(this.literal);
        },
      });
      const body = this.SUBRULE(this.steps);
      return this.ACTION(() => ({
        kind: "Partition",
        keyword: "__partitionby",
        options,
        by,
        id,
        body,
        span: this.spanFrom(start),
      }));
    },
    this.unread,
  );

  // ------------------------------------------------------------ fork, facet

  // fork name = (operators) (operators) …                            https://learn.microsoft.com/kusto/query/fork-operator
  protected readonly fork = this.RULE(
    "fork",
    (): op.Operator => {
      const start = this.begin();
      const legs: op.Fork["legs"][number][] = [];
      this.CONSUME(t.Fork);
      legs.push(this.SUBRULE(this.forkLeg));
      this.MANY({ GATE: () => !this.atStop(), DEF: () => legs.push(this.SUBRULE1(this.forkLeg)) });
      return this.ACTION(() => ({ kind: "Fork", legs, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly forkLeg = this.RULE(
    "forkLeg",
    (): op.Fork["legs"][number] => {
      let name: ast.Name | undefined;
      this.OPTION(() => {
        name = this.SUBRULE(this.newName);
        this.CONSUME(t.Assign);
      });
      const steps = this.SUBRULE(this.steps);
      return { name, steps };
    },
    this.fallback<op.Fork["legs"][number]>({ steps: noSteps }),
  );

  // facet by column, … with (operators)                              https://learn.microsoft.com/kusto/query/facet-operator
  protected readonly facet = this.RULE(
    "facet",
    (): op.Operator => {
      const start = this.begin();
      const by: ast.Name[] = [];
      let steps: ast.Steps | undefined;
      this.CONSUME(t.Facet);
      this.CONSUME(t.By);
      by.push(this.SUBRULE(this.newName));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        by.push(this.SUBRULE1(this.newName));
      });
      this.OPTION(() => {
        this.CONSUME(t.With);
        steps = this.OR<ast.Steps>([
          { GATE: () => this.is(t.LParen), ALT: () => this.SUBRULE(this.steps) },
          { ALT: () => this.SUBRULE(this.oneStep) },
        ]);
      });
      return this.ACTION(() => ({ kind: "Facet", by, steps, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly oneStep = this.RULE(
    "oneStep",
    (): ast.Steps => {
      const operator = this.SUBRULE(this.operator);
      return this.ACTION(() => ({ kind: "Steps", operators: [operator], span: operator.span }));
    },
    this.fallback<ast.Steps>(noSteps),
  );

  // ------------------------------------------------------------ scan

  // scan with_match_id=… declare (…) with (step name: condition => column = value, …; …)   https://learn.microsoft.com/kusto/query/scan-operator
  protected readonly scan = this.RULE(
    "scan",
    (): op.Operator => {
      const start = this.begin();
      let order: readonly ast.OrderedExpr[] = [];
      let declared: readonly op.ScanColumn[] = [];
      const partition: ast.Expr[] = [];
      const steps: op.ScanStep[] = [];
      this.CONSUME(t.ScanSteps);
      const options = this.SUBRULE(this.options);
      this.OPTION(() => {
        this.CONSUME(t.Sort);
        this.CONSUME(t.By);
        order = this.SUBRULE(this.orderedList);
      });
      this.OPTION1(() => {
        this.CONSUME(t.Partition);
        this.CONSUME1(t.By);
        partition.push(this.SUBRULE(this.expression));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          partition.push(this.SUBRULE1(this.expression));
        });
      });
      this.OPTION2(() => {
        this.CONSUME(t.Declare);
        declared = this.SUBRULE(this.scanColumns);
      });
      this.CONSUME(t.With);
      this.CONSUME(t.LParen);
      this.MANY1({ GATE: () => this.is(t.Step), DEF: () => steps.push(this.SUBRULE(this.scanStep)) });
      this.CONSUME(t.RParen);
      const span = this.ACTION(() => this.spanFrom(start));
      return { kind: "Scan", options, order, partition, declared, steps, span };
    },
    this.unread,
  );

  /** (name:type = default, …) */
  private readonly scanColumns = this.RULE(
    "scanColumns",
    (): readonly op.ScanColumn[] => {
      const columns: op.ScanColumn[] = [];
      this.CONSUME(t.LParen);
      columns.push(this.SUBRULE(this.scanColumn));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        columns.push(this.SUBRULE1(this.scanColumn));
      });
      this.CONSUME(t.RParen);
      return columns;
    },
    this.fallback<readonly op.ScanColumn[]>([]),
  );

  private readonly scanColumn = this.RULE(
    "scanColumn",
    (): op.ScanColumn => {
      const start = this.begin();
      let fallback: ast.Expr | undefined;
      const name = this.SUBRULE(this.newName);
      this.CONSUME(t.Colon);
      const type = this.SUBRULE(this.typeName);
      this.OPTION(() => {
        this.CONSUME(t.Assign);
        fallback = this.SUBRULE(this.expression);
      });
      return this.ACTION(() => ({ kind: "ScanColumn", name, type, default: fallback, span: this.spanFrom(start) }));
    },
    this.fallback<op.ScanColumn>({ kind: "ScanColumn", name: nobody, type: "dynamic", span: nowhere }),
  );

  /** step name optional output=last: condition => column = value, …; */
  private readonly scanStep = this.RULE(
    "scanStep",
    (): op.ScanStep => {
      const start = this.begin();
      let optional = false;
      let output: ast.Name | undefined;
      const assignments: op.ScanStep["assignments"][number][] = [];
      this.CONSUME(t.Step);
      const name = this.SUBRULE(this.newName);
      this.OPTION({
        GATE: () => this.LA(1).image === "optional",
        DEF: () => {
          this.CONSUME(t.Word);
          optional = true;
        },
      });
      this.OPTION1(() => {
        const word = this.CONSUME1(t.Word);
        this.ACTION(() => this.wanted(word, "output"));
        this.CONSUME(t.Assign);
        const value = this.CONSUME2(t.Word);
        output = this.ACTION(() => ({ kind: "Name", name: value.image, span: this.spanOf(value) }));
      });
      this.CONSUME(t.Colon);
      const condition = this.SUBRULE(this.expression);
      this.OPTION2(() => {
        this.CONSUME(t.FatArrow);
        assignments.push(this.SUBRULE(this.scanAssignment));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          assignments.push(this.SUBRULE1(this.scanAssignment));
        });
      });
      this.CONSUME(t.Semicolon);
      const span = this.ACTION(() => this.spanFrom(start));
      return { kind: "ScanStep", name, optional, output, condition, assignments, span };
    },
    this.fallback<op.ScanStep>({
      kind: "ScanStep",
      name: nobody,
      optional: false,
      condition: nothing,
      assignments: [],
      span: nowhere,
    }),
  );

  private readonly scanAssignment = this.RULE(
    "scanAssignment",
    (): op.ScanStep["assignments"][number] => {
      const column = this.SUBRULE(this.newName);
      this.CONSUME(t.Assign);
      const value = this.SUBRULE(this.expression);
      return { column, value };
    },
    this.fallback<op.ScanStep["assignments"][number]>({ column: nobody, value: nothing }),
  );
}

const unordered: ast.OrderedExpr = { kind: "Ordered", expression: nothing, span: nowhere };
const noSteps: ast.Steps = { kind: "Steps", operators: [], span: nowhere };
