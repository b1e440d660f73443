// Runs the command line from the checkout, built anew when a source is newer than the bundle.
import { spawnSync } from "node:child_process";
import { freshCli } from "./build.mjs";

const { status, signal } = spawnSync(process.execPath, [await freshCli(), ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = signal ? 130 : (status ?? 1);
