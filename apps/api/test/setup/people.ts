import type { Locale, NewMember, Role } from '@ponte/contracts';
import { Client } from './client';
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
  product: Product,
  administrator: Client,
  role: Role,
  locale?: Locale,
): Promise<Person> {
  people += 1;
  const password = `password-of-person-${people}`;
  const email = `person-${process.pid}-${people}@ponte.example`;
  const body = {
    email,
    name: `Person ${people}`,
    role,
    password,
    ...(locale === undefined ? {} : { locale }),
  };
  const added = await administrator.post<NewMember>(administrator.at('/members'), body);
  if (added.status !== 201) throw new Error(`The member was not added: ${JSON.stringify(added.body)}`);
  const { token } = await Client.signedIn(product, { email, password });
  return { id: added.body.id, email, password, client: new Client(product, token, administrator.account) };
}
