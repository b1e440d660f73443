import type { IToken } from "chevrotain";
import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type * as ast from "../ast.ts";
import { dynamicLiteral, plainLiteral, typedLiteral } from "../literals.ts";
import * as t from "../tokens.ts";
import { NameGrammar } from "./names.ts";
import { comparesText, fold, type Step } from "./precedence.ts";
import { nothing, type Rule } from "./reading.ts";

/** The layer that reads expressions. */
export abstract class ExpressionGrammar extends NameGrammar {
  /** Layers up: toscalar(T | …) and in (T | …) need it. */
  abstract readonly pipeline: Rule<ast.Expr>;

  // ------------------------------------------------------------ operands

  protected readonly literal = this.RULE(
    "literal",
    (): ast.Expr =>
      this.OR([
        {
          ALT: () => {
            const tokens: IToken[] = [];
            this.AT_LEAST_ONE(() => tokens.push(this.CONSUME(t.Text)));
            return this.ACTION(() => this.stringNode(tokens));
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(t.Literal);
            return this.ACTION(() => this.literalNode(token));
          },
        },
      ]),
    this.unread,
  );

  /** Adjacent strings are one. */
  protected stringNode(tokens: readonly IToken[]): ast.Literal {
    const start = tokens[0]?.startOffset ?? 0;
    const span = this.spanFrom(start);
    const value = tokens.map((token) => this.stringOf(token)).join("");
    return { kind: "Literal", type: "string", value, text: this.text.slice(span.start, span.end), span };
  }

  private literalNode(token: IToken): ast.Expr {
    const { image: text, tokenType } = token;
    const span = this.spanOf(token);
    if (tokenType === t.DynamicLiteral) {
      const found = dynamicLiteral(text);
      if ("value" in found) return { kind: "Literal", type: "dynamic", value: found.value, text, span };
      const start = span.start + found.offset;
      this.words.push(problem.badDynamic({ start, end: Math.min(start + found.length, span.end) }, found.found));
      return { kind: "Missing", span };
    }
    if (tokenType === t.TypedLiteral) {
      const { type, value } = typedLiteral(text);
      if (value !== undefined) return { kind: "Literal", type, value, text, span };
      // Without a date it is the present, and so it is with its name.
      if (type === "datetime" && /\(\s*(?:now\s*)?\)$/i.test(text)) {
        return { kind: "Call", name: { kind: "Name", name: "now", span }, args: [], span };
      }
      const [word = "", inside = ""] = text.replace(/\)$/, "").split(/\((.*)/s);
      this.words.push(problem.badLiteral(span, type, word, inside));
      return { kind: "Missing", span };
    }
    const found = plainLiteral(text);
    if (found) return { kind: "Literal", ...found, text, span };
    this.words.push(problem.numberRange(span, text));
    return { kind: "Missing", span };
  }

  /** name, ['name'] or name(arguments) */
  private readonly nameOrCall = this.RULE(
    "nameOrCall",
    (): ast.Expr => {
      const start = this.begin();
      const calls = this.ACTION(() => this.is(t.LParen, this.is(t.LBracket) ? 4 : 2));
      const name = this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(t.Word);
            return this.ACTION(() => this.nameOf(token, calls ? "call" : "reference"));
          },
        },
        { ALT: () => this.SUBRULE(this.bracketedName) },
      ]);
      let args: readonly ast.Expr[] | undefined;
      this.OPTION(() => {
        args = this.SUBRULE(this.arguments);
      });
      return this.ACTION(() => (args ? { kind: "Call", name, args, span: this.spanFrom(start) } : name));
    },
    this.unread,
  );

  /** (a, name = b, *) */
  readonly arguments = this.RULE(
    "arguments",
    (): readonly ast.Expr[] => {
      const args: ast.Expr[] = [];
      this.CONSUME(t.LParen);
      this.OPTION({
        GATE: () => !this.is(t.RParen),
        DEF: () => {
          args.push(this.SUBRULE(this.argument));
          this.MANY(() => {
            this.CONSUME(t.Comma);
            args.push(this.SUBRULE1(this.argument));
          });
        },
      });
      this.CONSUME(t.RParen);
      return args;
    },
    this.fallback<readonly ast.Expr[]>([]),
  );

  private readonly argument = this.RULE(
    "argument",
    (): ast.Expr => {
      const start = this.begin();
      return this.OR([
        {
          GATE: () => !this.atStarOperand(),
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
            const value = this.SUBRULE(this.pipeline);
            return this.ACTION(
              (): ast.Expr => ({ kind: "Named", names: [name], tuple: false, value, span: this.spanFrom(start) }),
            );
          },
        },
        { GATE: () => this.is(t.Typeof) && this.is(t.LParen, 2), ALT: () => this.SUBRULE(this.typeofType) },
        { ALT: () => this.SUBRULE1(this.pipeline) },
      ]);
    },
    this.unread,
  );

  /** A literal, name, call or parenthesised expression, with a sign before and paths behind. */
  override readonly operand = this.RULE(
    "operand",
    (): ast.Expr => {
      const start = this.begin();
      let sign: "-" | "+" | undefined;
      this.OPTION(() => {
        const token = this.CONSUME(t.Sign);
        sign = token.image === "-" ? "-" : "+";
      });
      const signless = this.begin();
      if (this.ACTION(() => !this.atOperand()) === true) {
        const operand = this.missingExpression();
        return sign ? { kind: "Unary", operator: sign, operand, span: this.spanFrom(start) } : operand;
      }
      let node: ast.Expr = this.OR([
        { ALT: () => this.SUBRULE(this.literal) },
        {
          ALT: () => {
            this.CONSUME(t.LParen);
            const inner = this.SUBRULE(this.pipeline);
            this.CONSUME(t.RParen);
            return this.ACTION(() => parenthesised(inner, this.spanFrom(signless)));
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(t.Star);
            return this.ACTION((): ast.Expr => ({ kind: "Star", span: this.spanOf(token) }));
          },
        },
        { ALT: () => this.SUBRULE(this.nameOrCall) },
      ]);
      this.MANY(() => {
        this.OR1([
          {
            ALT: () => {
              this.CONSUME(t.Dot);
              this.OR2([
                {
                  // bag.[name] is bag[name]
                  GATE: () => this.is(t.LBracket) && !this.atBracketedName(),
                  ALT: () => {
                    this.CONSUME1(t.LBracket);
                    const index = this.SUBRULE1(this.expression);
                    this.CONSUME1(t.RBracket);
                    const object = node;
                    node = this.ACTION(() => ({ kind: "Element", object, index, span: this.spanFrom(signless) }));
                  },
                },
                {
                  ALT: () => {
                    const member = this.SUBRULE(this.member);
                    this.ACTION(() => {
                      node = memberOf(node, member, this.spanFrom(signless));
                    });
                  },
                },
              ]);
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.LBracket);
              const index = this.SUBRULE(this.expression);
              this.CONSUME(t.RBracket);
              const object = node;
              node = this.ACTION(() => ({ kind: "Element", object, index, span: this.spanFrom(signless) }));
            },
          },
        ]);
      });
      this.OPTION1({
        GATE: () => this.is(t.Assign, 2),
        DEF: () => {
          this.CONSUME(t.Datascope);
          this.CONSUME(t.Assign);
          const token = this.CONSUME(t.Word);
          const table = node;
          node = this.ACTION(() => {
            const scope: ast.Name = { kind: "Name", name: token.image, span: this.spanOf(token) };
            return { kind: "Datascope", table, scope, span: this.spanFrom(signless) };
          });
        },
      });
      const operand = node;
      return this.ACTION(() =>
        sign ? { kind: "Unary", operator: sign, operand, span: this.spanFrom(start) } : operand,
      );
    },
    this.unread,
  );

  private missingExpression(): ast.Missing {
    const word = this.LA(1).image;
    const help =
      this.is(t.Word) && !this.atStop()
        ? `\`${word}\` is a keyword; a column of that name is \`['${word}']\``
        : undefined;
    return this.missing((span, found) => problem.expressionExpected(span, found, help));
  }

  private atOperand(): boolean {
    if (this.is(t.Sign)) return false;
    return this.is(t.OperandStart) || this.atBracketedName() || this.atStarOperand();
  }

  /** `* has "x"`, `* == "x"`, `*:"x"`: every column at once. */
  protected atStarOperand(): boolean {
    return this.is(t.Star) && (this.is(t.Colon, 2) || (this.is(t.Infix, 2) && comparesText(this.LA(2).image)));
  }

  /** What stands behind a dot. */
  private readonly member = this.RULE(
    "member",
    (): ast.Expr => {
      if (this.ACTION(() => !this.is(t.Word) && !this.is(t.LBracket) && !this.is(t.Star)) === true) {
        return this.missing((span, found) => problem.expected(span, "a name", found));
      }
      return this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(t.Star);
            return this.ACTION((): ast.Expr => ({ kind: "Wildcard", pattern: "*", span: this.spanOf(token) }));
          },
        },
        {
          GATE: () => this.is(t.Word) && !this.is(t.Name),
          ALT: () => {
            const token = this.CONSUME(t.Word);
            return this.ACTION((): ast.Expr => {
              this.words.push(problem.bracketsNeeded(this.spanOf(token), token.image));
              return { kind: "Name", name: token.image, span: this.spanOf(token) };
            });
          },
        },
        { ALT: () => this.SUBRULE(this.nameOrCall) },
      ]);
    },
    this.unread,
  );

  // ------------------------------------------------------------ operators

  /** Operands and the operators between them; precedence is settled behind them (precedence.ts). */
  readonly expression = this.RULE(
    "expression",
    (): ast.Expr => {
      const first = this.SUBRULE(this.operand);
      const steps: Step[] = [];
      this.MANY({
        // `on x in range(…)` is no list: make-series goes on there.
        GATE: () => !(this.is(t.In) && this.is(t.Range, 2)),
        DEF: () =>
          this.OR([
            {
              ALT: () => {
                const operator = this.CONSUME(t.Infix);
                const right = this.SUBRULE1(this.operand);
                this.ACTION(() => steps.push({ kind: "Binary", operator, right }));
              },
            },
            {
              // Column:"term", in `search` and `find`
              ALT: () => {
                const operator = this.CONSUME(t.Colon);
                const right = this.SUBRULE2(this.operand);
                this.ACTION(() => steps.push({ kind: "Binary", operator, right }));
              },
            },
            {
              ALT: () => {
                const operator = this.CONSUME(t.In);
                const list = this.SUBRULE(this.list);
                this.ACTION(() => steps.push({ kind: "In", operator, list, end: this.lastEnd() }));
              },
            },
            {
              ALT: () => {
                const operator = this.CONSUME(t.Between);
                const { low, high } = this.SUBRULE(this.bounds);
                this.ACTION(() => steps.push({ kind: "Between", operator, low, high, end: this.lastEnd() }));
              },
            },
          ]),
      });
      return this.ACTION(() =>
        steps.length === 0
          ? first
          : fold(first, steps, (span, found) => this.structure.push(problem.comparisonChain(span, found))),
      );
    },
    this.unread,
  );

  /** What stands behind `in`. */
  private readonly list = this.RULE(
    "list",
    (): readonly ast.Expr[] => {
      if (this.ACTION(() => !this.is(t.LParen)) === true) {
        const operator = this.LA(0).image;
        this.missing((span, found) => problem.listExpected(span, operator, found));
        return [];
      }
      if (this.ACTION(() => this.is(t.RParen, 2)) === true) {
        const operator = this.LA(0).image;
        const { start } = this.spanOf(this.LA(2));
        this.structure.push(problem.emptyList({ start, end: start }, operator));
      }
      return this.SUBRULE(this.arguments);
    },
    this.fallback<readonly ast.Expr[]>([]),
  );

  /** (low .. high) */
  private readonly bounds = this.RULE(
    "bounds",
    (): { readonly low: ast.Expr; readonly high: ast.Expr } => {
      this.CONSUME(t.LParen);
      const low = this.SUBRULE(this.expression);
      this.CONSUME(t.DotDot);
      const high = this.SUBRULE1(this.expression);
      this.CONSUME(t.RParen);
      return { low, high };
    },
    this.fallback<{ readonly low: ast.Expr; readonly high: ast.Expr }>({
      low: nothing,
      high: nothing,
    }),
  );

  /** expression, name = expression, or (a, b) = expression: an item of project, extend, summarize, print. */
  readonly column = this.RULE(
    "column",
    (): ast.Expr => {
      const start = this.begin();
      return this.OR([
        {
          GATE: () => this.atTuple(),
          ALT: () => {
            const names: ast.Name[] = [];
            this.CONSUME(t.LParen);
            names.push(this.SUBRULE(this.newName));
            this.MANY(() => {
              this.CONSUME(t.Comma);
              names.push(this.SUBRULE1(this.newName));
            });
            this.CONSUME(t.RParen);
            this.CONSUME(t.Assign);
            const value = this.SUBRULE(this.expression);
            return this.ACTION(
              (): ast.Expr => ({ kind: "Named", names, tuple: true, value, span: this.spanFrom(start) }),
            );
          },
        },
        {
          GATE: () => this.atAssignment(),
          ALT: () => {
            const name = this.SUBRULE2(this.newName);
            this.CONSUME1(t.Assign);
            const value = this.SUBRULE1(this.expression);
            return this.ACTION(
              (): ast.Expr => ({ kind: "Named", names: [name], tuple: false, value, span: this.spanFrom(start) }),
            );
          },
        },
        { ALT: () => this.SUBRULE2(this.expression) },
      ]);
    },
    this.unread,
  );

  /** (a, ['b'], c) = */
  private atTuple(): boolean {
    if (!this.is(t.LParen)) return false;
    for (let ahead = 2; ; ahead += 2) {
      if (this.atBracketedName(ahead)) ahead += 2;
      else if (!this.is(t.Word, ahead)) return false;
      if (this.is(t.RParen, ahead + 1)) return this.is(t.Assign, ahead + 2);
      if (!this.is(t.Comma, ahead + 1)) return false;
    }
  }

  readonly columns = this.RULE(
    "columns",
    (): readonly ast.Expr[] => {
      const columns: ast.Expr[] = [];
      columns.push(this.SUBRULE(this.column));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        columns.push(this.SUBRULE1(this.column));
      });
      return columns;
    },
    this.fallback<readonly ast.Expr[]>([]),
  );
}

/** Parentheses leave no trace but the span; around a source they are a pipeline. */
function parenthesised(inner: ast.Expr, span: Span): ast.Expr {
  switch (inner.kind) {
    case "Print":
    case "Range":
    case "Datatable":
    case "ExternalData":
    case "Union":
    case "Search":
    case "Find":
    case "Evaluate":
    case "MacroExpand":
    case "InlineExternalTable":
    case "CombineView":
      return { kind: "Pipeline", source: inner, operators: [], span };
    default:
      return { ...inner, span };
  }
}

function memberOf(object: ast.Expr, member: ast.Expr, span: Span): ast.Expr {
  switch (member.kind) {
    case "Name":
    case "Wildcard":
      return { kind: "Path", object, name: member, span };
    case "Call":
      return { kind: "MemberCall", object, call: member, span };
    default:
      return { kind: "Missing", span };
  }
}
