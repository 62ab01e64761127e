import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many contacts one row of the journal is about at most, when it is made for those that are there already. */
const CHUNK = 20_000;

/**
 * What a list of millions needs: its orders as indexes, the number of contacts, and a copy of what
 * searches look at under a trigram index. Number and copy are made later, by the worker, from a journal that triggers write: an import pays for one row of
 * the journal a batch, and whoever reads adds to the finished part what the journal says.
 */
export class ContactSearch1790000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ORDERS, ...DERIVED, ...JOURNAL]) await runner.query(statement);
    await runner.query(
      `INSERT INTO contact_changes (account_id, added, touched, first_id, last_id)
       SELECT account_id, count(*), count(*), min(id), max(id) FROM contacts GROUP BY account_id, id / ${CHUNK}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const event of ['inserted', 'updated', 'deleted', 'emptied']) {
      await runner.query(`DROP TRIGGER contacts_${event} ON contacts`);
      await runner.query(`DROP FUNCTION note_contacts_${event}()`);
    }
    await runner.query('DROP TABLE contact_search, contact_counts, contact_changes');
    await runner.query('DROP INDEX contacts_without_email');
    await runner.query('DROP INDEX contacts_email');
    await runner.query(
      'CREATE INDEX contacts_email ON contacts (account_id, lower(email)) WHERE email IS NOT NULL',
    );
  }
}

// The e-mail's index ends with the id as the list's order does: a shared address may stand on thousands of contacts.
const ORDERS = [
  'DROP INDEX contacts_email',
  'CREATE INDEX contacts_email ON contacts (account_id, lower(email), id) WHERE email IS NOT NULL',
  'CREATE INDEX contacts_without_email ON contacts (account_id, id) WHERE email IS NULL',
];

const DERIVED = [
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  'CREATE EXTENSION IF NOT EXISTS btree_gin',
  `CREATE TABLE contact_search (
    contact_id bigint PRIMARY KEY,
    account_id bigint NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    email_key text COLLATE "C",
    phone_number text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  // Everything that a search looks at, in the list's order: walking it reads no row of any table.
  `CREATE INDEX contact_search_name ON contact_search (account_id, name_key, contact_id)
    INCLUDE (email_key, phone_number, created_at)`,
  // On the copy and not on the contacts, where it would make an import a fifth slower: its entries all go to one end, which
  // two connections then fight for.
  'CREATE INDEX contact_search_created ON contact_search (account_id, created_at, contact_id)',
  // The list of entries that wait for their place is emptied by the worker, never by a search or by one who writes.
  `CREATE INDEX contact_search_text ON contact_search
    USING gin (account_id, (name_key || E'\\n' || coalesce(email_key, '') || E'\\n' || phone_number) gin_trgm_ops)
    WITH (fastupdate = on, gin_pending_list_limit = 65536)`,
  `CREATE TABLE contact_counts (
    account_id bigint PRIMARY KEY,
    contacts bigint NOT NULL
  )`,
  // Rows are only added and taken away: two batches of one account never wait for each other here.
  `CREATE TABLE contact_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL,
    added int NOT NULL,
    touched int NOT NULL,
    first_id bigint,
    last_id bigint,
    changed_ids bigint[],
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`,
  'CREATE INDEX contact_changes_account ON contact_changes (account_id)',
];

const trigger = (name: string, event: string, tables: string, body: string) => [
  `CREATE FUNCTION note_contacts_${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body}; RETURN NULL; END $$`,
  `CREATE TRIGGER contacts_${name} AFTER ${event} ON contacts ${tables}
    FOR EACH STATEMENT EXECUTE FUNCTION note_contacts_${name}()`,
];

const JOURNAL = [
  // Ids of one statement follow each other, up to those that other statements took meanwhile: a range says enough.
  ...trigger(
    'inserted',
    'INSERT',
    'REFERENCING NEW TABLE AS touched_contacts',
    `INSERT INTO contact_changes (account_id, added, touched, first_id, last_id)
     SELECT account_id, count(*), count(*), min(id), max(id) FROM touched_contacts GROUP BY account_id`,
  ),
  ...trigger(
    'updated',
    'UPDATE',
    'REFERENCING NEW TABLE AS touched_contacts',
    `INSERT INTO contact_changes (account_id, added, touched, changed_ids)
     SELECT account_id, 0, count(*), array_agg(id) FROM touched_contacts GROUP BY account_id`,
  ),
  ...trigger(
    'deleted',
    'DELETE',
    'REFERENCING OLD TABLE AS touched_contacts',
    `INSERT INTO contact_changes (account_id, added, touched, changed_ids)
     SELECT account_id, -count(*), count(*), array_agg(id) FROM touched_contacts GROUP BY account_id`,
  ),
  ...trigger('emptied', 'TRUNCATE', '', 'TRUNCATE contact_search, contact_counts, contact_changes'),
];
