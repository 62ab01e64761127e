const SIGNS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Whole rows in COPY's text form, as `copyOut` gives them, as cells. */
export function copyRows(piece: Uint8Array): (string | null)[][] {
  const { buffer, byteOffset, byteLength } = piece;
  const lines = Buffer.from(buffer, byteOffset, byteLength).toString('utf8').split('\n');
  // Behind the last line feed there is nothing.
  lines.pop();
  return lines.map((line) => (line.includes('\\') ? line.split('\t').map(cell) : line.split('\t')));
}

function cell(text: string): string | null {
  if (text === '\\N') return null;
  return text.replace(/\\(.)/g, (_, sign: string) => SIGNS[sign] ?? sign);
}
