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

/** The estimate of longer passwords takes too long, and what is weak here cannot become strong by repeating it. */
const ESTIMATED_CHARACTERS = 100;

const PRODUCT = ['ponte', 'import', 'importar', 'contatos', 'contacts', 'contactos', 'agendor', 'chatwoot'];

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

function wordsOf({ email, name, accounts = [] }: PasswordOwner): string[] {
  const whole = [email, name, ...accounts];
  const parts = whole.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  return [...new Set([...whole, ...parts, ...PRODUCT].map((word) => word.toLowerCase()))];
}
