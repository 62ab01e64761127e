import type { ContactView } from '@ponte/contracts';
import type { Random } from '@ponte/testing';
import { FIRST_NAMES, LAST_NAMES, RARE_NAMES } from './names';

/** One kind of question: the query string of one that is made up of a contact that is there. */
export interface Kind {
  readonly name: string;
  ask(random: Random, contact: ContactView): string;
}

const q = (text: string) => `q=${encodeURIComponent(text)}`;
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function notation(random: Random, phone: string): string {
  const [area, first, last] = [phone.slice(3, 5), phone.slice(5, 10), phone.slice(10)];
  return random.pick([
    `(${area}) ${first}-${last}`,
    `+55 ${area} ${first} ${last}`,
    `${area}${first}${last}`,
    `0${area} ${first}-${last}`,
    `(${area}) ${first.slice(1)}-${last}`,
    phone,
  ]);
}

function cut(random: Random, text: string, length: number): string {
  const start = random.below(Math.max(1, text.length - length));
  return text.slice(start, start + length);
}

const LETTERS = [...'xqzwkyj'];

export const KINDS: readonly Kind[] = [
  { name: 'list: first page', ask: () => '' },
  { name: 'list: pages 2 to 20', ask: (random) => `page=${2 + random.below(19)}` },
  { name: 'list: 100 a page', ask: (random) => `per_page=100&page=${1 + random.below(5)}` },
  ...['-name', 'phone_number', '-phone_number', 'email', '-email', 'created_at', '-created_at'].map(
    (sort) => ({
      name: `list: by ${sort}`,
      ask: (random: Random) => `sort=${sort}&page=${1 + random.below(3)}`,
    }),
  ),
  {
    name: 'phone: whole, any notation',
    ask: (random, { phone_number }) => q(notation(random, phone_number)),
  },
  {
    name: 'phone: last 8 or 9 digits',
    ask: (random, { phone_number }) => q(phone_number.slice(-8 - random.below(2))),
  },
  {
    name: 'phone: 4 to 6 digits',
    ask: (random, { phone_number }) => q(cut(random, phone_number.slice(3), 4 + random.below(3))),
  },
  {
    name: 'name: frequent',
    ask: (random) => q(random.pick([...FIRST_NAMES.slice(0, 15), ...LAST_NAMES.slice(0, 15)])),
  },
  { name: 'name: first names', ask: (random) => q(random.pick(FIRST_NAMES)) },
  { name: 'name: rare', ask: (random) => q(random.pick(RARE_NAMES)) },
  { name: 'name: inside a rare one', ask: (random) => q(fold(random.pick(RARE_NAMES)).slice(1, 6)) },
  {
    name: 'name: none at all',
    ask: (random) => q(Array.from({ length: 4 }, () => random.pick(LETTERS)).join('')),
  },
  { name: 'name: two words', ask: (_, { name }) => q(name.split(' ').slice(0, 2).join(' ')) },
  {
    name: 'name: first and last',
    ask: (random) => q(`${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`),
  },
  {
    name: 'one or two letters',
    ask: (random, { name }) => q(random.pick(fold(name).split(' ')).slice(0, 1 + random.below(2))),
  },
  {
    name: 'e-mail: provider',
    ask: (random) => q(random.pick(['gmail', '@gmail.com', 'hotmail', 'yahoo', 'uol.com'])),
  },
  {
    name: 'e-mail: first.l',
    ask: (random) => q(`${fold(random.pick(FIRST_NAMES))}.${random.pick([...'sofarlmcb'])}`),
  },
  { name: 'e-mail: company', ask: (random) => q(`@empresa${1 + random.below(2999)}.com.br`) },
  { name: 'e-mail: whole', ask: (_, { email, name }) => q(email ?? name) },
];
