import { CONTACT_FIELDS } from './contact-fields';
import { TYPO_DOMAINS, TYPO_TOP_LEVELS } from './email-typos';

const MAX_BYTES = CONTACT_FIELDS[2].maxLength;
const MAX_LOCAL = 64;
const MAX_LABEL = 63;
const MIN_TOP_LEVEL = 2;

const AT = 0x40;
const DOT = 0x2e;
const HYPHEN = 0x2d;
const APOSTROPHE = 0x27;

/** What a byte may be in an address. */
const LOCAL = 1;
const LABEL = 2;
const LETTER = 4;

const KINDS = new Uint8Array(256);
const allow = (bytes: string, kind: number): void => {
  for (let at = 0; at < bytes.length; at++) KINDS[bytes.charCodeAt(at)] = kind;
};
allow("!#$%&'*+/=?^_`{|}~", LOCAL);
allow('-0123456789', LOCAL | LABEL);
allow('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', LOCAL | LABEL | LETTER);

/** A byte more of a hash without case: letters differ in this bit, and no other byte of a domain has it unset. */
const hash = (before: number, byte: number): number => Math.imul(before, 31) + (byte | 0x20);
const HASHES = 0xfff;

function hashesOf(words: Iterable<string>): Uint8Array {
  const found = new Uint8Array(HASHES + 1);
  for (const word of words) {
    let of = 0;
    for (let at = 0; at < word.length; at++) of = hash(of, word.charCodeAt(at));
    found[of & HASHES] = 1;
  }
  return found;
}

/** Endings that may be slips of the finger; a few good ones share their hash and are looked at more closely. */
const MAYBE_DOMAINS = hashesOf(TYPO_DOMAINS.keys());
const MAYBE_TOP_LEVELS = hashesOf(TYPO_TOP_LEVELS.keys());

/**
 * Whether a cell, given as UTF-8, is an address that `proposeEmail` takes as it is and without a remark. Says yes to
 * nearly every good address and no to whatever needs a closer look. A test compares the two.
 */
export function isPlainEmail(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > MAX_BYTES || bytes[from] === APOSTROPHE) return false;
  let at = from;
  let start = from;
  for (; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (((KINDS[byte] ?? 0) & LOCAL) !== 0) continue;
    if (byte !== DOT && byte !== AT) return false;
    // Neither two dots nor one at the border.
    if (at === start) return false;
    start = at + 1;
    if (byte === AT) break;
  }
  return at < to && at - from <= MAX_LOCAL && isPlainDomain(bytes, at + 1, to);
}

function isPlainDomain(bytes: Uint8Array, from: number, to: number): boolean {
  let start = from;
  let domain = 0;
  let label = 0;
  let kinds = LETTER;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    domain = hash(domain, byte);
    if (byte === DOT) {
      if (!isLabel(bytes, start, at)) return false;
      start = at + 1;
      label = 0;
      kinds = LETTER;
      continue;
    }
    const kind = KINDS[byte] ?? 0;
    if ((kind & LABEL) === 0) return false;
    kinds &= kind;
    label = hash(label, byte);
  }
  const length = to - start;
  const isTopLevel = start > from && kinds !== 0 && length >= MIN_TOP_LEVEL && length <= MAX_LABEL;
  return isTopLevel && MAYBE_TOP_LEVELS[label & HASHES] === 0 && MAYBE_DOMAINS[domain & HASHES] === 0;
}

function isLabel(bytes: Uint8Array, from: number, to: number): boolean {
  return to > from && to - from <= MAX_LABEL && bytes[from] !== HYPHEN && bytes[to - 1] !== HYPHEN;
}
