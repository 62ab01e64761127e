import type { Contact } from '@ponte/contacts';
import { quoteCell, spacePhone } from './csv-text';
import type { Random } from './random';

/** A contact as it must be stored. */
export type PlannedContact = Readonly<Contact>;

const FIRST_NAMES = [
  ...[
    'Ana',
    'José',
    'João',
    'Antônio',
    'Márcia',
    'Luísa',
    'Conceição',
    'Inês',
    'Ângela',
    'Cauã',
    'Sebastião',
  ],
  ...['Maria', 'Paulo', 'Otávio', 'Zélia', 'Íris', 'Ruan', 'Thaís', 'Valéria', 'Estêvão', 'Núbia', 'Gonçalo'],
];
const LAST_NAMES = [
  ...['Silva', 'Souza', 'Araújo', 'Gonçalves', 'Brandão', 'Sá', 'Lima', 'Conceição', 'Magalhães', 'Peçanha'],
  ...[
    'Oliveira',
    'Müller',
    'Assunção',
    'Corrêa',
    'Frazão',
    'Ibáñez',
    'dos Santos',
    "d'Ávila",
    'Lück',
    'Ueno',
  ],
];
const COMPANIES = ['Padaria', 'Oficina', 'Clínica', 'Mercado', 'Ótica'];

/** All 67 area codes in use. */
const AREA_CODES = [
  ...[
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45,
    46,
  ],
  ...[
    47, 48, 49, 51, 53, 54, 55, 61, 62, 63, 64, 65, 66, 67, 68, 69, 71, 73, 74, 75, 77, 79, 81, 82, 83, 84,
    85,
  ],
  ...[86, 87, 88, 89, 91, 92, 93, 94, 95, 96, 97, 98, 99],
];

/** Odd and prime, hence coprime to a power of ten: numbers jump about and do not repeat within ten million. */
const STRIDE = 7_368_787;
const NUMBER_SPACE = 10_000_000;

/**
 * Plans one contact and its line. `index` makes the phone unique, up to ten million of them in a file; `phone`
 * overrides it. Accents, quoted commas, line breaks in quotes, decomposed letters, spaces around cells, formatted
 * phones, landlines and blank e-mails all occur.
 */
export function planContact(
  random: Random,
  index: number,
  phone: string | null,
): { readonly contact: PlannedContact; readonly text: string } {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const [rawName, name] = writeName(random, first, last, index);
  const phone_number = phone ?? planPhone(random, index);
  const email = planEmail(random, index);
  const rawPhone = random.below(10) === 0 ? spacePhone(phone_number) : phone_number;
  const rawEmail = email !== null && random.below(50) === 0 ? ` ${email} ` : (email ?? '');
  return {
    contact: { name, phone_number, email },
    text: `${quoteCell(rawName)},${rawPhone},${rawEmail}`,
  };
}

/** The name as it stands in the file and as it must be stored. */
function writeName(random: Random, first: string, last: string, index: number): readonly [string, string] {
  const plain = `${first} ${last} ${index}`;
  switch (random.below(40)) {
    case 0:
      return [`${last}, ${first}`, `${last}, ${first}`];
    case 1:
      return [`${first}\n${last}`, `${first} ${last}`];
    case 2:
      return [`${first} \r\n ${last}`, `${first} ${last}`];
    case 3:
      return [plain.normalize('NFD'), plain];
    case 4:
      return [`  ${first}\t${last} `, `${first} ${last}`];
    case 5: {
      const company = `${random.pick(COMPANIES)} "${first}"`;
      return [company, company];
    }
    default:
      return [plain, plain];
  }
}

/** One in twenty is a landline. Mobile and landline numbers differ in length, so that they never meet. */
function planPhone(random: Random, index: number): string {
  const jumped = (index * STRIDE) % NUMBER_SPACE;
  const area = AREA_CODES[index % AREA_CODES.length] ?? 11;
  const digits = String(jumped).padStart(7, '0');
  return random.below(20) === 0 ? `+55${area}3${digits}` : `+55${area}9${1 + (index % 9)}${digits}`;
}

function planEmail(random: Random, index: number): string | null {
  const kind = random.below(20);
  if (kind < 3) return null;
  return kind === 3 ? 'contato@empresa.com.br' : `pessoa${index}@exemplo${index % 50}.com.br`;
}
