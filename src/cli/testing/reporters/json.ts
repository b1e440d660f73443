import { totalsOf } from "../suite.ts";
import type { Reporter } from "./reporter.ts";

/** Everything that is known of a run; members may be added, none changes its meaning. */
export const json: Reporter = ({ files, milliseconds, version }) =>
  `${JSON.stringify({ version: 1, kqlite: version, ...totalsOf(files), milliseconds, files }, undefined, 2)}\n`;
