/*
 * How many columns of a terminal a text takes. A table of its own, because packages for it compile the regexes of every
 * emoji when they load, which takes longer than most queries.
 */

/** First and last code points that take two columns. https://www.unicode.org/reports/tr11 */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

let segmenter: Intl.Segmenter | undefined;

/** Columns of a text without line breaks and escape sequences. */
export function textWidth(text: string): number {
  if (/^[\u0020-\u00ac\u00ae-\u024f]*$/.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter();
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += clusterWidth(segment);
  return width;
}

/** Of what a reader sees as one character. */
function clusterWidth(cluster: string): number {
  if (/^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}\p{Surrogate}]+$/u.test(cluster)) return 0;
  if (/\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u.test(cluster)) return 2;
  const code = cluster.codePointAt(0) ?? 0;
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
