import { phoneQuery } from '@ponte/contacts';
import { escapeLike, type Bind, type ContactQuery } from './contact-query';

/** What stands between words is a digit in the trigram index. */
const joined = (sql: string) =>
  Array.from(' .@_-').reduce((inner, letter, place) => `replace(${inner}, '${letter}', '${place}')`, sql);

// What the index holds: word for word as in the index, or PostgreSQL does not know it again.
const NAME_AND_EMAIL = `s.name_key || E'\\n' || coalesce(s.email_key, '')`;
const TEXT = joined(`${NAME_AND_EMAIL} || E'\\n' || s.phone_number`);
const GAPS = `ponte_gaps(${NAME_AND_EMAIL})`;

/** Whether the index can help to find what the query asks for. */
export function hasText(query: Pick<ContactQuery, 'q' | 'conditions'>): boolean {
  return textSql(query, () => '') !== null;
}

/**
 * What every match of the query fulfils and the index knows; null when it can say nothing. Pieces of a text are looked for
 * in name, e-mail and phone alike: who really matches is asked of what it finds.
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

/** What is looked for with trigrams, or the gaps between the words of a text. */
type Piece = string | { gapsOf: string };

function searchPieces(q: string): Piece[] {
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

/** Whether the search asks for whole gaps between words, which few contacts have. */
export function isTelling({ q = '' }: Pick<ContactQuery, 'q'>): boolean {
  return /[\p{L}\p{N}]{3}[ .@_-][\p{L}\p{N}]{3}/u.test(q);
}

const hasGap = (text: string) => /[\p{L}\p{N}]{3}[ .@_-][\p{L}\p{N}]/u.test(text);

/**
 * The gaps between words; but of an e-mail address whose user is one word the user, because many have the same letters
 * around the `@`. Of one word with a number in it, the number and its neighbours: the index would go through long lists for
 * the rest only to come to the same contacts.
 */
function rarePiece(text: string): Piece {
  const [user] = /^\p{L}{4,}@/u.exec(text) ?? [];
  if (user !== undefined) return user;
  if (hasGap(text)) return { gapsOf: text };
  const [number = text] = /\D\d{3,5}\D?/u.exec(text) ?? /\D{2}\d\d\D?/u.exec(text) ?? [];
  return number;
}

const PIECES = {
  name: (value: string) => rarePiece(value.normalize('NFC')),
  email: rarePiece,
  phone_number: (value: string) => phoneQuery(value)?.slice(-ENOUGH_DIGITS) ?? value.replace(/^\+/, ''),
};

const IS_ASCII = /^[\0-\x7f]*$/;

/** A text that has one of the others in it is found with that one. */
function anyOf(pieces: readonly Piece[], bind: Bind): string {
  const needed = pieces.filter(
    (piece, index) =>
      !pieces.some(
        (other, place) =>
          typeof piece === 'string' &&
          typeof other === 'string' &&
          place !== index &&
          piece.includes(other) &&
          (piece !== other || place < index),
      ),
  );
  return `(${needed.flatMap((piece) => pieceTests(piece, bind)).join(' OR ')})`;
}

/** Names are compared without accents, e-mails with them. */
function pieceTests(piece: Piece, bind: Bind): string[] {
  const isText = typeof piece === 'string';
  const value = bind(isText ? `%${escapeLike(piece)}%` : piece.gapsOf);
  const folds = IS_ASCII.test(isText ? piece : piece.gapsOf) ? ['lower'] : ['ponte_fold', 'lower'];
  return folds.map((fold) =>
    isText ? `${TEXT} LIKE ${joined(`${fold}(${value})`)}` : `${GAPS} @@ ponte_gap_query(${fold}(${value}))`,
  );
}
