import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Processes that are there: each writes its row again and again, by the database's clock. */
export class Workers1790000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE processes (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('http', 'worker')),
        started_at timestamptz NOT NULL DEFAULT now(),
        seen_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE processes');
  }
}
