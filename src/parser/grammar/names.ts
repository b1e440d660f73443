import type { IToken } from "chevrotain";
import { type ScalarType, scalarTypes, typeNamed } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as ast from "../ast.ts";
import { stringLiteral } from "../literals.ts";
import * as t from "../tokens.ts";
import { nobody, nowhere, ReadingGrammar, type Rule } from "./reading.ts";

/** Where a name stands decides which words need brackets. */
type NamePlace = keyof typeof t.reserved;

/** The layer that reads names, patterns of names, and types. */
export abstract class NameGrammar extends ReadingGrammar {
  /** A layer up: the name of a table may have a database before it. */
  abstract readonly operand: Rule<ast.Expr>;

  // ------------------------------------------------------------ names

  protected readonly unreadName = {
    recoveryValueFunc: (): ast.Name => {
      const at = this.lastEnd();
      return { kind: "Name", name: "", span: { start: at, end: at } };
    },
  };

  /** Whether `name =` or `['name'] =` is next. */
  protected atAssignment(): boolean {
    if (this.is(t.Word)) return this.is(t.Assign, 2);
    return this.atBracketedName() && this.is(t.Assign, 4);
  }

  /** `range name from` */
  protected atRange(): boolean {
    if (!this.is(t.Range)) return false;
    return this.atBracketedName(2) ? this.is(t.From, 5) : this.is(t.Word, 2) && this.is(t.From, 3);
  }

  protected atBracketedName(ahead = 1): boolean {
    return this.is(t.LBracket, ahead) && this.is(t.Text, ahead + 1) && this.is(t.RBracket, ahead + 2);
  }

  protected nameOf(token: IToken, place: NamePlace): ast.Name {
    const { image } = token;
    const span = this.spanOf(token);
    // Inserted by recovery: reported already.
    if (Number.isNaN(token.startOffset)) return this.unreadName.recoveryValueFunc();
    // A literal is no name either.
    if (token.tokenType === t.Bool || t.reserved[place].has(image))
      this.words.push(problem.bracketsNeeded(span, image));
    return { kind: "Name", name: image, span };
  }

  protected stringOf(token: IToken): string {
    const value = stringLiteral(token.image);
    if (typeof value === "string") return value;
    const start = token.startOffset + value.offset;
    this.words.push(problem.unknownEscape({ start, end: start + value.length }, value.found));
    return "";
  }

  protected readonly bracketedName = this.RULE(
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
      name: nobody,
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
          this.MANY({
            GATE: () => !this.is(t.RParen, 2),
            DEF: () => {
              this.CONSUME(t.Comma);
              columns.push(this.SUBRULE1(this.columnDeclaration));
            },
          });
          this.OPTION1(() => this.CONSUME1(t.Comma));
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
}
