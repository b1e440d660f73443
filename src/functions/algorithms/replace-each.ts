interface Piece {
  readonly text: string;
  /** Taken by a lookup: later ones do not see it. */
  readonly taken: boolean;
}

/**
 * Replaces each lookup by the rewrite at its place. Lookups take turns: the first has the whole text, the next what the
 * ones before it left. An undefined or empty lookup finds nothing; with an undefined rewrite, what is found stays.
 */
export function replaceEach(
  text: string,
  lookups: readonly (string | undefined)[],
  rewrites: readonly (string | undefined)[],
): string {
  let pieces: readonly Piece[] = [{ text, taken: false }];
  for (const [i, lookup] of lookups.entries()) {
    if (lookup === undefined || lookup === "") continue;
    const rewrite: Piece = { text: rewrites[i] ?? lookup, taken: true };
    pieces = pieces.flatMap((piece) => (piece.taken ? [piece] : replaced(piece.text, lookup, rewrite)));
  }
  return pieces.map((piece) => piece.text).join("");
}

function replaced(text: string, lookup: string, rewrite: Piece): readonly Piece[] {
  return text.split(lookup).flatMap((rest, i) => {
    const piece: Piece = { text: rest, taken: false };
    return i === 0 ? [piece] : [rewrite, piece];
  });
}
