import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the lanes of a running import are: each has its own checkpoint and counters, and its own row to lock. */
export class ImportLanes1790000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_lanes (
        import_id bigint NOT NULL REFERENCES imports ON DELETE CASCADE,
        lane int NOT NULL,
        fence int NOT NULL,
        position int NOT NULL,
        rows_done int NOT NULL DEFAULT 0,
        rows_created int NOT NULL DEFAULT 0,
        rows_updated int NOT NULL DEFAULT 0,
        rows_unchanged int NOT NULL DEFAULT 0,
        rows_skipped int NOT NULL DEFAULT 0,
        rows_failed int NOT NULL DEFAULT 0,
        rejected_by_code jsonb NOT NULL DEFAULT '{}',
        PRIMARY KEY (import_id, lane)
      ) WITH (fillfactor = 50)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE import_lanes');
  }
}
