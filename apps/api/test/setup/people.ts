import type { Locale, Role } from '@ponte/contracts';
import { hashPassword } from '../../src/users';
import { Client } from './client';
import { query } from './database';
import type { Product } from './product';

let people = 0;

export interface Person {
  id: number;
  email: string;
  password: string;
  client: Client;
}

/**
 * A new person, made a member of the administrator's account and signed in there. By SQL: stories need dozens of members,
 * and an invitation takes a worker, an e-mail and a link. How people really join is a story of its own,
 * `invitations.e2e-spec.ts`.
 */
export async function newMember(
  product: Pick<Product, 'url' | 'databaseUrl'>,
  administrator: Client,
  role: Role,
  locale: Locale = 'pt-BR',
): Promise<Person> {
  people += 1;
  const password = `password-of-person-${people}`;
  const email = `person-${process.pid}-${people}@ponte.example`;
  const [user] = await query<{ id: string }>(
    product.databaseUrl,
    `WITH person AS (
       INSERT INTO users (name, email, password_hash, locale) VALUES ($1, $2, $3, $4) RETURNING id
     ) INSERT INTO members (account_id, user_id, role) SELECT $5, id, $6 FROM person RETURNING user_id AS id`,
    [`Person ${people}`, email, await hashPassword(password), locale, administrator.account, role],
  );
  const { credentials } = await Client.signedIn(product, { email, password });
  return {
    id: Number(user?.id),
    email,
    password,
    client: new Client(product, credentials, administrator.account),
  };
}

/** Addresses of so many people who sign in somewhere else and have never been heard of here. */
export async function knownAddresses({ databaseUrl }: Product, count: number): Promise<string[]> {
  const rows = await query<{ email: string }>(
    databaseUrl,
    `INSERT INTO users (name, email, password_hash)
     SELECT 'Known', gen_random_uuid() || '@ponte.example', '' FROM generate_series(1, $1::int) RETURNING email`,
    [count],
  );
  return rows.map(({ email }) => email);
}
