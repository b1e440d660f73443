import {
  EmbeddedActionsParser,
  type IRecognitionException,
  type IToken,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import { type ScalarType, scalarTypes, typeNamed } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as ast from "../ast.ts";
import { dynamicLiteral, plainLiteral, stringLiteral, typedLiteral } from "../literals.ts";
import { messages } from "../syntax-errors.ts";
import * as t from "../tokens.ts";
import { comparesText, fold, type Step } from "./precedence.ts";

export type Rule<T> = ParserMethod<[], T>;
/** Where a name stands decides which words need brackets. */
type NamePlace = keyof typeof t.reserved;

/**
 * The layer that reads expressions. Rules look one token ahead; where Kusto needs more, a GATE looks itself.
 * What is missing or left over is reported and stepped over here, so that exceptions (syntax-errors.ts) stay few.
 */
export abstract class ExpressionGrammar extends EmbeddedActionsParser {
  /** Two layers up: toscalar(T | …) and in (T | …) need it. */
  abstract readonly pipeline: Rule<ast.Expr>;
  protected text = "";
  /** Reports about the order of tokens: one of them is often the cause of the next. */
  protected structure: Diagnostic[] = [];
  /** Reports about single words, which disturb nothing else. */
  protected words: Diagnostic[] = [];

  constructor() {
    super([...t.vocabulary], {
      recoveryEnabled: true,
      maxLookahead: 1,
      skipValidations: true,
      nodeLocationTracking: "none",
      errorMessageProvider: messages,
    });
  }

  // ------------------------------------------------------------ places

  /** Where the next token begins. */
  protected begin(): number {
    const next = this.LA(1);
    return Number.isNaN(next.startOffset) ? this.text.length : next.startOffset;
  }

  /** From `start` to the end of the token consumed last. */
  protected spanFrom(start: number): ast.Name["span"] {
    return { start, end: Math.max(start, this.lastEnd()) };
  }

  private lastEnd(): number {
    const end = this.LA(0).endOffset;
    return end === undefined || Number.isNaN(end) ? 0 : end + 1;
  }

  protected is(type: TokenType, ahead = 1): boolean {
    const { tokenTypeIdx } = this.LA(ahead);
    return type.tokenTypeIdx === tokenTypeIdx || type.categoryMatchesMap?.[tokenTypeIdx] === true;
  }

  protected spanOf(token: IToken): Span {
    if (Number.isNaN(token.startOffset)) return { start: this.text.length, end: this.text.length };
    return { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 };
  }

  /** Nothing that could be read before the next bracket, `|`, `;` or comma. */
  protected atStop(): boolean {
    const { tokenType, startOffset } = this.LA(1);
    return Number.isNaN(startOffset) || stops.has(tokenType);
  }

  // ------------------------------------------------------------ reports

  /** Where something is missing: at the wrong token, or behind the last one when nothing else follows. */
  protected missing(report: (span: Span, found: string) => Diagnostic): ast.Missing {
    const behind = this.lastEnd();
    const gap: Span = { start: behind, end: behind };
    const stop = this.atStop();
    const next = this.LA(1);
    this.structure.push(stop ? report(gap, "") : report(this.spanOf(next), next.image));
    return { kind: "Missing", span: gap };
  }

  private missingExpression(): ast.Missing {
    const word = this.LA(1).image;
    const help =
      this.is(t.Word) && !this.atStop()
        ? `\`${word}\` is a keyword; a column of that name is \`['${word}']\``
        : undefined;
    return this.missing((span, found) => problem.expressionExpected(span, found, help));
  }

  protected fallback<T>(value: T): { recoveryValueFunc: (error: IRecognitionException) => T } {
    return { recoveryValueFunc: () => value };
  }

  /** Nodes that exceptions leave unread; `span` says where. */
  protected readonly unread = {
    recoveryValueFunc: (): ast.Missing => {
      const at = this.lastEnd();
      return { kind: "Missing", span: { start: at, end: at } };
    },
  };
  private readonly unreadName = {
    recoveryValueFunc: (): ast.Name => {
      const at = this.lastEnd();
      return { kind: "Name", name: "", span: { start: at, end: at } };
    },
  };

  // ------------------------------------------------------------ names

  /** Whether `name =` or `['name'] =` is next. */
  protected atAssignment(): boolean {
    if (this.is(t.Word)) return this.is(t.Assign, 2);
    return this.atBracketedName() && this.is(t.Assign, 4);
  }

  private atBracketedName(ahead = 1): boolean {
    return this.is(t.LBracket, ahead) && this.is(t.Text, ahead + 1) && this.is(t.RBracket, ahead + 2);
  }

  private nameOf(token: IToken, place: NamePlace): ast.Name {
    const { image } = token;
    const span = this.spanOf(token);
    // Inserted by recovery: reported already.
    if (Number.isNaN(token.startOffset)) return this.unreadName.recoveryValueFunc();
    if (t.reserved[place].has(image)) this.words.push(problem.bracketsNeeded(span, image));
    return { kind: "Name", name: image, span };
  }

  private stringOf(token: IToken): string {
    const value = stringLiteral(token.image);
    if (typeof value === "string") return value;
    const start = token.startOffset + value.offset;
    this.words.push(problem.unknownEscape({ start, end: start + value.length }, value.found));
    return "";
  }

  private readonly bracketedName = this.RULE(
    "bracketedName",
    (): ast.Name => {
      const start = this.begin();
      this.CONSUME(t.LBracket);
      const token = this.CONSUME(t.Text);
      this.CONSUME(t.RBracket);
      return this.ACTION(() => ({ kind: "Name", name: this.stringOf(token), span: this.spanFrom(start) }));
    },
    this.unreadName,
  );

  /** A name that is being declared. */
  readonly newName = this.RULE(
    "newName",
    (): ast.Name =>
      this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(t.Word);
            return this.ACTION(() => this.nameOf(token, "declaration"));
          },
        },
        { ALT: () => this.SUBRULE(this.bracketedName) },
      ]),
    this.unreadName,
  );

  /** name, Device*, * or database("x").T* */
  readonly pattern = this.RULE(
    "pattern",
    (): ast.Expr => {
      const start = this.begin();
      let node: ast.Expr | undefined;
      this.OR([
        { ALT: () => this.CONSUME(t.Star) },
        {
          ALT: () => {
            node = this.SUBRULE(this.operand);
          },
        },
      ]);
      this.MANY({ GATE: () => this.atPatternTail(), DEF: () => this.CONSUME1(t.Any) });
      return this.ACTION(() => this.patternFrom(start, node));
    },
    this.unread,
  );

  /** More of a pattern follows without a blank between: `T*`, `*x`, `a*b`. */
  private atPatternTail(): boolean {
    const [previous, next] = [this.LA(0), this.LA(1)];
    if (next.startOffset !== (previous.endOffset ?? Number.NaN) + 1) return false;
    if (this.is(t.Star)) return this.is(t.Word, 0);
    return this.is(t.Star, 0) && (this.is(t.Word) || this.is(t.Digits));
  }

  private patternFrom(start: number, node: ast.Expr | undefined): ast.Expr {
    const span = this.spanFrom(start);
    if (!node) {
      const pattern = this.text.slice(span.start, span.end);
      return pattern === "*" ? { kind: "Star", span } : { kind: "Wildcard", pattern, span };
    }
    if (span.end <= node.span.end) return node;
    if (node.kind === "Path") {
      const last: Span = { start: node.name.span.start, end: span.end };
      const pattern = this.text.slice(last.start, last.end);
      return { ...node, name: { kind: "Wildcard", pattern, span: last }, span };
    }
    return { kind: "Wildcard", pattern: this.text.slice(span.start, span.end), span };
  }

  // ------------------------------------------------------------ types

  /** long, string, … */
  readonly typeName = this.RULE(
    "typeName",
    (): ScalarType => {
      const token = this.CONSUME(t.Word);
      return this.ACTION(() => {
        const type = typeNamed(token.image);
        if (type === undefined && !Number.isNaN(token.startOffset)) {
          const similar = closest(token.image, scalarTypes);
          this.words.push(problem.unknownType(this.spanOf(token), token.image, scalarTypes, similar));
        }
        return type ?? "dynamic";
      });
    },
    this.fallback<ScalarType>("dynamic"),
  );

  /** name:type */
  protected readonly columnDeclaration = this.RULE(
    "columnDeclaration",
    (): ast.ColumnDeclaration => {
      const start = this.begin();
      const name = this.SUBRULE(this.newName);
      this.CONSUME(t.Colon);
      const type = this.SUBRULE(this.typeName);
      return this.ACTION(() => ({ kind: "ColumnDeclaration", name, type, span: this.spanFrom(start) }));
    },
    this.fallback<ast.ColumnDeclaration>({
      kind: "ColumnDeclaration",
      name: { kind: "Name", name: "", span: nowhere },
      type: "dynamic",
      span: nowhere,
    }),
  );

  /** (a:long, b:string) */
  readonly schema = this.RULE(
    "schema",
    (): readonly ast.ColumnDeclaration[] => {
      const columns: ast.ColumnDeclaration[] = [];
      this.CONSUME(t.LParen);
      this.OPTION({
        GATE: () => !this.is(t.RParen),
        DEF: () => {
          columns.push(this.SUBRULE(this.columnDeclaration));
          this.MANY(() => {
            this.CONSUME(t.Comma);
            columns.push(this.SUBRULE1(this.columnDeclaration));
          });
        },
      });
      this.CONSUME(t.RParen);
      return columns;
    },
    this.fallback<readonly ast.ColumnDeclaration[]>([]),
  );

  /** typeof(long), typeof(a:long, b:string) */
  readonly typeofType = this.RULE(
    "typeofType",
    (): ast.Typeof => {
      const start = this.begin();
      this.CONSUME(t.Typeof);
      return this.OR([
        {
          GATE: () => !this.is(t.RParen, 3),
          ALT: () => {
            const columns = this.SUBRULE(this.schema);
            return this.ACTION(
              (): ast.Typeof => ({ kind: "Typeof", type: undefined, columns, span: this.spanFrom(start) }),
            );
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.LParen);
            const type = this.SUBRULE(this.typeName);
            this.CONSUME(t.RParen);
            return this.ACTION((): ast.Typeof => ({ kind: "Typeof", type, columns: [], span: this.spanFrom(start) }));
          },
        },
      ]);
    },
    this.fallback<ast.Typeof>({ kind: "Typeof", type: undefined, columns: [], span: nowhere }),
  );

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
  readonly operand = this.RULE(
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
      const operand = node;
      return this.ACTION(() =>
        sign ? { kind: "Unary", operator: sign, operand, span: this.spanFrom(start) } : operand,
      );
    },
    this.unread,
  );

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
      low: { kind: "Missing", span: nowhere },
      high: { kind: "Missing", span: nowhere },
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

const nowhere: Span = { start: 0, end: 0 };

const stops: ReadonlySet<TokenType> = new Set([t.Pipe, t.Semicolon, t.Comma, t.RParen, t.RBracket, t.RBrace]);

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
    case "UnsupportedSource":
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
