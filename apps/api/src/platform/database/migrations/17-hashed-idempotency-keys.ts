import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['imports', 'exports'];

/** Only the hash of an Idempotency-Key is kept: the key may name a person. */
export class HashedIdempotencyKeys1790000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(
        `UPDATE ${table} SET idempotency_key = encode(sha256(convert_to(idempotency_key, 'UTF8')), 'hex')
         WHERE idempotency_key IS NOT NULL`,
      );
  }

  /** The keys do not come back from their hashes. */
  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(`UPDATE ${table} SET idempotency_key = NULL WHERE idempotency_key IS NOT NULL`);
  }
}
