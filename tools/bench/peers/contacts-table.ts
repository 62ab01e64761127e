import type { Contact } from '@ponte/contacts';
import { DataSource, EntitySchema } from 'typeorm';

/** A row of the product's own table, as a service would map it that has TypeORM do the writing. */
export interface ContactRow extends Contact {
  id?: number;
  account_id: number;
}

export const ContactTable = new EntitySchema<ContactRow>({
  name: 'contacts',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    account_id: { type: 'bigint' },
    name: { type: 'text' },
    phone_number: { type: 'text' },
    email: { type: 'text', nullable: true },
  },
});

export function connect(url: string): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [ContactTable],
    installExtensions: false,
  }).initialize();
}
