import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * No counter of a run is negative, and together they are never more than the run's rows. A stored file that had changed could
 * leave an import that says otherwise: it then says how many rows it has really done.
 */
export class RunsThatAccount1790000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...MENDING, ...CHECKS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE imports DROP CONSTRAINT imports_counters');
    await runner.query('ALTER TABLE import_lanes DROP CONSTRAINT import_lanes_counters');
    await runner.query('ALTER TABLE exports DROP CONSTRAINT exports_counters');
  }
}

const COUNTERS = ['rows_created', 'rows_updated', 'rows_unchanged', 'rows_skipped', 'rows_failed'];
const SUM = COUNTERS.join(' + ');

const MENDING = [
  `UPDATE imports SET ${COUNTERS.map((name) => `${name} = greatest(${name}, 0)`).join(', ')}
   WHERE least(${COUNTERS.join(', ')}) < 0`,
  `UPDATE imports SET rows_total = greatest(rows_total, rows_done, ${SUM})
   WHERE rows_total < greatest(rows_done, ${SUM})`,
  'UPDATE exports SET rows_total = rows_done WHERE rows_total < rows_done',
];

const CHECKS = [
  `ALTER TABLE imports ADD CONSTRAINT imports_counters
    CHECK (least(rows_done, ${COUNTERS.join(', ')}) >= 0 AND greatest(rows_done, ${SUM}) <= rows_total)`,
  `ALTER TABLE import_lanes ADD CONSTRAINT import_lanes_counters
    CHECK (least(position, ${COUNTERS.join(', ')}) >= 0 AND rows_done = ${SUM})`,
  `ALTER TABLE exports ADD CONSTRAINT exports_counters
    CHECK (rows_done >= 0 AND (rows_total IS NULL OR rows_total >= rows_done) AND (file_bytes IS NULL OR file_bytes >= 0))`,
];
