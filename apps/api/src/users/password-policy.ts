import { PASSWORD_LENGTH } from '@ponte/contracts';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { RequestProblem } from '../platform/http/request-problem';

/** Whose password it is: what other people know about them is easy to guess. */
export interface PasswordOwner {
  email: string;
  name: string;
  /** Names of the accounts that the person belongs to, or is about to join. */
  accounts?: readonly string[];
}

/** Guesses that a password must withstand: 10^8, which zxcvbn calls "safely unguessable" for limited guessing. */
const LEAST_SCORE = 3;

/** The estimate takes the square of the length: what follows is not looked at. */
const ESTIMATED_CHARACTERS = 64;

/** Words of the product and of its roles, which the list of passwords, mostly English, does not have. */
const PRODUCT = [
  ...['ponte', 'import', 'importar', 'contatos', 'contacts', 'contactos', 'agendor', 'chatwoot'],
  ...['administrator', 'administrador', 'administradora', 'administração', 'agent', 'agente', 'atendimento'],
  ...['senha', 'contraseña', 'password', 'acesso', 'entrar', 'usuário', 'cliente', 'empresa'],
];

let loading: Promise<ZxcvbnFactory> | null = null;

/** Loaded at the first password that is set: the list costs a fifth of a second and some megabytes. */
function estimator(): Promise<ZxcvbnFactory> {
  return (loading ??= load());
}

async function load(): Promise<ZxcvbnFactory> {
  const { ZxcvbnFactory } = await import('@zxcvbn-ts/core');
  const { adjacencyGraphs, dictionary } = await import('@zxcvbn-ts/language-common');
  return new ZxcvbnFactory({
    dictionary: { 'passwords-common': dictionary['passwords-common'] },
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
  const { score } = (await estimator()).check(password.slice(0, ESTIMATED_CHARACTERS), wordsOf(owner));
  return score < LEAST_SCORE ? 'weak' : null;
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
  const lower = [...parts, ...PRODUCT].map((word) => word.toLowerCase());
  return [...new Set(lower.flatMap((word) => [word, word.normalize('NFD').replace(/\p{M}/gu, '')]))];
}
