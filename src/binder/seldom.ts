import { bindMacroExpand } from "./macro-expand.ts";
import { bindCounting, bindPlugin, isCounting } from "./operators/evaluate.ts";
import { bindFileProfile } from "./operators/file-profile.ts";
import { bindPattern } from "./patterns.ts";
import { bindRestrict } from "./restrict.ts";

/**
 * What few queries have, as one chunk that is loaded when a query has it. One, not several: a bundler keeps apart what
 * different chunks share, and many small pieces cost every query more than is saved.
 */
export const binders = {
  bindCounting,
  bindFileProfile,
  bindMacroExpand,
  bindPattern,
  bindPlugin,
  bindRestrict,
  isCounting,
};
