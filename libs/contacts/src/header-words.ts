import { CONTACT_FIELDS, type ContactFieldName } from './contact-fields';
import type { ColumnRole, GuessReason } from './column-roles';
import { foldText } from './search-text';

/** What a column's title says about it. `rank`: a higher one fits the role better; comparable within the role. */
export interface TitleReading {
  readonly role: ColumnRole;
  readonly reason: Extract<GuessReason, 'header_exact' | 'header_word' | 'header_contains'>;
  readonly word: string;
  readonly rank: number;
}

const PUNCTUATION = /[^\p{L}\p{N}]+/gu;

/** Parts of a name beside the first one, in the title of their own column. */
const LAST_NAME_WORDS: readonly string[] = [
  ...['sobrenome', 'sobrenomes', 'ultimo nome', 'segundo nome', 'nome do meio', 'nome de familia'],
  ...['last name', 'lastname', 'surname', 'family name', 'middle name', 'additional name', 'second name'],
  ...[
    'apellido',
    'apellidos',
    'primer apellido',
    'segundo apellido',
    'apellido paterno',
    'apellido materno',
    'segundo nombre',
  ],
];

const AREA_CODE_WORDS: readonly string[] = [
  ...['ddd', 'codigo de area', 'codigo area', 'cod area', 'codigo ddd', 'area code', 'prefijo', 'lada'],
];

/** Words for a phone that an address, an order or a table has as well: the content has to agree. */
const WEAK_PHONE_WORDS: ReadonlySet<string> = new Set(['n', 'no', 'num', 'nro', 'numero', 'number']);

/** Beside a column with one of these, a column of another title holds whole names. */
const FIRST_NAME_WORDS: ReadonlySet<string> = new Set([
  ...['primeiro nome', 'prenome', 'first name', 'given name', 'primer nombre', 'nombre de pila'],
]);

/** Names that hold the last names already. */
const FULL_NAME_WORDS: ReadonlySet<string> = new Set([
  ...[
    'nome completo',
    'nome e sobrenome',
    'full name',
    'display name',
    'nombre completo',
    'nombre y apellido',
  ],
  ...['nombre y apellidos', 'razao social', 'razon social'],
]);

/** Too common inside other titles (`Cliente desde`, `Forma de contato`) to say anything there. */
const WHOLE_TITLES: ReadonlySet<string> = new Set([
  ...['contato', 'contacto', 'contact', 'cliente', 'customer', 'client', 'lead', 'pessoa'],
]);

const MOBILE = new Set([
  ...[
    'celular',
    'celulares',
    'cel',
    'whatsapp',
    'whats',
    'wpp',
    'zap',
    'mobile',
    'movil',
    'telemovel',
    'cell',
    'cellphone',
  ],
]);
const LANDLINE = new Set([
  ...[
    'fixo',
    'fijo',
    'comercial',
    'residencial',
    'fax',
    'recado',
    'landline',
    'work',
    'home',
    'office',
    'business',
  ],
  ...['trabalho', 'trabajo', 'casa', 'empresa', 'escritorio', 'oficina'],
]);

/** With one of these words a title is about something else that belongs to a contact field, or about another person. */
const ASIDE: Readonly<Record<'any' | ContactFieldName, ReadonlySet<string>>> = {
  any: new Set([
    ...[
      'label',
      'type',
      'tipo',
      'etiqueta',
      'status',
      'situacao',
      'id',
      'codigo',
      'cod',
      'code',
      'data',
      'date',
      'fecha',
    ],
    ...[
      'valido',
      'valid',
      'opt',
      'consentimento',
      'aceita',
      'recebe',
      'enviado',
      'qtd',
      'quantidade',
      'count',
    ],
  ]),
  name: new Set([
    ...[
      'mae',
      'pai',
      'mother',
      'father',
      'madre',
      'padre',
      'conjuge',
      'empresa',
      'company',
      'organization',
      'organizacao',
    ],
    ...[
      'organizacion',
      'fantasia',
      'phonetic',
      'fonetico',
      'yomi',
      'prefix',
      'prefixo',
      'suffix',
      'sufixo',
      'prefijo',
    ],
    ...[
      'sufijo',
      'nickname',
      'nick',
      'apelido',
      'maiden',
      'usuario',
      'user',
      'username',
      'login',
      'vendedor',
      'file',
    ],
    ...[
      'responsavel',
      'arquivo',
      'produto',
      'product',
      'producto',
      'plano',
      'plan',
      'rua',
      'cidade',
      'city',
      'ciudad',
    ],
    ...[
      'bairro',
      'escola',
      'curso',
      'banco',
      'loja',
      'grupo',
      'campanha',
      'campaign',
      'domain',
      'department',
      'job',
    ],
  ]),
  phone_number: new Set([
    'ramal',
    'extension',
    'operadora',
    'carrier',
    'ddi',
    'phonetic',
    'pais',
    'country',
    'model',
    'modelo',
  ]),
  email: new Set(['phonetic', 'marketing', 'senha', 'password', 'assunto', 'subject']),
};

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
  const add = (role: ColumnRole, list: readonly string[]): void => {
    list.forEach((word, position) => {
      if (!words.has(word)) words.set(word, { role, position });
    });
  };
  for (const { name, headerWords } of CONTACT_FIELDS) {
    for (const list of [headerWords.pt, headerWords.en, headerWords.es]) add(name, list);
  }
  add('last_name', LAST_NAME_WORDS);
  add('area_code', AREA_CODE_WORDS);
  add('phone_number', [...WEAK_PHONE_WORDS]);
  return words;
}

/** Longest first, so that `last name` is found before `name`; the weak words are too common inside longer titles. */
const CONTAINED = [...WORDS.keys()]
  .filter((word) => !WEAK_PHONE_WORDS.has(word) && !WHOLE_TITLES.has(word))
  .sort((left, right) => right.length - left.length);

/** Which words decide when a title holds several: `E-mail do cliente` is an e-mail, `DDD telefone` an area code. */
const PRECEDENCE: readonly ColumnRole[] = ['area_code', 'email', 'phone_number', 'last_name', 'name'];

/** A title without accents, case and punctuation, words separated by single blanks. */
export function foldTitle(title: string): string {
  return foldText(title).replace(PUNCTUATION, ' ').trim();
}

/** What a title says; `null` when it says nothing about a contact's fields. */
export function readTitle(title: string): TitleReading | null {
  const canonical = CANONICAL.get(title.trim().toLowerCase());
  if (canonical !== undefined) return { role: canonical, reason: 'header_exact', word: canonical, rank: 100 };
  const folded = foldTitle(title);
  const entry = WORDS.get(folded);
  if (entry) {
    return { role: entry.role, reason: 'header_word', word: folded, rank: rankOf(entry, folded) + 8 };
  }
  return readWords(folded);
}

function readWords(folded: string): TitleReading | null {
  const words = folded.split(' ');
  const padded = ` ${folded} `;
  const found = CONTAINED.filter((word) => padded.includes(` ${word} `));
  for (const role of PRECEDENCE) {
    const word = found.find((candidate) => WORDS.get(candidate)?.role === role);
    if (word === undefined) continue;
    const entry = WORDS.get(word);
    if (!entry || isAside(role, words)) return null;
    return { role, reason: 'header_contains', word, rank: rankOf(entry, folded) };
  }
  return null;
}

function isAside(role: ColumnRole, words: readonly string[]): boolean {
  if (role === 'area_code') return false;
  const field = role === 'last_name' ? 'name' : role;
  return words.some((word) => ASIDE.any.has(word) || ASIDE[field].has(word));
}

/** Mobiles before telephones before landlines; earlier words before later ones; the first of numbered columns. */
function rankOf({ role, position }: WordEntry, folded: string): number {
  const words = folded.split(' ');
  const later = words.some((word) => /^[2-9]$/.test(word)) ? 3 : 0;
  if (role !== 'phone_number') return 10 - position * 0.2 - later;
  if (words.some((word) => MOBILE.has(word))) return 20 - later;
  return (words.some((word) => LANDLINE.has(word)) ? 0 : 10) - later;
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
  if (words.some((word) => MOBILE.has(word))) return 'mobile';
  return words.some((word) => LANDLINE.has(word)) ? 'landline' : 'any';
}
