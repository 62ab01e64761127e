import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An export of the contacts of one import remembers which one. */
export class ExportOfAnImport1790000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE exports ADD COLUMN import_id bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE exports DROP COLUMN import_id');
  }
}
