import type * as ast from "../ast.ts";
import type * as statements from "../ast-statements.ts";
import * as t from "../tokens.ts";
import { GraphGrammar } from "./graphs.ts";
import type { Options } from "./pieces.ts";
import { nothing, nowhere, type Rule } from "./reading.ts";

/** The layer that reads what speaks of the entities of a cluster: groups of them, external tables, aliases, restrictions. */
export abstract class EntityGrammar extends GraphGrammar {
  /** Layers up: macro-expand holds statements of its own. */
  protected abstract readonly block: Rule<readonly statements.Statement[]>;

  /** A statement that exceptions leave unread. */
  protected readonly unreadStatement = this.fallback<statements.Statement>({
    kind: "ExpressionStatement",
    expression: nothing,
    span: nowhere,
  });

  // macro-expand group as name (statements)          https://learn.microsoft.com/kusto/query/macro-expand-operator
  protected readonly macroExpand = this.RULE(
    "macroExpand",
    (): ast.Expr => {
      const start = this.begin();
      let as: ast.Name | undefined;
      this.CONSUME(t.MacroExpand);
      const options = this.SUBRULE(this.options);
      const group: ast.Expr = this.OR([
        { GATE: () => this.is(t.LBracket, 2), ALT: () => this.SUBRULE(this.entityGroup) },
        { GATE: () => this.atQualifiedName(), ALT: () => this.SUBRULE(this.operand) },
        { ALT: () => this.SUBRULE(this.newName) },
      ]);
      this.OPTION(() => {
        this.CONSUME(t.As);
        as = this.SUBRULE1(this.newName);
      });
      this.CONSUME(t.LParen);
      const inner = this.SUBRULE(this.block);
      this.CONSUME(t.RParen);
      const span = this.ACTION(() => this.spanFrom(start));
      return { kind: "MacroExpand", options, group, as, statements: inner, span };
    },
    this.unread,
  );

  /** Not so the name alone: `macro-expand Group (T | count)`. */
  private atQualifiedName(): boolean {
    const { image } = this.LA(1);
    const calls = image === "cluster" || image === "database" || image === "entity_group";
    return this.is(t.Dot, 2) || (calls && this.is(t.LParen, 2));
  }

  /** entity_group [cluster("a").database("b"), …] */
  protected readonly entityGroup = this.RULE(
    "entityGroup",
    (): ast.Expr => {
      const start = this.begin();
      const entities: ast.Expr[] = [];
      this.CONSUME(t.EntityGroup);
      this.CONSUME(t.LBracket);
      entities.push(this.SUBRULE(this.expression));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        entities.push(this.SUBRULE1(this.expression));
      });
      this.CONSUME(t.RBracket);
      return this.ACTION(() => ({ kind: "EntityGroup", entities, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  /** inline_external_table (name:type, …) kind=… partition by (…) pathformat=(…) dataformat=… (addresses) with (…) */
  protected readonly inlineExternalTable = this.RULE(
    "inlineExternalTable",
    (): ast.Expr => {
      const start = this.begin();
      let columns: readonly ast.ColumnDeclaration[] = [];
      let partitions: readonly ast.ColumnDeclaration[] = [];
      this.CONSUME(t.InlineExternalTable);
      this.OPTION(() => {
        columns = this.SUBRULE(this.schema);
      });
      this.SUBRULE(this.setting);
      this.OPTION1(() => {
        this.CONSUME(t.Partition);
        this.CONSUME(t.By);
        partitions = this.SUBRULE(this.externalPartitions);
      });
      this.OPTION2({
        GATE: () => this.LA(1).image === "pathformat",
        DEF: () => {
          this.CONSUME(t.Word);
          this.CONSUME(t.Assign);
          this.SUBRULE(this.externalPath);
        },
      });
      this.OPTION3(() => this.SUBRULE1(this.setting));
      this.SUBRULE(this.arguments);
      this.SUBRULE(this.withOptions);
      return this.ACTION(() => {
        const span = this.spanFrom(start);
        return {
          kind: "InlineExternalTable",
          keyword: "inline_external_table",
          columns: [...columns, ...partitions],
          span,
        };
      });
    },
    this.unread,
  );

  /** __contextual_datatable id (name:type, …) */
  protected readonly contextualDatatable = this.RULE(
    "contextualDatatable",
    (): ast.Expr => {
      const start = this.begin();
      this.CONSUME(t.ContextualDatatable);
      this.SUBRULE(this.literal);
      const columns = this.SUBRULE(this.schema);
      const keyword = "__contextual_datatable";
      return this.ACTION(() => ({ kind: "InlineExternalTable", keyword, columns, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  protected atInlineExternalTable(): boolean {
    return this.is(t.Assign, 3) || (this.is(t.LParen, 2) && this.is(t.Colon, this.is(t.LBracket, 3) ? 6 : 4));
  }

  /** (name:type = expression, …): a column without an expression is one of the table, and stands in the path alone. */
  private readonly externalPartitions = this.RULE(
    "externalPartitions",
    (): readonly ast.ColumnDeclaration[] => {
      const columns: ast.ColumnDeclaration[] = [];
      this.CONSUME(t.LParen);
      this.MANY_SEP({
        SEP: t.Comma,
        DEF: () => {
          let computed = false;
          const column = this.SUBRULE(this.columnDeclaration);
          this.OPTION(() => {
            this.CONSUME(t.Assign);
            this.SUBRULE(this.expression);
            computed = true;
          });
          if (!computed) columns.push(column);
        },
      });
      this.CONSUME(t.RParen);
      return columns;
    },
    this.fallback<readonly ast.ColumnDeclaration[]>([]),
  );

  /** ("prefix" name "/" datetime_pattern("yyyy", name) …) */
  private readonly externalPath = this.RULE("externalPath", (): void => {
    this.CONSUME(t.LParen);
    this.MANY(() => this.SUBRULE(this.operand));
    this.CONSUME(t.RParen);
  });

  /** materialized-view-combine (name) base (T) delta (T) aggregations (summarize …) */
  protected readonly combineView = this.RULE(
    "combineView",
    (): ast.Expr => {
      const start = this.begin();
      this.CONSUME(t.CombineView);
      this.SUBRULE(this.arguments);
      this.CONSUME(t.Word);
      const base = this.SUBRULE1(this.operand);
      this.CONSUME1(t.Word);
      const delta = this.SUBRULE2(this.operand);
      this.CONSUME2(t.Word);
      const aggregations = this.SUBRULE(this.steps);
      return this.ACTION(() => ({ kind: "CombineView", base, delta, aggregations, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // alias database name = cluster("c").database("d")             https://learn.microsoft.com/kusto/query/alias-statement
  protected readonly alias = this.RULE(
    "alias",
    (): statements.Statement => {
      const start = this.begin();
      this.CONSUME(t.Alias);
      this.CONSUME(t.Word);
      const name = this.SUBRULE(this.newName);
      this.CONSUME(t.Assign);
      const value = this.SUBRULE(this.expression);
      this.SUBRULE(this.leftover);
      return this.ACTION(() => ({ kind: "Alias", name, value, span: this.spanFrom(start) }));
    },
    this.unreadStatement,
  );

  // restrict access to (entity, …) with (name = value, …)        https://learn.microsoft.com/kusto/query/restrict-statement
  protected readonly restrict = this.RULE(
    "restrict",
    (): statements.Statement => {
      const start = this.begin();
      const entities: ast.Expr[] = [];
      this.CONSUME(t.Restrict);
      this.CONSUME(t.Word);
      this.CONSUME(t.To);
      this.CONSUME(t.LParen);
      entities.push(this.SUBRULE(this.pattern));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        entities.push(this.SUBRULE1(this.pattern));
      });
      this.CONSUME(t.RParen);
      const options: Options = this.SUBRULE(this.withOptions);
      this.SUBRULE(this.leftover);
      return this.ACTION(() => ({ kind: "Restrict", entities, options, span: this.spanFrom(start) }));
    },
    this.unreadStatement,
  );

  // declare pattern name = (a:string)[path:string] { ("x").["y"] = { body }; … }
  // https://learn.microsoft.com/kusto/query/pattern-statement
  protected readonly declarePattern = this.RULE(
    "declarePattern",
    (): statements.Statement => {
      const start = this.begin();
      this.CONSUME(t.Declare);
      this.CONSUME(t.Word);
      const name = this.SUBRULE(this.newName);
      let definition: statements.PatternDefinition | undefined;
      this.OPTION(() => {
        let path: ast.ColumnDeclaration | undefined;
        const matches: statements.PatternMatch[] = [];
        this.CONSUME(t.Assign);
        const parameters = this.SUBRULE(this.schema);
        this.OPTION1(() => {
          this.CONSUME(t.LBracket);
          path = this.SUBRULE(this.columnDeclaration);
          this.CONSUME(t.RBracket);
        });
        this.CONSUME(t.LBrace);
        this.MANY(() => matches.push(this.SUBRULE(this.patternMatch)));
        this.CONSUME(t.RBrace);
        definition = { parameters, path, matches };
      });
      this.SUBRULE(this.leftover);
      return this.ACTION(() => ({ kind: "DeclarePattern", name, definition, span: this.spanFrom(start) }));
    },
    this.unreadStatement,
  );

  /** ("x", …).["y"] = { statements; body }; */
  private readonly patternMatch = this.RULE(
    "patternMatch",
    (): statements.PatternMatch => {
      const start = this.begin();
      let path: ast.Expr | undefined;
      const values = this.SUBRULE(this.arguments);
      this.OPTION(() => {
        this.CONSUME(t.Dot);
        this.CONSUME(t.LBracket);
        path = this.SUBRULE(this.literal);
        this.CONSUME(t.RBracket);
      });
      this.CONSUME(t.Assign);
      this.CONSUME(t.LBrace);
      const inner = this.SUBRULE(this.block);
      this.CONSUME(t.RBrace);
      this.CONSUME(t.Semicolon);
      return this.ACTION(() => ({ kind: "PatternMatch", values, path, statements: inner, span: this.spanFrom(start) }));
    },
    this.fallback<statements.PatternMatch>({ kind: "PatternMatch", values: [], statements: [], span: nowhere }),
  );
}
