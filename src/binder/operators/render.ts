import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as op from "../../parser/ast-operators.ts";
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

const words: Readonly<Partial<Record<string, readonly string[]>>> = {
  kind: ["default", "unstacked", "stacked", "stacked100", "map"],
  legend: ["visible", "hidden"],
  xaxis: ["linear", "log"],
  yaxis: ["linear", "log"],
  ysplit: ["none", "axes", "panels"],
};

const properties = [
  ...Object.keys(words),
  ...["accumulate", "anomalycolumns", "series", "title", "visualization", "xcolumn", "xmax", "xmin", "xtitle"],
  ...["ycolumns", "ymax", "ymin", "ytitle"],
].sort();

/** The chart is carried beside the result (`renderOf` in bind.ts) and changes no row, but it must be one that Kusto has. */
export function checkRender({ chart, options }: op.Render, { context }: Place): void {
  if (!charts.includes(chart.name)) {
    context.report(problem.unknownOptionValue(chart.span, "render", chart.name, charts));
  }
  const seen = new Set<string>();
  for (const { name, value, span } of options) {
    // Several values of one property share its name: `ycolumns = a, b`.
    const again = span !== value.span && seen.has(name.name);
    const known = words[name.name];
    if (!properties.includes(name.name)) {
      context.report(problem.unknownOption(name.span, "render", name.name, properties));
    } else if (known && value.kind === "Name" && !known.includes(value.name)) {
      context.report(problem.unknownOptionValue(value.span, name.name, value.name, known));
    } else if (again) context.report(problem.repeatedOption(name.span, name.name));
    seen.add(name.name);
  }
}
