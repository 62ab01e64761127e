import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Between which ids an account's contacts lie, beside their number: an export then walks through these contacts in their
 * order, and sorts nothing. Deleting contacts makes it no smaller. A trigger keeps what an entry of the journal says about it
 * when the entry goes: no worker can forget that, not even one of the version before.
 */
export class ExtentOfAccounts1790000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE contact_counts ADD first_id bigint, ADD last_id bigint');
    for (const statement of KEEPING) await runner.query(statement);
    await runner.query(
      `UPDATE contact_counts SET first_id = extent.first_id, last_id = extent.last_id
       FROM (SELECT account_id, min(id) AS first_id, max(id) AS last_id FROM contacts GROUP BY account_id) AS extent
       WHERE extent.account_id = contact_counts.account_id`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER contact_changes_gone ON contact_changes');
    await runner.query('DROP FUNCTION keep_extents()');
    await runner.query('ALTER TABLE contact_counts DROP first_id, DROP last_id');
  }
}

const KEEPING = [
  `CREATE FUNCTION keep_extents() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO contact_counts AS known (account_id, contacts, first_id, last_id)
      SELECT account_id, 0, min(first_id), max(last_id) FROM gone WHERE first_id IS NOT NULL GROUP BY account_id
      ON CONFLICT (account_id) DO UPDATE SET
        first_id = least(known.first_id, excluded.first_id), last_id = greatest(known.last_id, excluded.last_id);
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER contact_changes_gone AFTER DELETE ON contact_changes REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION keep_extents()`,
];
