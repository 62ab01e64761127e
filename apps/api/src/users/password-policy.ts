import { PASSWORD_LENGTH } from '@ponte/contracts';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { RequestProblem } from '../platform/http/request-problem';
import { COMMON_WORDS } from './common-words';

/** Whose password it is: what other people know about them is easy to guess. */
export interface PasswordOwner {
  email: string;
  name: string;
  /** Names of the accounts that the person belongs to, or is about to join. */
  accounts?: readonly string[];
}

/** Guesses that a password must withstand, as a power of ten: zxcvbn calls it "safely unguessable" for limited guessing. */
const LEAST_GUESSES = 8;
/** What each different common word adds to them. */
const WORD_GUESSES = Math.log10(COMMON_WORDS.length);

/** The estimate takes the square of the length: what follows is not looked at. */
const ESTIMATED_CHARACTERS = 64;

/** Words of the product and of its roles, which the list of passwords, mostly English, does not have. */
const PRODUCT = [
  ...['ponte', 'import', 'importar', 'contatos', 'contacts', 'contactos', 'agendor', 'chatwoot'],
  ...['administrator', 'administrador', 'administradora', 'administração', 'agent', 'agente', 'atendimento'],
  ...['senha', 'contraseña', 'password', 'acesso', 'entrar', 'usuário', 'cliente', 'empresa'],
];

/** The longest first: "jesuscristo" is one word and not two. */
const COMMON = new RegExp([...COMMON_WORDS].sort((a, b) => b.length - a.length).join('|'), 'g');
/** One digit several times in a row, or another character at least three times. */
const RUN = /(\d)\1+|(.)\2{2,}/gsu;

let loading: Promise<ZxcvbnFactory> | null = null;

/** Loaded at the first password that is set: the list costs a fifth of a second and some megabytes. */
function estimator(): Promise<ZxcvbnFactory> {
  return (loading ??= load());
}

async function load(): Promise<ZxcvbnFactory> {
  const { ZxcvbnFactory } = await import('@zxcvbn-ts/core');
  const { adjacencyGraphs, dictionary } = await import('@zxcvbn-ts/language-common');
  return new ZxcvbnFactory({
    dictionary: { 'passwords-common': dictionary['passwords-common'], 'common-words': [...COMMON_WORDS] },
    graphs: adjacencyGraphs,
    // Ways to read signs as letters that are tried: the default of 100 takes four times as long for long passwords.
    l33tMaxSubstitutions: 5,
  });
}

/** Why a password may not be set, or null. There are no rules of composition. */
export async function passwordFault(
  password: string,
  owner: PasswordOwner,
): Promise<'length' | 'weak' | null> {
  if (password.length < PASSWORD_LENGTH.min || password.length > PASSWORD_LENGTH.max) return 'length';
  const estimate = await estimator();
  const known = wordsOf(owner);
  const guesses = (text: string) => estimate.check(text, known).guessesLog10;
  return leastGuesses(password.slice(0, ESTIMATED_CHARACTERS), guesses) <= LEAST_GUESSES ? 'weak' : null;
}

/**
 * The estimate, and those of the ways to guess that zxcvbn does not know: runs of one character, and common words around
 * little else. It multiplies by 10,000 for each part, so that "brasil2026brasil" would pass.
 */
function leastGuesses(password: string, guesses: (text: string) => number): number {
  const ways = [guesses(password), guesses(password.replace(RUN, '$1$2'))];
  const folded = fold(password);
  const common = new Set(folded.match(COMMON));
  if (common.size > 0) {
    const rest = folded.replace(COMMON, '').replace(/[\s._-]/g, '');
    ways.push(common.size * WORD_GUESSES + guesses(rest));
  }
  return Math.min(...ways);
}

/** In small letters without accents. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

/** Refuses a password that is too short, well known, repetitive, or close to what is known about its owner. */
export async function assertGoodPassword(password: string, owner: PasswordOwner): Promise<void> {
  const fault = await passwordFault(password, owner);
  if (fault === 'weak')
    throw new RequestProblem('password_weak', { issues: [{ field: 'password', code: 'weak' }] });
  if (fault === 'length')
    throw new RequestProblem('request_invalid', { issues: [{ field: 'password', code: 'invalid' }] });
}

/** What a guesser would try first: the texts whole, without what separates their words, and word by word; accents too. */
function wordsOf({ email, name, accounts = [] }: PasswordOwner): string[] {
  const whole = [email, email.split('@', 1)[0] ?? '', name, ...accounts];
  const parts = whole.flatMap((text) => {
    const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
    return [text, words.join(''), ...words];
  });
  return [...new Set([...parts, ...PRODUCT].flatMap((word) => [word.toLowerCase(), fold(word)]))];
}
