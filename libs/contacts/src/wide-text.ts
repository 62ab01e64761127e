const WIDE = /[\uff01-\uff5e\u3000]/g;

/**
 * Full-width characters (`＋５５`, `＠`) in ASCII: the same signs in another dress. Other digits stay as they are, since
 * superscripts are footnotes.
 */
export function toAscii(text: string): string {
  return text.replace(WIDE, (wide) =>
    wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );
}
