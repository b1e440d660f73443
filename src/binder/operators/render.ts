import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as ast from "../../parser/ast.ts";
import type { Place } from "../place.ts";

export const charts: readonly string[] = [
  "table",
  "list",
  "barchart",
  "piechart",
  "ladderchart",
  "timechart",
  "linechart",
  "anomalychart",
  "pivotchart",
  "areachart",
  "stackedareachart",
  "scatterchart",
  "timepivot",
  "columnchart",
  "timeline",
  "3Dchart",
  "card",
  "treemap",
  "plotly",
  "graph",
  "sankey",
];

/** The chart is carried beside the result (`renderOf` in bind.ts) and changes no row, but it must be one. */
export function checkRender({ chart }: ast.Render, { context }: Place): void {
  if (charts.includes(chart.name)) return;
  context.report(problem.unknownOptionValue(chart.span, "render", chart.name, charts));
}
