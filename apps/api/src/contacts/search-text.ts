import { phoneQuery } from '@ponte/contacts';
import { escapeLike, type Bind, type ContactQuery } from './contact-query';

/** What stands between words is a digit in the trigram index. */
const joined = (sql: string) =>
  Array.from(' .@_-').reduce((inner, letter, place) => `replace(${inner}, '${letter}', '${place}')`, sql);

/** What the trigram index holds: word for word as in the index, or PostgreSQL does not know it again. */
const TEXT = joined(`s.name_key || E'\\n' || coalesce(s.email_key, '') || E'\\n' || s.phone_number`);

/** Whether the trigram index can help to find what the query asks for. */
export function hasText(query: Pick<ContactQuery, 'q' | 'conditions'>): boolean {
  return textSql(query, () => '') !== null;
}

/**
 * What every match of the query fulfils and the trigram index knows; null when it can say nothing. Pieces of a text are
 * looked for in name, e-mail and phone alike: who really matches is asked of what it finds.
 */
export function textSql({ q = '', conditions = [] }: Pick<ContactQuery, 'q' | 'conditions'>, bind: Bind) {
  const parts: string[] = [];
  if (q.trim() !== '') parts.push(anyOf(searchPieces(q.trim()), bind));
  const isAnd = conditions.slice(0, -1).every((one) => one.query_operator?.toUpperCase() !== 'OR');
  for (const { attribute_key: attribute, filter_operator: operator, values } of isAnd ? conditions : []) {
    if (attribute === 'created_at' || !['contains', 'starts_with', 'equal_to'].includes(operator)) continue;
    const texts = (Array.isArray(values) ? values : [values]).map((value) => String(value ?? '').trim());
    parts.push(anyOf(texts.map(PIECES[attribute]), bind));
  }
  return parts.length === 0 ? null : parts.join(' AND ');
}

function searchPieces(q: string): string[] {
  const text = q.normalize('NFC');
  const digits = phoneQuery(text);
  return digits === null ? [rarePiece(text)] : [text.slice(-ENOUGH_DIGITS), digits.slice(-ENOUGH_DIGITS)];
}

/** More would have the index go through more lists only to come to the same contacts; the ninth digit is not among them. */
const ENOUGH_DIGITS = 7;

/** How many digits of a phone a text is; 0 when it is something else. */
export function countDigits({ q = '' }: Pick<ContactQuery, 'q'>): number {
  return phoneQuery(q.trim())?.length ?? 0;
}

/**
 * Of a text with a number in it, the number and its neighbours; else of an e-mail address or a domain, what few others
 * have. The index would go through long lists for the rest only to come to the same contacts.
 */
function rarePiece(text: string): string {
  const [, user] = /^([^@]{4,}@)./.exec(text) ?? [];
  const [, domain] = /^(.*@.{3,}\.)com?(?:\.br?)?$/i.exec(text) ?? [];
  const piece = user ?? domain ?? text;
  const [number = piece] = /\D\d{3,5}\D?/u.exec(piece) ?? /\D{2}\d\d\D?/u.exec(piece) ?? [];
  return number;
}

const PIECES = {
  name: (value: string) => rarePiece(value.normalize('NFC')),
  email: rarePiece,
  phone_number: (value: string) => phoneQuery(value)?.slice(-ENOUGH_DIGITS) ?? value.replace(/^\+/, ''),
};

const IS_ASCII = /^[\0-\x7f]*$/;

/** A text that has one of the others in it is found with that one. */
function anyOf(pieces: readonly string[], bind: Bind): string {
  const needed = pieces.filter(
    (piece, index) =>
      !pieces.some(
        (other, place) => place !== index && piece.includes(other) && (piece !== other || place < index),
      ),
  );
  const tests = needed.flatMap((piece) => {
    const pattern = bind(`%${telling(piece).map(escapeLike).join('%')}%`);
    const test = (fold: string) => `${TEXT} LIKE ${joined(`${fold}(${pattern})`)}`;
    // Names are compared without accents, e-mails with them.
    return IS_ASCII.test(piece) ? [test('lower')] : [test('ponte_fold'), test('lower')];
  });
  return `(${tests.join(' OR ')})`;
}

const BETWEEN_WORDS = /[ .@_-]/;
const SHORT = 9;

/**
 * Of a long text how it begins, what stands around its first and its last space, dot and the like, and the middle of a long
 * last word, one behind the other. Few texts have the same words side by side; the rest, and endings that many names have,
 * would have the index go through more lists to say so. A word that comes twice says nothing of its neighbour.
 */
function telling(text: string): string[] {
  const letters = Array.from(text);
  const gaps = letters.flatMap((letter, place) => (BETWEEN_WORDS.test(letter) ? [place] : []));
  if (letters.length <= SHORT || gaps.length === 0) return [text];
  const words = text.toLowerCase().split(BETWEEN_WORDS);
  if (new Set(words).size < words.length) return [text];
  const parts: { from: number; to: number }[] = [{ from: 0, to: 3 }];
  for (const gap of [gaps[0] ?? 0, gaps.at(-1) ?? 0]) {
    const from = gap === letters.length - 1 ? gap - 3 : gap - 1;
    const before = parts.at(-1);
    if (before === undefined || from > before.to) parts.push({ from, to: gap + 4 });
    else before.to = Math.max(before.to, gap + 4);
  }
  const from = parts.at(-1)?.to ?? 0;
  if (from + 3 <= letters.length) parts.push({ from, to: from + 3 });
  return parts.map((part) => letters.slice(part.from, part.to).join(''));
}
