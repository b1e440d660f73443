import type { IRecognitionException, IToken } from "chevrotain";
import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type * as ast from "../ast.ts";
import type * as statements from "../ast-statements.ts";
import * as t from "../tokens.ts";
import { OperatorGrammar } from "./operators.ts";
import { nobody, nothing, nowhere } from "./reading.ts";

/** The outermost layer: statements and the whole query. */
export class StatementGrammar extends OperatorGrammar {
  constructor(recoveryEnabled: boolean) {
    super(recoveryEnabled);
    this.performSelfAnalysis();
  }

  /** Reads one query. Afterwards `structure` and `words` hold our reports, `errors` Chevrotain's exceptions. */
  read(text: string, tokens: readonly IToken[]): ReadResult {
    this.text = text;
    this.structure = [];
    this.words = [];
    this.input = [...tokens];
    const tree = this.query();
    const result = { tree, structure: this.structure, words: this.words, exceptions: this.errors };
    this.input = [];
    this.text = "";
    return result;
  }

  // statement; statement; …               https://learn.microsoft.com/kusto/query/statements
  private readonly query = this.RULE(
    "query",
    (): statements.Query => {
      const inner = this.SUBRULE(this.block);
      return this.ACTION(() => ({ kind: "Query", statements: inner, span: { start: 0, end: this.text.length } }));
    },
    this.fallback<statements.Query>({ kind: "Query", statements: [], span: nowhere }),
  );

  /** What no statement begins with. */
  private readonly junk = this.RULE("junk", (): void => {
    this.ACTION(() => this.structure.push(problem.unexpected(this.spanOf(this.LA(1)), this.LA(1).image)));
    this.OR([
      { ALT: () => this.CONSUME(t.Pipe) },
      { ALT: () => this.CONSUME(t.Comma) },
      { ALT: () => this.CONSUME(t.RBrace) },
      { ALT: () => this.CONSUME(t.RParen) },
      { ALT: () => this.CONSUME(t.RBracket) },
    ]);
    let depth = 0;
    this.MANY({
      GATE: () => !this.is(t.Semicolon) && !this.is(t.RBrace) && (depth > 0 || !this.is(t.RParen)),
      DEF: () => {
        const { tokenType } = this.CONSUME(t.Any);
        if (tokenType === t.LParen) depth++;
        else if (tokenType === t.RParen) depth--;
      },
    });
  });

  private readonly statement = this.RULE(
    "statement",
    (): statements.Statement => {
      const start = this.begin();
      return this.OR<statements.Statement>([
        { GATE: () => this.atLet(), ALT: () => this.SUBRULE(this.let) },
        { GATE: () => this.is(t.Word, 2), ALT: () => this.SUBRULE(this.set) },
        { GATE: () => this.LA(2).image === "query_parameters", ALT: () => this.SUBRULE(this.declare) },
        { GATE: () => this.LA(2).image === "pattern", ALT: () => this.SUBRULE(this.declarePattern) },
        { GATE: () => this.LA(2).image === "database", ALT: () => this.SUBRULE(this.alias) },
        { GATE: () => this.LA(2).image === "access", ALT: () => this.SUBRULE(this.restrict) },
        {
          ALT: () => {
            const expression = this.SUBRULE(this.pipeline);
            return this.ACTION(
              (): statements.Statement => ({ kind: "ExpressionStatement", expression, span: this.spanFrom(start) }),
            );
          },
        },
      ]);
    },
    this.unreadStatement,
  );

  private atLet(): boolean {
    return this.is(t.Word, 2) || this.is(t.LBracket, 2) || this.is(t.Assign, 2) || this.is(t.Digits, 2);
  }

  // let name = value                      https://learn.microsoft.com/kusto/query/let-statement
  private readonly let = this.RULE(
    "let",
    (): statements.Statement => {
      const start = this.begin();
      this.CONSUME(t.Let);
      const name = this.SUBRULE(this.newName);
      this.CONSUME(t.Assign);
      const value = this.OR<ast.Expr | statements.FunctionDeclaration>([
        { GATE: () => this.atFunction(), ALT: () => this.SUBRULE(this.functionDeclaration) },
        { GATE: () => this.is(t.LBracket, 2), ALT: () => this.SUBRULE(this.entityGroup) },
        { ALT: () => this.SUBRULE(this.pipeline) },
      ]);
      this.SUBRULE(this.leftover);
      return this.ACTION(() => ({ kind: "Let", name, value, span: this.spanFrom(start) }));
    },
    this.unreadStatement,
  );

  /** Whether the parentheses that begin here have a `{` behind them. */
  private atFunction(): boolean {
    let ahead = this.is(t.View) ? 2 : 1;
    if (!this.is(t.LParen, ahead)) return false;
    for (let depth = 0; !Number.isNaN(this.LA(ahead).startOffset); ahead++) {
      if (this.is(t.LParen, ahead)) depth++;
      else if (this.is(t.RParen, ahead) && --depth === 0) return this.is(t.LBrace, ahead + 1);
      else if (this.is(t.Pipe, ahead) || this.is(t.Semicolon, ahead) || this.is(t.LBrace, ahead)) return false;
    }
    return false;
  }

  // [view] (parameters) { statements; body }         https://learn.microsoft.com/kusto/query/functions/user-defined-functions
  private readonly functionDeclaration = this.RULE(
    "functionDeclaration",
    (): statements.FunctionDeclaration => {
      const start = this.begin();
      let view = false;
      this.OPTION(() => {
        this.CONSUME(t.View);
        view = true;
      });
      const parameters = this.SUBRULE(this.parameters);
      this.CONSUME(t.LBrace);
      const inner = this.SUBRULE(this.block);
      const behind = this.begin();
      this.CONSUME(t.RBrace);
      return this.ACTION(() => {
        const last = inner.at(-1);
        const body: statements.FunctionDeclaration["body"] =
          last?.kind === "ExpressionStatement"
            ? last.expression
            : { kind: "Missing", span: { start: behind, end: behind } };
        if (body.kind === "Missing") {
          this.structure.push(problem.functionBody({ start: behind, end: behind }));
        }
        const before = body.kind === "Missing" ? inner : inner.slice(0, -1);
        return { kind: "Function", view, parameters, statements: before, body, span: this.spanFrom(start) };
      });
    },
    this.fallback<statements.FunctionDeclaration>({
      kind: "Function",
      view: false,
      parameters: [],
      statements: [],
      body: nothing,
      span: nowhere,
    }),
  );

  /** Statements, up to the end or to the bracket that closes them. */
  protected override readonly block = this.RULE(
    "block",
    (): readonly statements.Statement[] => {
      const inner: statements.Statement[] = [];
      let begun = false; // a statement that no `;` has ended yet
      this.MANY({
        GATE: () => !this.is(t.RBrace) && !this.is(t.RParen),
        DEF: () => {
          begun = this.OR([
            {
              ALT: () => {
                const token = this.CONSUME(t.Semicolon);
                this.ACTION(() => {
                  if (!begun) this.structure.push(problem.unexpected(this.spanOf(token), token.image));
                });
                return false;
              },
            },
            {
              ALT: () => {
                this.SUBRULE(this.junk);
                return true;
              },
            },
            {
              ALT: () => {
                inner.push(this.SUBRULE(this.statement));
                return true;
              },
            },
          ]);
        },
      });
      return inner;
    },
    this.fallback<readonly statements.Statement[]>([]),
  );

  /** (a:long, b:string = "x", T:(c:long), U:(*)) */
  private readonly parameters = this.RULE(
    "parameters",
    (): readonly statements.Parameter[] => {
      const parameters: statements.Parameter[] = [];
      this.CONSUME(t.LParen);
      this.OPTION({
        GATE: () => !this.is(t.RParen),
        DEF: () => {
          parameters.push(this.SUBRULE(this.parameter));
          this.MANY(() => {
            this.CONSUME(t.Comma);
            parameters.push(this.SUBRULE1(this.parameter));
          });
        },
      });
      this.CONSUME(t.RParen);
      this.ACTION(() => {
        const scalar = parameters.findIndex(({ type }) => type.kind === "scalar");
        const late = parameters.filter(({ type }, place) => type.kind === "tabular" && scalar !== -1 && scalar < place);
        for (const { name } of late) this.structure.push(problem.tableParameterFirst(name.span, name.name));
      });
      return parameters;
    },
    this.fallback<readonly statements.Parameter[]>([]),
  );

  private readonly parameter = this.RULE(
    "parameter",
    (): statements.Parameter => {
      const start = this.begin();
      let fallback: ast.Expr | undefined;
      const name = this.SUBRULE(this.newName);
      this.CONSUME(t.Colon);
      const type = this.SUBRULE(this.parameterType);
      this.OPTION(() => {
        this.CONSUME(t.Assign);
        fallback = this.SUBRULE(this.expression);
      });
      return this.ACTION(() => ({ kind: "Parameter", name, type, default: fallback, span: this.spanFrom(start) }));
    },
    this.fallback<statements.Parameter>({
      kind: "Parameter",
      name: nobody,
      type: { kind: "scalar", type: "dynamic" },
      span: nowhere,
    }),
  );

  private readonly parameterType = this.RULE(
    "parameterType",
    (): statements.Parameter["type"] =>
      this.OR<statements.Parameter["type"]>([
        {
          ALT: () => {
            const type = this.SUBRULE(this.typeName);
            return { kind: "scalar", type };
          },
        },
        {
          GATE: () => this.is(t.Star, 2),
          ALT: () => {
            this.CONSUME(t.LParen);
            this.CONSUME(t.Star);
            this.CONSUME(t.RParen);
            return { kind: "tabular", columns: "any" };
          },
        },
        {
          ALT: () => {
            const columns = this.SUBRULE(this.schema);
            return { kind: "tabular", columns };
          },
        },
      ]),
    this.fallback<statements.Parameter["type"]>({ kind: "scalar", type: "dynamic" }),
  );

  // set name [= value]                    https://learn.microsoft.com/kusto/query/set-statement
  private readonly set = this.RULE(
    "set",
    (): statements.Statement => {
      const start = this.begin();
      let value: ast.Expr | undefined;
      this.CONSUME(t.SetWord);
      const name = this.SUBRULE(this.newName);
      this.OPTION(() => {
        this.CONSUME(t.Assign);
        value = this.SUBRULE(this.expression);
      });
      this.SUBRULE(this.leftover);
      return this.ACTION(() => ({ kind: "Set", name, value, span: this.spanFrom(start) }));
    },
    this.unreadStatement,
  );

  // declare query_parameters(name:type = default, …) https://learn.microsoft.com/kusto/query/query-parameters-statement
  private readonly declare = this.RULE(
    "declare",
    (): statements.Statement => {
      const start = this.begin();
      this.CONSUME(t.Declare);
      this.CONSUME(t.Word);
      const parameters = this.SUBRULE(this.parameters);
      this.SUBRULE(this.leftover);
      return this.ACTION(() => ({ kind: "DeclareParameters", parameters, span: this.spanFrom(start) }));
    },
    this.unreadStatement,
  );
}

export interface ReadResult {
  readonly tree: statements.Query;
  readonly structure: readonly Diagnostic[];
  readonly words: readonly Diagnostic[];
  readonly exceptions: readonly IRecognitionException[];
}
