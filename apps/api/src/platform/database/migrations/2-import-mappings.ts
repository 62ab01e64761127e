import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which column of a kind of file goes where, by account and by the digest of the file's header. */
export class ImportMappings1790000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_mappings (
        account_id bigint NOT NULL REFERENCES accounts ON DELETE CASCADE,
        header_sha256 bytea NOT NULL,
        mapping jsonb NOT NULL,
        used_at timestamptz NOT NULL DEFAULT now(),
        updated_by bigint NOT NULL REFERENCES users,
        PRIMARY KEY (account_id, header_sha256)
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE import_mappings');
  }
}
