import type { Random } from '@ponte/testing';
import { isAreaCode } from '@ponte/contacts';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile';
import { mutate } from './mutate-number';

/** What a text is made as. Whether it is valid is the library's business. */
export const NUMBER_KINDS = ['brazilian', 'brazilian_odd', 'foreign', 'without_plus', 'mutated'] as const;
export type NumberKind = (typeof NUMBER_KINDS)[number];

const AREAS = Array.from({ length: 90 }, (_, index) => String(index + 10)).filter(isAreaCode);
const COUNTRIES = getCountries();
/** Calling codes that belong to no country: satellites, free phone, networks. */
const NOBODYS_CODES = ['800', '808', '870', '878', '881', '882', '883', '888', '979'];

const MAKERS: Record<NumberKind, (random: Random) => string> = {
  brazilian: (random) => writeBrazilian(random, '+55', random.pick(AREAS), makeSubscriber(random)),
  brazilian_odd: makeOddBrazilian,
  foreign: makeForeign,
  without_plus: makeWithoutPlus,
  mutated: (random) => mutate(random, MAKERS[random.pick(UNCHANGED)](random)),
};
const UNCHANGED = NUMBER_KINDS.filter((kind) => kind !== 'mutated');

/** One text of a kind, the same for the same random decisions. */
export function makeNumber(random: Random, kind: NumberKind): string {
  return MAKERS[kind](random);
}

function digits(random: Random, count: number): string {
  return count === 0 ? '' : String(random.below(10 ** count)).padStart(count, '0');
}

/** A mobile or a landline of today. */
function makeSubscriber(random: Random): string {
  return random.below(3) > 0 ? `9${digits(random, 8)}` : `${2 + random.below(4)}${digits(random, 7)}`;
}

/** Half of them bare, half in the notations that people use. */
function writeBrazilian(random: Random, country: string, area: string, subscriber: string): string {
  if (random.below(2) === 0) return `${country}${area}${subscriber}`;
  const open = random.pick(['', ' ', ' ', '(', ' (', '-', '.']);
  const close = random.pick(open.endsWith('(') ? [')', ') ', ')-'] : ['', ' ', '-', '.']);
  const cut = Math.max(0, subscriber.length - 4);
  const between = random.pick(['-', '-', ' ', '.', '', '–']);
  return `${country}${open}${area}${close}${subscriber.slice(0, cut)}${between}${subscriber.slice(cut)}`;
}

/** Near to right: areas that nobody has, too short or too long, without the ninth digit, trunk zeros, carriers, services. */
function makeOddBrazilian(random: Random): string {
  const area = random.pick(AREAS);
  switch (random.below(6)) {
    case 0:
      return writeBrazilian(random, '+55', digits(random, 2), makeSubscriber(random));
    case 1:
      return writeBrazilian(random, '+55', area, `${6 + random.below(4)}${digits(random, 7)}`);
    case 2:
      return writeBrazilian(random, '+55', area, digits(random, random.below(13)));
    case 3:
      return writeBrazilian(random, random.pick(['+550', '+55 0', '+55 (0']), area, makeSubscriber(random));
    case 4:
      return writeBrazilian(random, `+55 0${digits(random, 2)}`, area, makeSubscriber(random));
    default: {
      const service = random.pick([
        '0800',
        '800',
        '0300',
        '300',
        '0500',
        '0900',
        '400',
        '4004',
        '3003',
        '08',
      ]);
      return `+55${service}${digits(random, 4 + random.below(5))}`;
    }
  }
}

/** Every calling code that there is: a mobile with its last digits changed, or digits of a likely length. */
function makeForeign(random: Random): string {
  if (random.below(20) === 0) return `+${random.pick(NOBODYS_CODES)}${digits(random, 6 + random.below(7))}`;
  const country = random.pick(COUNTRIES);
  const example = getExample(country);
  const kept = random.below(4) === 0 ? 0 : random.below(example.length);
  const length = random.below(3) === 0 ? 4 + random.below(11) : example.length;
  const national = example.slice(0, kept) + digits(random, Math.max(0, length - kept));
  const trunk = random.below(10) === 0 ? '0' : '';
  const blank = random.below(4) === 0 ? random.pick([' ', '-', ' (0) ', '/']) : '';
  return `+${getCountryCallingCode(country)}${blank}${trunk}${national}`;
}

const found = new Map<string, string>();

function getExample(country: (typeof COUNTRIES)[number]): string {
  const known = found.get(country) ?? getExampleNumber(country, examples)?.nationalNumber ?? '12345678';
  found.set(country, known);
  return known;
}

/** As Brazilian offices write them for themselves. None is good as it is; most can be repaired. */
function makeWithoutPlus(random: Random): string {
  const area = random.below(8) === 0 ? digits(random, 2) : random.pick(AREAS);
  const subscriber = random.below(6) === 0 ? digits(random, 6 + random.below(5)) : makeSubscriber(random);
  const before = random.pick(['', '', '', '55', '0', '00', '0055', '55 ', '021', '0 15 ', '0xx', '="', "'"]);
  return writeBrazilian(random, before, random.below(12) === 0 ? '' : area, subscriber);
}
