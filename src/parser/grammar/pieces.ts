import type { IToken, TokenType } from "chevrotain";
import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type * as ast from "../ast.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import { ExpressionGrammar } from "./expressions.ts";
import { nobody, nothing, nowhere, type Rule } from "./reading.ts";

export type Options = readonly ast.Option[];
export type Exprs = readonly ast.Expr[];

/** The layer with the pieces that several operators share: options, orders, tables, lists of values. */
export abstract class PieceGrammar extends ExpressionGrammar {
  /** Layers up: a subquery is made of operators. */
  abstract readonly operator: Rule<op.Operator>;

  /** For alternatives that differ in their keyword alone. */
  protected chosen<T>(_keyword: unknown, value: T): T {
    return value;
  }

  /** Any token begins it: what no expression can begin with is reported as a missing one. */
  protected readonly expressionSource = this.RULE(
    "expressionSource",
    (): ast.Expr => {
      if (this.ACTION(() => true) === true) return this.SUBRULE(this.expression);
      return this.OR([
        { ALT: () => this.SUBRULE(this.expression) },
        {
          ALT: () => {
            const token = this.CONSUME(t.Any);
            return { kind: "Missing" as const, span: this.spanOf(token) };
          },
        },
      ]);
    },
    this.unread,
  );

  /** What an operator has not read up to the next `|`, `;`, comma or closing bracket. */
  protected readonly leftover = this.RULE("leftover", (): void => {
    this.OPTION({
      GATE: () => !this.atStop(),
      DEF: () => {
        this.ACTION(() => this.reportLeftover());
        this.SUBRULE(this.skipped);
      },
    });
  });

  protected reportLeftover(): void {
    const token = this.LA(1);
    const gap = this.text.slice(this.spanOf(this.LA(0)).end, token.startOffset);
    const newLine = /[\r\n]/.test(gap) && this.is(t.Word);
    const report = newLine ? problem.missingSemicolon : problem.unexpected;
    this.structure.push(report(this.spanOf(token), token.image));
  }

  /** Tokens with balanced brackets, up to the next `|`, `;` or closing bracket. */
  protected readonly skipped = this.RULE("skipped", (): void => {
    let depth = 0;
    this.MANY({
      GATE: () => depth > 0 || !this.atStop() || this.is(t.Comma),
      DEF: () => {
        depth += nesting(this.CONSUME(t.Any).tokenType);
      },
    });
  });

  /** [1, -2, "x"]; a comma before or behind is no value. */
  protected readonly literals = this.RULE(
    "literals",
    (): Exprs => {
      const values: ast.Expr[] = [];
      this.CONSUME(t.LBracket);
      this.OPTION(() => this.CONSUME(t.Comma));
      this.MANY({
        GATE: () => !this.is(t.RBracket),
        DEF: () => {
          const value = this.OR<ast.Expr>([
            { GATE: () => this.atLiteral(), ALT: () => this.SUBRULE(this.literalValue) },
            { ALT: () => this.SUBRULE(this.noValue) },
          ]);
          values.push(value);
          this.OPTION1(() => this.CONSUME1(t.Comma));
        },
      });
      this.CONSUME(t.RBracket);
      return values;
    },
    this.fallback<Exprs>([]),
  );

  private atLiteral(): boolean {
    return this.is(t.Literal) || this.is(t.Text) || (this.is(t.Sign) && this.is(t.Literal, 2));
  }

  /** 1, -2, "x": no expression. */
  private readonly literalValue = this.RULE(
    "literalValue",
    (): ast.Expr => {
      const start = this.begin();
      let sign: IToken | undefined;
      this.OPTION(() => {
        sign = this.CONSUME(t.Sign);
      });
      const value = this.SUBRULE(this.literal);
      this.ACTION(() => {
        const next = this.LA(1);
        if (!this.atStop()) this.structure.push(problem.expected(this.spanOf(next), "`,`", next.image));
      });
      this.SUBRULE(this.skippedValue);
      const operator = sign?.image === "-" ? "-" : "+";
      return this.ACTION(() =>
        sign ? { kind: "Unary", operator, operand: value, span: this.spanFrom(start) } : value,
      );
    },
    this.unread,
  );

  /** What is no literal, or the comma before which one is missing. */
  private readonly noValue = this.RULE(
    "noValue",
    (): ast.Expr => {
      this.ACTION(() => this.structure.push(problem.valueExpected(this.spanOf(this.LA(1)), this.LA(1).image)));
      const token = this.CONSUME(t.Any);
      this.OPTION({ GATE: () => token.tokenType !== t.Comma, DEF: () => this.SUBRULE(this.skippedValue) });
      return this.ACTION((): ast.Missing => ({ kind: "Missing", span: this.spanOf(token) }));
    },
    this.unread,
  );

  /** Tokens with balanced brackets, up to the next comma or closing bracket. */
  private readonly skippedValue = this.RULE("skippedValue", (): void => {
    let depth = 0;
    this.MANY({
      GATE: () => depth > 0 || (!this.is(t.Comma) && !this.is(t.RBracket)),
      DEF: () => {
        depth += nesting(this.CONSUME(t.Any).tokenType);
      },
    });
  });

  /** [a, b, c]; a comma before or behind is no value. */
  protected readonly values = this.RULE(
    "values",
    (): Exprs => {
      const values: ast.Expr[] = [];
      this.CONSUME(t.LBracket);
      this.OPTION(() => this.CONSUME(t.Comma));
      this.OPTION1({
        GATE: () => !this.is(t.RBracket),
        DEF: () => {
          values.push(this.SUBRULE(this.expression));
          this.MANY({
            GATE: () => !this.is(t.RBracket, 2),
            DEF: () => {
              this.CONSUME1(t.Comma);
              values.push(this.SUBRULE1(this.expression));
            },
          });
          this.OPTION2(() => this.CONSUME2(t.Comma));
        },
      });
      this.CONSUME(t.RBracket);
      return values;
    },
    this.fallback<Exprs>([]),
  );

  /** Whether `word =` or `hint.word =` is next; `known` limits the words. */
  protected atOption(known?: ReadonlySet<string>): boolean {
    if (!this.is(t.Word)) return false;
    const { image } = this.LA(1);
    if (this.is(t.Assign, 2)) return known === undefined || known.has(image);
    return image === "hint" && this.is(t.Dot, 2) && this.is(t.Word, 3) && this.is(t.Assign, 4);
  }

  /** hint.name = value: before what may itself be `name = …`. */
  protected readonly hints = this.RULE(
    "hints",
    (): Options => {
      const options: ast.Option[] = [];
      this.MANY({ GATE: () => this.atOption(noWords), DEF: () => options.push(this.SUBRULE(this.setting)) });
      return options;
    },
    this.fallback<Options>([]),
  );

  /** name = value, as often as it stands there. */
  protected readonly options = this.RULE(
    "options",
    (): Options => {
      const options: ast.Option[] = [];
      this.MANY({ GATE: () => this.atOption(), DEF: () => options.push(this.SUBRULE(this.setting)) });
      return options;
    },
    this.fallback<Options>([]),
  );

  protected readonly setting = this.RULE(
    "setting",
    (): ast.Option => {
      const start = this.begin();
      const name = this.SUBRULE(this.optionName);
      this.CONSUME(t.Assign);
      const value = this.SUBRULE(this.optionValue);
      return this.ACTION(() => ({ kind: "Option", name, value, span: this.spanFrom(start) }));
    },
    this.fallback<ast.Option>({ kind: "Option", name: nobody, value: nothing, span: nowhere }),
  );

  protected readonly optionName = this.RULE(
    "optionName",
    (): ast.Name => {
      const start = this.begin();
      this.CONSUME(t.Word);
      this.OPTION(() => {
        this.CONSUME(t.Dot);
        this.CONSUME1(t.Word);
      });
      return this.ACTION(() => {
        const span = this.spanFrom(start);
        return { kind: "Name", name: this.text.slice(span.start, span.end).replace(/\s/g, ""), span };
      });
    },
    this.fallback<ast.Name>(nobody),
  );

  /** A literal or one word: `kind=inner (T)` is no call. */
  protected readonly optionValue = this.RULE(
    "optionValue",
    (): ast.Expr => {
      const start = this.begin();
      let negative = false;
      this.OPTION(() => {
        this.CONSUME(t.Sign);
        negative = true;
      });
      const value: ast.Expr = this.OR([
        { ALT: () => this.SUBRULE(this.literal) },
        { ALT: () => this.SUBRULE(this.newName) },
      ]);
      return this.ACTION(() =>
        negative ? { kind: "Unary", operator: "-", operand: value, span: this.spanFrom(start) } : value,
      );
    },
    this.unread,
  );

  /** with (name = value, …), or nothing. */
  protected readonly withOptions = this.RULE(
    "withOptions",
    (): Options => {
      let options: Options = [];
      this.OPTION(() => {
        this.CONSUME(t.With);
        options = this.SUBRULE(this.optionList);
      });
      return options;
    },
    this.fallback<Options>([]),
  );

  /** (name = value, …). Further values of one name become options of the same name: `ycolumns = a, b`. */
  protected readonly optionList = this.RULE(
    "optionList",
    (): Options => {
      const options: ast.Option[] = [];
      this.CONSUME(t.LParen);
      this.OPTION1(() => this.CONSUME1(t.Comma));
      this.OPTION({
        GATE: () => !this.is(t.RParen),
        DEF: () => {
          options.push(this.SUBRULE(this.setting));
          this.MANY(() => {
            this.CONSUME(t.Comma);
            this.OR([
              {
                GATE: () => this.atOption(),
                ALT: () => {
                  options.push(this.SUBRULE1(this.setting));
                },
              },
              {
                ALT: () => {
                  const value = this.SUBRULE(this.optionValue);
                  this.ACTION(() => {
                    const name = options.at(-1)?.name ?? nobody;
                    options.push({ kind: "Option", name, value, span: value.span });
                  });
                },
              },
            ]);
          });
        },
      });
      this.CONSUME(t.RParen);
      return options;
    },
    this.fallback<Options>([]),
  );

  protected readonly starOrColumn = this.RULE(
    "starOrColumn",
    (): ast.Expr => {
      const start = this.begin();
      return this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Star);
            return this.ACTION((): ast.Expr => ({ kind: "Star", span: this.spanFrom(start) }));
          },
        },
        {
          GATE: () => this.atAssignment(),
          ALT: () => {
            const name = this.SUBRULE(this.newName);
            this.CONSUME(t.Assign);
            const value = this.SUBRULE(this.expression);
            return this.ACTION(
              (): ast.Expr => ({ kind: "Named", names: [name], tuple: false, value, span: this.spanFrom(start) }),
            );
          },
        },
        { ALT: () => this.SUBRULE(this.expressionSource) },
      ]);
    },
    this.unread,
  );

  protected readonly orderedList = this.RULE(
    "orderedList",
    (): readonly ast.OrderedExpr[] => {
      const by: ast.OrderedExpr[] = [];
      by.push(this.SUBRULE(this.ordered));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        by.push(this.SUBRULE1(this.ordered));
      });
      return by;
    },
    this.fallback<readonly ast.OrderedExpr[]>([]),
  );

  protected readonly ordered = this.RULE(
    "ordered",
    (): ast.OrderedExpr => {
      const start = this.begin();
      let order: "asc" | "desc" | undefined;
      let nulls: "first" | "last" | undefined;
      const expression = this.SUBRULE(this.column);
      this.OPTION(() => {
        order = this.OR<"asc" | "desc">([
          { ALT: () => this.chosen(this.CONSUME(t.Ascending), "asc") },
          { ALT: () => this.chosen(this.CONSUME(t.Descending), "desc") },
        ]);
      });
      this.OPTION1(() => {
        this.CONSUME(t.Nulls);
        const token = this.CONSUME(t.Word);
        this.ACTION(() => {
          nulls = token.image === "first" ? "first" : "last";
          if (token.image !== "first" && token.image !== "last" && !Number.isNaN(token.startOffset)) {
            this.structure.push(problem.expected(this.spanOf(token), "`first` or `last`", token.image));
          }
        });
      });
      return this.ACTION(() => ({ kind: "Ordered", expression, order, nulls, span: this.spanFrom(start) }));
    },
    this.fallback<ast.OrderedExpr>({ kind: "Ordered", expression: nothing, span: nowhere }),
  );

  /** (operator | operator | …): a subquery over a table that it is given. */
  protected readonly steps = this.RULE(
    "steps",
    (): ast.Steps => {
      const start = this.begin();
      const operators: op.Operator[] = [];
      this.CONSUME(t.LParen);
      operators.push(this.SUBRULE(this.operator));
      this.SUBRULE(this.leftover);
      this.MANY(() => {
        this.CONSUME(t.Pipe);
        operators.push(this.SUBRULE1(this.operator));
        this.SUBRULE1(this.leftover);
      });
      this.CONSUME(t.RParen);
      return this.ACTION(() => ({ kind: "Steps", operators, span: this.spanFrom(start) }));
    },
    this.fallback<ast.Steps>({ kind: "Steps", operators: [], span: nowhere }),
  );

  /** A name, wildcard, call, or pipeline in parentheses. */
  protected readonly table = this.RULE(
    "table",
    (): ast.Expr => {
      if (this.ACTION(() => this.atStop()) === true) {
        return this.missing((span, found) => problem.expressionExpected(span, found, "a table stands here"));
      }
      return this.SUBRULE(this.pattern);
    },
    this.unread,
  );
}

const noWords: ReadonlySet<string> = new Set();

/** What a token does to the depth of brackets. */
function nesting(type: TokenType): number {
  if (type === t.LParen || type === t.LBracket || type === t.LBrace) return 1;
  return type === t.RParen || type === t.RBracket || type === t.RBrace ? -1 : 0;
}
