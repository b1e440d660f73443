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
