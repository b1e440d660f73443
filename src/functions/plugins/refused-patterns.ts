import type { PluginDefinition } from "../plugin.ts";
import { refused } from "./refused.ts";

const unpublished = "Kusto does not publish how it finds the patterns";

export const autocluster: PluginDefinition = refused("autocluster", "Common patterns of discrete values.", unpublished);

export const basket: PluginDefinition = refused(
  "basket",
  "Frequent patterns of discrete values.",
  "Kusto looks for them in a sample, and does not publish its size or the order of the results",
);

export const diffpatterns: PluginDefinition = refused(
  "diffpatterns",
  "Patterns that tell two sets of rows apart.",
  unpublished,
);

export const diffpatternsText: PluginDefinition = refused(
  "diffpatterns_text",
  "Patterns of words that tell two sets of texts apart.",
  unpublished,
);

export const sessionCount: PluginDefinition = refused(
  "session_count",
  "Sessions of IDs for each bin of the timeline.",
  "its documentation does not say whether a session counts in one bin or in all that it spans: `row_window_session()` finds sessions",
);

export const funnelSequence: PluginDefinition = refused(
  "funnel_sequence",
  "IDs that went through a sequence of states, with the states before and after it.",
  "its result is three tables, and its documentation does not say how repeated states count: `scan` finds sequences",
);

export const funnelSequenceCompletion: PluginDefinition = refused(
  "funnel_sequence_completion",
  "How many IDs got how far in a sequence of states.",
  "its documentation does not say how states at the same time, and steps that nobody reaches, count: `scan` finds sequences",
);
