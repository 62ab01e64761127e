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

/** A new person, made a member of the administrator's account and signed in there. */
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
