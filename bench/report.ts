import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Timed } from "./answer.ts";

/* docs/benchmarks.md: one section per suite, each written anew when its suite has run. */

export interface Section {
  readonly suite: string;
  readonly note: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const milliseconds = (timed: Pick<Timed, "seconds"> | undefined): string =>
  timed ? (timed.seconds * 1000).toFixed(timed.seconds < 0.01 ? 2 : 0) : "–";

/** Ours over theirs. */
export const ratio = (ours: number, theirs: number): string => (ours / theirs).toFixed(2);

export function tableText({ header, rows }: Pick<Section, "header" | "rows">): string {
  const rule = header.map((_, index) => (index === 0 ? "---" : "--:"));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const intro = `# Benchmarks

Written by \`npm run bench\`; [bench/](../bench) holds the generators, the queries of every engine, and why they are what
they are. Every row compares answers first. The ratios of one run are what counts: its machine may have been busy, and
milliseconds of two runs do not compare.
`;

export function writeSection(path: string, section: Section, runs: number): void {
  const text = existsSync(path) ? readFileSync(path, "utf8") : intro;
  const [head = intro, ...parts] = text.split(/^(?=## )/m);
  const made = `## ${section.suite}\n\n${section.note} Medians of ${runs} runs, Node ${process.versions.node}, ${availableParallelism()} cores.\n\n${tableText(section)}\n\n`;
  const place = parts.findIndex((part) => part.startsWith(`## ${section.suite}\n`));
  const next = place < 0 ? [...parts, made] : parts.with(place, made);
  writeFileSync(path, `${[head.trimEnd(), ...next.map((part) => part.trimEnd())].join("\n\n")}\n`);
}
