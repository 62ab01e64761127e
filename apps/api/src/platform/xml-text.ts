/** What XML cannot hold or would change, its own signs, and underscores that look like the beginning of an escape. */
// eslint-disable-next-line no-control-regex -- finding control characters is what it is for
const SPECIAL = /[<>&]|[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|_(?=x[\da-fA-F]{4}_)/;
const ALL_SPECIAL = new RegExp(SPECIAL, 'g');

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** A text between two tags of a workbook. Characters that XML cannot hold get the format's own escape, `_x000D_`. */
export function xmlText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replace(ALL_SPECIAL, (sign) => ENTITIES[sign] ?? escape(sign));
}

const ESCAPES = /&(?:lt|gt|amp);|_x([\dA-F]{4})_/g;
const SIGNS = new Map(Object.entries(ENTITIES).map(([sign, entity]) => [entity, sign]));

/** The text that `xmlText` was given. */
export function plainText(xml: string): string {
  if (!xml.includes('&') && !xml.includes('_x')) return xml;
  return xml.replace(ESCAPES, (escaped, code: string | undefined) =>
    code === undefined ? (SIGNS.get(escaped) ?? escaped) : String.fromCharCode(parseInt(code, 16)),
  );
}

function escape(sign: string): string {
  return `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}
