import type { PluginDefinition } from "../plugin.ts";
import { refused } from "./refused.ts";

const sandbox = "it runs a program in a sandbox of the cluster";
const cluster = "it speaks to a cluster";
const undocumented = "Kusto does not document it";

export const python: PluginDefinition = refused("python", "Rows out of a Python script.", sandbox);

export const r: PluginDefinition = refused("r", "Rows out of an R script.", sandbox);

export const csharp: PluginDefinition = refused("csharp", "Rows out of a C# script.", sandbox, "evaluate-operator");

export const executeQuery: PluginDefinition = refused(
  "execute_query",
  "Rows of a query on another cluster.",
  cluster,
  "evaluate-operator",
);

export const executeShowCommand: PluginDefinition = refused(
  "execute_show_command",
  "Rows of a command on another cluster.",
  cluster,
  "evaluate-operator",
);

export const externalDatatable: PluginDefinition = refused(
  "external_datatable",
  "Rows that the client of a cluster sends along.",
  cluster,
  "evaluate-operator",
);

export const identity: PluginDefinition = refused(
  "identity",
  "The rows of the input.",
  undocumented,
  "evaluate-operator",
);

export const identityV3: PluginDefinition = refused(
  "identity_v3",
  "The rows of the input.",
  undocumented,
  "evaluate-operator",
);

export const estimateRowsCount: PluginDefinition = refused(
  "estimate_rows_count",
  "How many rows the planner of the cluster expects.",
  "Kusto does not document it: `count` counts the rows",
  "evaluate-operator",
);
