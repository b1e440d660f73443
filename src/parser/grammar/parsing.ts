import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type * as ast from "../ast.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import { PieceGrammar } from "./pieces.ts";
import { nobody, nothing, nowhere } from "./reading.ts";

/** The layer that reads operators which take text apart: parse, parse-where, parse-kv. */
export abstract class ParsingGrammar extends PieceGrammar {
  // parse kind=… flags=… expression with * "text" name:type …      https://learn.microsoft.com/kusto/query/parse-operator
  protected readonly parseText = this.RULE(
    "parseText",
    (): op.Operator => {
      const start = this.begin();
      const options: ast.Option[] = [];
      const pattern: op.Parse["pattern"][number][] = [];
      const where = this.OR<boolean>([
        { ALT: () => this.chosen(this.CONSUME(t.Parse), false) },
        { ALT: () => this.chosen(this.CONSUME(t.ParseWhere), true) },
      ]);
      this.MANY({ GATE: () => this.atOption(parseWords), DEF: () => options.push(this.SUBRULE(this.wordSetting)) });
      const expression = this.SUBRULE(this.expression);
      this.CONSUME(t.With);
      if (this.ACTION(() => this.atStop()) === true) {
        this.missing((span, found) => problem.expected(span, "a text or a column", found, patternHelp));
      }
      this.MANY1(() => pattern.push(this.SUBRULE(this.patternPart)));
      return this.ACTION(() => ({ kind: "Parse", where, options, expression, pattern, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  /** name = word: words that need brackets as names need none here. */
  private readonly wordSetting = this.RULE(
    "wordSetting",
    (): ast.Option => {
      const start = this.begin();
      const name = this.SUBRULE(this.optionName);
      this.CONSUME(t.Assign);
      const token = this.CONSUME(t.Word);
      return this.ACTION(() => {
        const value: ast.Name = { kind: "Name", name: token.image, span: this.spanOf(token) };
        return { kind: "Option", name, value, span: this.spanFrom(start) };
      });
    },
    this.fallback<ast.Option>({ kind: "Option", name: nobody, value: nothing, span: nowhere }),
  );

  private readonly patternPart = this.RULE(
    "patternPart",
    (): op.Parse["pattern"][number] => {
      const start = this.begin();
      return this.OR<op.Parse["pattern"][number]>([
        {
          ALT: () => {
            this.CONSUME(t.Star);
            return this.ACTION(() => ({ kind: "Star", span: this.spanFrom(start) }));
          },
        },
        {
          ALT: () => {
            const tokens = [this.CONSUME(t.Text)];
            this.MANY(() => tokens.push(this.CONSUME1(t.Text)));
            return this.ACTION(() => this.stringNode(tokens));
          },
        },
        {
          ALT: () => {
            const name = this.SUBRULE(this.newName);
            let type: op.ParsedColumn["type"];
            this.OPTION(() => {
              this.CONSUME(t.Colon);
              type = this.SUBRULE(this.typeName);
            });
            return this.ACTION(() => ({ kind: "ParsedColumn", name, type, span: this.spanFrom(start) }));
          },
        },
      ]);
    },
    this.fallback<op.Parse["pattern"][number]>({ kind: "Star", span: nowhere }),
  );

  // parse-kv expression as (name:type, …) with (pair_delimiter = …)  https://learn.microsoft.com/kusto/query/parse-kv-operator
  protected readonly parseKv = this.RULE(
    "parseKv",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.ParseKv);
      const expression = this.SUBRULE(this.expression);
      this.CONSUME(t.As);
      const columns = this.SUBRULE(this.schema);
      const options = this.SUBRULE(this.withOptions);
      return this.ACTION(() => ({ kind: "ParseKv", expression, columns, options, span: this.spanFrom(start) }));
    },
    this.unread,
  );
}

const patternHelp = 'for example `parse Message with * "user=" User " " *`';
const parseWords: ReadonlySet<string> = new Set(["kind", "flags"]);
