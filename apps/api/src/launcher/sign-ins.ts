import { randomInt } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A person who can sign in from the start. The password is null when the operator gave it and it is not kept here. */
export interface SignIn {
  email: string;
  password: string | null;
}

export interface SignIns {
  administrator: SignIn;
  agent: SignIn;
}

/** What the operator gave by variables. */
export interface GivenSignIn {
  email: string | undefined;
  password: string | undefined;
}

const DEFAULT_EMAILS = { administrator: 'admin@ponte.example', agent: 'agent@ponte.example' };
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * The first people of this data directory: those of an earlier start, else what the operator gave, else made up here.
 * `isNew` says that the database knows nobody yet. Passwords that were made up are kept, with the rights of a key.
 */
export async function chooseSignIns(
  directory: string,
  given: Readonly<Record<keyof SignIns, GivenSignIn>>,
  isNew: boolean,
): Promise<{ signIns: SignIns; passwords: Readonly<Record<keyof SignIns, string | null>> }> {
  const path = join(directory, 'secrets.json');
  const kept = await readKept(path);
  if (!isNew && kept !== null) {
    return {
      signIns: kept,
      passwords: { administrator: kept.administrator.password, agent: kept.agent.password },
    };
  }
  const choose = (who: keyof SignIns): { signIn: SignIn; password: string } => {
    const email = given[who].email ?? kept?.[who].email ?? DEFAULT_EMAILS[who];
    const password = given[who].password ?? kept?.[who].password ?? makePassword();
    return { signIn: { email, password: given[who].password === undefined ? password : null }, password };
  };
  const administrator = choose('administrator');
  const agent = choose('agent');
  const signIns = { administrator: administrator.signIn, agent: agent.signIn };
  await writeFile(`${path}.new`, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return { signIns, passwords: { administrator: administrator.password, agent: agent.password } };
}

async function readKept(path: string): Promise<SignIns | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return isSignIns(value) ? value : null;
}

function isSignIns(value: unknown): value is SignIns {
  if (typeof value !== 'object' || value === null) return false;
  const people: unknown[] = ['administrator', 'agent'].map((who) => Reflect.get(value, who) as unknown);
  return people.every(
    (person) => typeof person === 'object' && person !== null && 'email' in person && 'password' in person,
  );
}

/** Four groups of four: easy to copy by hand, 79 bits. */
function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
