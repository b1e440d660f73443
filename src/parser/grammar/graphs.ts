import type { IToken } from "chevrotain";
import * as problem from "../../diagnostics/catalogue/syntax.ts";
import type * as ast from "../ast.ts";
import type * as graph from "../ast-graphs.ts";
import type * as op from "../ast-operators.ts";
import * as t from "../tokens.ts";
import type { Exprs } from "./pieces.ts";
import { nobody, nothing, nowhere } from "./reading.ts";
import { TableGrammar } from "./tables.ts";

/** The layer that reads operators over graphs. */
export abstract class GraphGrammar extends TableGrammar {
  // make-graph source --> target with Nodes on key, … partitioned-by column (operators)
  // https://learn.microsoft.com/kusto/query/make-graph-operator
  protected readonly makeGraph = this.RULE(
    "makeGraph",
    (): op.Operator => {
      const start = this.begin();
      const nodes: graph.MakeGraph["nodes"][number][] = [];
      let nodeId: ast.Name | undefined;
      let partition: graph.MakeGraph["partition"];
      this.CONSUME(t.MakeGraph);
      const options = this.SUBRULE(this.hints);
      const source = this.SUBRULE(this.newName);
      const arrow = this.SUBRULE(this.graphEdge);
      const target = this.SUBRULE1(this.newName);
      this.OPTION({
        GATE: () => this.LA(1).image === "with_node_id",
        DEF: () => {
          this.CONSUME(t.Word);
          this.CONSUME(t.Assign);
          nodeId = this.SUBRULE2(this.newName);
        },
      });
      this.OPTION1(() => {
        this.CONSUME(t.With);
        nodes.push(this.SUBRULE(this.graphNodes));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          nodes.push(this.SUBRULE1(this.graphNodes));
        });
      });
      this.OPTION2(() => {
        this.CONSUME(t.PartitionedBy);
        const by = this.SUBRULE3(this.newName);
        const steps = this.SUBRULE(this.steps);
        partition = { by, steps };
      });
      const span = this.ACTION(() => this.spanFrom(start));
      return { kind: "MakeGraph", options, source, arrow, target, nodes, nodeId, partition, span };
    },
    this.unread,
  );

  private readonly graphNodes = this.RULE(
    "graphNodes",
    (): graph.MakeGraph["nodes"][number] => {
      const table = this.SUBRULE(this.table);
      this.CONSUME(t.On);
      const key = this.SUBRULE(this.newName);
      return { table, key };
    },
    this.fallback<graph.MakeGraph["nodes"][number]>({ table: nothing, key: nobody }),
  );

  // graph-match cycles=… (n1)-[e]->(n2), … where predicate project columns
  // https://learn.microsoft.com/kusto/query/graph-match-operator
  protected readonly graphMatch = this.RULE(
    "graphMatch",
    (): op.Operator => {
      const start = this.begin();
      const patterns: graph.GraphPattern[] = [];
      let predicate: ast.Expr | undefined;
      let columns: Exprs | undefined;
      const token = this.CONSUME(t.GraphMatch);
      const options = this.SUBRULE(this.options);
      patterns.push(this.SUBRULE(this.graphPattern));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        patterns.push(this.SUBRULE1(this.graphPattern));
      });
      this.OPTION(() => {
        this.CONSUME(t.Where);
        predicate = this.SUBRULE(this.expression);
      });
      this.OPTION1(() => {
        this.CONSUME(t.Project);
        columns = this.SUBRULE(this.columns);
      });
      return this.ACTION(() => {
        const keyword = token.image === "graph-match" ? "graph-match" : "graph-shortest-paths";
        return { kind: "GraphMatch", keyword, options, patterns, predicate, columns, span: this.spanFrom(start) };
      });
    },
    this.unread,
  );

  private readonly graphPattern = this.RULE(
    "graphPattern",
    (): graph.GraphPattern => {
      const start = this.begin();
      const elements: graph.GraphElement[] = [];
      this.AT_LEAST_ONE(() => {
        this.OR([
          {
            ALT: () => {
              elements.push(this.SUBRULE(this.graphNode));
            },
          },
          {
            ALT: () => {
              elements.push(this.SUBRULE(this.graphEdge));
            },
          },
        ]);
      });
      return this.ACTION(() => ({ elements, span: this.spanFrom(start) }));
    },
    this.fallback<graph.GraphPattern>({ elements: [], span: nowhere }),
  );

  private readonly graphNode = this.RULE(
    "graphNode",
    (): graph.GraphNode => {
      const start = this.begin();
      let name: ast.Name | undefined;
      this.CONSUME(t.LParen);
      this.OPTION(() => {
        name = this.SUBRULE(this.newName);
      });
      this.CONSUME(t.RParen);
      return this.ACTION(() => ({ kind: "GraphNode", name, span: this.spanFrom(start) }));
    },
    this.fallback<graph.GraphNode>({ kind: "GraphNode", span: nowhere }),
  );

  /** --, -->, <--, -[name]->, <-[name*low..high]-: the lexer gives single marks. */
  private readonly graphEdge = this.RULE(
    "graphEdge",
    (): graph.GraphEdge => {
      const start = this.begin();
      let name: ast.Name | undefined;
      let range: graph.GraphEdge["range"];
      let direction: graph.GraphEdge["direction"] = "any";
      const points: IToken[] = [];
      this.OPTION({
        GATE: () => this.LA(1).image === "<",
        DEF: () => {
          this.CONSUME(t.Symbolic);
          direction = "backward";
        },
      });
      const dashes = [this.CONSUME(t.Sign)];
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.LBracket);
            this.OPTION1(() => {
              name = this.SUBRULE(this.newName);
            });
            this.OPTION2(() => {
              this.CONSUME(t.Star);
              const low = this.SUBRULE(this.operand);
              this.CONSUME(t.DotDot);
              const high = this.SUBRULE1(this.operand);
              range = { low, high };
            });
            this.CONSUME(t.RBracket);
            dashes.push(this.CONSUME1(t.Sign));
          },
        },
        {
          ALT: () => {
            dashes.push(this.CONSUME2(t.Sign));
          },
        },
      ]);
      this.OPTION3({
        GATE: () => this.LA(1).image === ">",
        DEF: () => {
          const point = this.CONSUME1(t.Symbolic);
          if (direction === "backward") points.push(point);
          direction = "forward";
        },
      });
      return this.ACTION(() => {
        for (const dash of dashes) this.checkDash(dash);
        // An edge that points both ways is not documented.
        for (const point of points) this.structure.push(problem.expected(this.spanOf(point), "a node", point.image));
        return { kind: "GraphEdge", name, direction, range, span: this.spanFrom(start) };
      });
    },
    this.fallback<graph.GraphEdge>({ kind: "GraphEdge", direction: "any", span: nowhere }),
  );

  private checkDash(token: IToken): void {
    if (token.image === "+") this.structure.push(problem.expected(this.spanOf(token), "`-`", token.image));
  }

  // graph-to-table nodes as N with_node_id=…, edges as E         https://learn.microsoft.com/kusto/query/graph-to-table-operator
  protected readonly graphToTable = this.RULE(
    "graphToTable",
    (): op.Operator => {
      const start = this.begin();
      const outputs: graph.GraphOutput[] = [];
      this.CONSUME(t.GraphToTable);
      outputs.push(this.SUBRULE(this.graphOutput));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        outputs.push(this.SUBRULE1(this.graphOutput));
      });
      return this.ACTION(() => ({ kind: "GraphToTable", outputs, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  private readonly graphOutput = this.RULE(
    "graphOutput",
    (): graph.GraphOutput => {
      const start = this.begin();
      let as: ast.Name | undefined;
      const token = this.CONSUME(t.Word);
      this.ACTION(() => {
        if (token.image === "nodes" || token.image === "edges" || Number.isNaN(token.startOffset)) return;
        this.structure.push(problem.expected(this.spanOf(token), "`nodes` or `edges`", token.image));
      });
      this.OPTION(() => {
        this.CONSUME(t.As);
        as = this.SUBRULE(this.newName);
      });
      const options = this.SUBRULE(this.options);
      return this.ACTION(() => {
        const entity = token.image === "edges" ? "edges" : "nodes";
        return { kind: "GraphOutput", entity, as, options, span: this.spanFrom(start) };
      });
    },
    this.fallback<graph.GraphOutput>({ kind: "GraphOutput", entity: "nodes", options: [], span: nowhere }),
  );

  // graph-mark-components kind=… with_component_id=…             https://learn.microsoft.com/kusto/query/graph-mark-components-operator
  protected readonly graphMarkComponents = this.RULE(
    "graphMarkComponents",
    (): op.Operator => {
      const start = this.begin();
      this.CONSUME(t.GraphMarkComponents);
      const options = this.SUBRULE(this.options);
      return this.ACTION(() => ({ kind: "GraphMarkComponents", options, span: this.spanFrom(start) }));
    },
    this.unread,
  );

  // graph-where-nodes predicate; graph-where-edges predicate     https://learn.microsoft.com/kusto/query/graph-where-nodes-operator
  protected readonly graphWhere = this.RULE(
    "graphWhere",
    (): op.Operator => {
      const start = this.begin();
      const token = this.CONSUME(t.GraphWhere);
      const predicate = this.SUBRULE(this.expression);
      return this.ACTION(() => {
        const entity = token.image === "graph-where-edges" ? "edges" : "nodes";
        return { kind: "GraphWhere", entity, predicate, span: this.spanFrom(start) };
      });
    },
    this.unread,
  );
}
