import { CONTACT_FIELDS, type ContactFieldName } from './contact-fields';
import type { ColumnRole, GuessReason } from './column-roles';
import { foldText } from './search-text';
import {
  AREA_CODE_WORDS,
  ASIDE_WORDS,
  FIRST_NAME_WORDS,
  FULL_NAME_WORDS,
  LANDLINE_WORDS,
  LAST_NAME_WORDS,
  MOBILE_WORDS,
  WEAK_PHONE_WORDS,
  WHOLE_TITLES,
} from './title-words';

/** What a column's title says about it. `rank`: a higher one fits the role better; comparable within the role. */
export interface TitleReading {
  readonly role: ColumnRole;
  readonly reason: Extract<GuessReason, 'header_exact' | 'header_word' | 'header_contains'>;
  readonly word: string;
  readonly rank: number;
}

const PUNCTUATION = /[^\p{L}\p{N}]+/gu;

const CANONICAL: ReadonlyMap<string, ContactFieldName> = new Map(
  CONTACT_FIELDS.map(({ name }) => [name, name]),
);

interface WordEntry {
  readonly role: ColumnRole;
  /** Of the words of a role the earlier ones are better. */
  readonly position: number;
}

const WORDS = collectWords();

function collectWords(): ReadonlyMap<string, WordEntry> {
  const words = new Map<string, WordEntry>();
  const add = (role: ColumnRole, list: Iterable<string>): void => {
    [...list].forEach((word, position) => {
      if (!words.has(word)) words.set(word, { role, position });
    });
  };
  for (const { name, headerWords } of CONTACT_FIELDS) {
    for (const list of [headerWords.pt, headerWords.en, headerWords.es]) add(name, list);
  }
  add('last_name', LAST_NAME_WORDS);
  add('area_code', AREA_CODE_WORDS);
  add('phone_number', WEAK_PHONE_WORDS);
  return words;
}

/** Longest first, so that `last name` is found before `name`; the weak words are too common inside longer titles. */
const CONTAINED = [...WORDS.keys()]
  .filter((word) => !WEAK_PHONE_WORDS.has(word) && !WHOLE_TITLES.has(word))
  .sort((left, right) => right.length - left.length);

/** Which words decide when a title holds several: `E-mail do cliente` is an e-mail. */
const PRECEDENCE: readonly ColumnRole[] = ['area_code', 'email', 'phone_number', 'last_name', 'name'];

/** A title without accents, case and punctuation, words separated by single blanks. */
export function foldTitle(title: string): string {
  return foldText(title).replace(PUNCTUATION, ' ').trim();
}

/**
 * What a title says; `null` when it says nothing about a contact's fields. `hasAreaCodes`: whether the column is full
 * of two-digit numbers, `null` when it is empty; it tells `DDD celular` from `Celular com DDD`.
 */
export function readTitle(title: string, hasAreaCodes: boolean | null): TitleReading | null {
  const canonical = CANONICAL.get(title.trim().toLowerCase());
  if (canonical !== undefined) return { role: canonical, reason: 'header_exact', word: canonical, rank: 100 };
  const folded = foldTitle(title);
  const entry = WORDS.get(folded);
  if (entry) {
    return { role: entry.role, reason: 'header_word', word: folded, rank: rankOf(entry, folded) + 8 };
  }
  return readWords(folded, hasAreaCodes);
}

function readWords(folded: string, hasAreaCodes: boolean | null): TitleReading | null {
  const words = folded.split(' ');
  const padded = ` ${folded} `;
  const found = CONTAINED.filter((word) => padded.includes(` ${word} `));
  const wordOf = (role: ColumnRole) => found.find((word) => WORDS.get(word)?.role === role);
  const isAreaCode =
    wordOf('phone_number') === undefined || (hasAreaCodes ?? AREA_CODE_WORDS.has(words[0] ?? ''));
  for (const role of PRECEDENCE) {
    const word = wordOf(role);
    const entry = word === undefined ? undefined : WORDS.get(word);
    if (word === undefined || entry === undefined || (role === 'area_code' && !isAreaCode)) continue;
    if (isAside(role, words)) return null;
    return { role, reason: 'header_contains', word, rank: rankOf(entry, folded) };
  }
  return null;
}

function isAside(role: ColumnRole, words: readonly string[]): boolean {
  if (role === 'area_code') return false;
  const field = role === 'last_name' ? 'name' : role;
  return words.some((word) => ASIDE_WORDS.any.has(word) || ASIDE_WORDS[field].has(word));
}

/** Mobiles before telephones before landlines; earlier words before later ones; the first of numbered columns. */
function rankOf({ role, position }: WordEntry, folded: string): number {
  const words = folded.split(' ');
  const later = words.some((word) => /^[2-9]$/.test(word)) ? 3 : 0;
  if (role !== 'phone_number') return 10 - position * 0.2 - later;
  if (words.some((word) => MOBILE_WORDS.has(word))) return 20 - later;
  return (words.some((word) => LANDLINE_WORDS.has(word)) ? 0 : 10) - later;
}

/** Whether the title needs the content's consent: `n`, `numero`. */
export function isWeakTitle({ role, word }: TitleReading): boolean {
  return role === 'phone_number' && WEAK_PHONE_WORDS.has(word);
}

/** Whether the title asks for the first name alone. */
export function isFirstNameTitle({ word }: TitleReading): boolean {
  return FIRST_NAME_WORDS.has(word);
}

/** Whether the title promises the whole name. */
export function isFullNameTitle({ word }: TitleReading): boolean {
  return FULL_NAME_WORDS.has(word);
}

/** Whether both titles speak of the same kind of telephone: `DDD celular` belongs to `Celular`. */
export function isSameKind(left: string, right: string): boolean {
  return kindOf(left) === kindOf(right);
}

function kindOf(title: string): 'mobile' | 'landline' | 'any' {
  const words = foldTitle(title).split(' ');
  if (words.some((word) => MOBILE_WORDS.has(word))) return 'mobile';
  return words.some((word) => LANDLINE_WORDS.has(word)) ? 'landline' : 'any';
}
