import type { Repository } from 'typeorm';
import { checkedRows, chunksOf } from './checked-rows';
import type { ContactRow } from './contacts-table';
import { usualRows } from './usual-rows';

/** Imports a file into an account and answers how many rows it rejected. */
type Way = (contacts: Repository<ContactRow>, account: number, file: string) => Promise<number>;

const CHUNK = 1_000;

const chunked =
  (read: typeof checkedRows): Way =>
  async (contacts, account_id, file) => {
    let rejected = 0;
    for await (const chunk of chunksOf(read(file), CHUNK, () => (rejected += 1))) {
      const rows = chunk.map((contact) => ({ account_id, ...contact }));
      await contacts.upsert(rows, ['account_id', 'phone_number']);
    }
    return rejected;
  };

const rowByRow: Way = async (contacts, account_id, file) => {
  let rejected = 0;
  for await (const contact of checkedRows(file)) {
    if (contact === 'rejected') {
      rejected += 1;
      continue;
    }
    const { name, phone_number, email } = contact;
    const known = await contacts.findOneBy({ account_id, phone_number });
    const row = known ?? contacts.create({ account_id, phone_number });
    row.name = name;
    row.email = email ?? known?.email ?? null;
    await contacts.save(row);
  }
  return rejected;
};

/** Takes minutes, hence one turn. */
export const SLOW_WAY = 'our check, row by row: find, then insert or update';

/** How others write, in TypeORM as most Nest services have it. */
export const WAYS = {
  'csv-parse, class-validator, TypeORM upsert of 1,000': chunked(usualRows),
  'our check, TypeORM upsert of 1,000': chunked(checkedRows),
  [SLOW_WAY]: rowByRow,
} satisfies Record<string, Way>;

export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as WayName[];
