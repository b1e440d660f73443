export const formatNames = ["pretty", "line", "csv", "tsv", "json", "ndjson", "md", "kql"] as const;
export type FormatName = (typeof formatNames)[number];

export function isFormatName(name: string): name is FormatName {
  return (formatNames as readonly string[]).includes(name);
}

export interface Layout {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Show at most this many rows, the middle ones elided. */
  readonly rows: number;
}
