import { caseId } from "./suite.ts";

/** Which cases are run. */
export interface Selection {
  /** A part of the file's path or of the case's name, in any case of letters. */
  readonly filter: string | undefined;
  readonly tags: readonly string[];
  /** Those that failed the last time, by their ids. */
  readonly only: ReadonlySet<string> | undefined;
}

export function isSelected({ filter, tags, only }: Selection, id: string, tagged: readonly string[]): boolean {
  if (filter !== undefined && !id.toLowerCase().includes(filter.toLowerCase())) return false;
  if (tags.length > 0 && !tags.some((tag) => tagged.includes(tag))) return false;
  return only === undefined || only.has(id);
}

/** Whether a case may be meant of a file that cannot be read as tests: what selects must at least stand in it. */
export function mayBeSelected({ filter, tags, only }: Selection, path: string, text: string): boolean {
  if (filter !== undefined && !`${path}\n${text}`.toLowerCase().includes(filter.toLowerCase())) return false;
  if (tags.length > 0 && !tags.some((tag) => text.includes(tag))) return false;
  return only === undefined || [...only].some((id) => id.startsWith(caseId(path, "")));
}
