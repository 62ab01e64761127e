import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `WHERE state IN ('queued', 'running')`;

/** Exports know their Idempotency-Key as imports do, and an account's runs that wait or are under way are counted at once. */
export class IdempotencyAndShares1790000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE exports ADD COLUMN idempotency_key text');
    await runner.query('CREATE UNIQUE INDEX exports_idempotency ON exports (account_id, idempotency_key)');
    await runner.query(`CREATE INDEX imports_open_of_account ON imports (account_id) ${OPEN}`);
    await runner.query(`CREATE INDEX exports_open_of_account ON exports (account_id) ${OPEN}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX imports_open_of_account, exports_open_of_account, exports_idempotency');
    await runner.query('ALTER TABLE exports DROP COLUMN idempotency_key');
  }
}
