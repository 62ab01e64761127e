import type { Random } from '@ponte/testing';

const INSERTED = [
  ...[
    '0',
    '1',
    '5',
    '9',
    ' ',
    '  ',
    '-',
    '–',
    '(',
    ')',
    '.',
    '/',
    '+',
    '*',
    '#',
    '~',
    ',',
    ';',
    'x',
    'o',
    'I',
    'zap',
  ],
  ...[
    '٣',
    '３',
    '²',
    '\u00a0',
    '\u200b',
    '\u202a',
    '\u202c',
    '\ufeff',
    '\u00ad',
    '\t',
    '\n',
    '\r\n',
    '\0',
    '\u001f',
  ],
  ...['\u0085', '\ud800', '\udc00', '😀', "'", '"', '=', 'é', 'ext', '％'],
];
const BEHIND = [
  ...[
    ' x12',
    'x1',
    ';ext=12',
    ' ext. 5',
    ' ramal 12',
    '#3',
    ' r 4',
    ',123',
    ' extension 123456',
    ' ext=',
    ' (zap)',
  ],
  ...['.0', ',0', 'E+12', ' / 11987654321', '\u200b', ' ', '\u00a0\u200f', '0', '000000000'],
];
const BEFORE = ["'", "''", ' ', '\u202a', '\ufeff', 'tel:', '=', '+', '0', '(', '\u0000', '‘', '-', 'a'];

/** Between ASCII and its full-width form. */
const WIDE = 0xfee0;

type Mutation = (random: Random, text: string) => string;

const MUTATIONS: readonly Mutation[] = [
  (random, text) => splice(text, random.below(text.length + 1), 1, String(random.below(10))),
  (random, text) => splice(text, random.below(text.length + 1), 0, random.pick(INSERTED)),
  (random, text) => splice(text, random.below(text.length + 1), 1, random.pick(INSERTED)),
  (random, text) => splice(text, random.below(text.length + 1), 1 + random.below(2), ''),
  (random, text) => swap(text, random.below(text.length + 1)),
  (random, text) => text + random.pick(BEHIND),
  (random, text) => random.pick(BEFORE) + text,
  (random, text) => random.pick(['', '00', '＋', '+00', '++', '(+']) + text.slice(1),
  (random, text) => widen(text, random.below(text.length + 1), 1 + random.below(text.length + 1)),
  (random, text) => text + text.slice(0, random.below(text.length + 1)),
];

/** The text after one to three accidents: digits flipped, lost, doubled and swapped, signs of every kind, wrappings. */
export function mutate(random: Random, text: string): string {
  let mutated = text;
  for (let left = 1 + random.below(3); left > 0; left--) mutated = random.pick(MUTATIONS)(random, mutated);
  return mutated;
}

function splice(text: string, at: number, removed: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + removed);
}

function swap(text: string, at: number): string {
  return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
}

function widen(text: string, from: number, count: number): string {
  const wide = text
    .slice(from, from + count)
    .replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + WIDE));
  return text.slice(0, from) + wide + text.slice(from + count);
}
