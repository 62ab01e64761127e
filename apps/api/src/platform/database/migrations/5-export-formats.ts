import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An export is a CSV, as all were before, or a workbook. */
export class ExportFormats1790000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE exports ADD COLUMN format text NOT NULL DEFAULT 'csv'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE exports DROP COLUMN format');
  }
}
