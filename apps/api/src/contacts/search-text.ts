import { phoneQuery } from '@ponte/contacts';
import { escapeLike, type Bind, type ContactQuery } from './contact-query';

const joined = (sql: string) => `translate(${sql}, ' .@_-', '01234')`;

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

/** Whether a text looks like a part of a phone. */
export function isPhone({ q = '' }: Pick<ContactQuery, 'q'>): boolean {
  return phoneQuery(q.trim()) !== null;
}

/** Whether a text is so rare that it is no use to look for it among the first of a list: more than a few digits of a phone. */
export function isRare({ q = '' }: Pick<ContactQuery, 'q'>): boolean {
  return (phoneQuery(q.trim())?.length ?? 0) >= RARE_DIGITS;
}

const RARE_DIGITS = 7;

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
    const pattern = bind(`%${neighbours(piece).map(escapeLike).join('%')}%`);
    const test = (fold: string) => `${TEXT} LIKE ${joined(`${fold}(${pattern})`)}`;
    // Names are compared without accents, e-mails with them.
    return IS_ASCII.test(piece) ? [test('lower')] : [test('ponte_fold'), test('lower')];
  });
  return `(${tests.join(' OR ')})`;
}

const BETWEEN_WORDS = /[ .@_-]/;
const SHORT = 9;

/**
 * Of a long text what stands around its first and its last space, dot and the like, one behind the other. Few texts have
 * the same words side by side, and what else is in them would have the index go through more lists to say so.
 */
function neighbours(text: string): string[] {
  const letters = Array.from(text);
  const first = letters.findIndex((letter) => BETWEEN_WORDS.test(letter));
  if (letters.length <= SHORT || first === -1 || first >= letters.length - 3) return [text];
  const last = letters.length - 1 - letters.toReversed().findIndex((letter) => BETWEEN_WORDS.test(letter));
  const part = (from: number, to: number) => letters.slice(Math.max(0, from), to).join('');
  if (first === last) return [part(first - 4, first + 5)];
  return [part(first - 3, first + 4), part(Math.max(first + 4, last - 3), last + 4)];
}
