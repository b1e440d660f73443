import type { PluginDefinition } from "../plugin.ts";
import { refused } from "./refused.ts";

export const autocluster: PluginDefinition = refused(
  "autocluster",
  "Common patterns of discrete values.",
  "its documentation names a paper that it is largely based on, and says neither where it differs nor which patterns it keeps",
);

export const basket: PluginDefinition = refused(
  "basket",
  "Frequent patterns of discrete values.",
  "its documentation leaves open how many rows it samples, which of the patterns of the same rows it shows, and how it numbers them",
);

export const diffpatterns: PluginDefinition = refused(
  "diffpatterns",
  "Patterns that tell two sets of rows apart.",
  "its documentation does not say which of all patterns above the threshold are in its small set",
);

export const diffpatternsText: PluginDefinition = refused(
  "diffpatterns_text",
  "Patterns of words that tell two sets of texts apart.",
  "its documentation does not say which of all patterns above the threshold it gives, nor how words become wildcards",
);

export const funnelSequence: PluginDefinition = refused(
  "funnel_sequence",
  "IDs that went through a sequence of states, with the states before and after it.",
  "its result is three tables, and its documentation does not say what may stand between two steps, nor which of states at one time come first: `scan` finds sequences",
);
