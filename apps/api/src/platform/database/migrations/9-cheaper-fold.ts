import type { MigrationInterface, QueryRunner } from 'typeorm';

// As in the first schema.
const ACCENTED = 'áàâãäåéèêëíìîïóòôõöúùûüýçñÁÀÂÃÄÅÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÝÇÑ';
const PLAIN = 'aaaaaaeeeeiiiiooooouuuuycnaaaaaaeeeeiiiiooooouuuuycn';

const folded = `translate(lower(value), '${ACCENTED}', '${PLAIN}')`;

/**
 * Folds a name without accents in a tenth of the time, with the same result, so that no index has to be made again:
 * `translate` compares every letter with fifty. It is not `STRICT` any more, because such a function with a `CASE` is
 * not written into the statement but called; null still gives null.
 */
export class CheaperFold1790000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION ponte_fold(value text) RETURNS text
      LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN CASE WHEN octet_length(value) = length(value) THEN lower(value) ELSE ${folded} END COLLATE "C"
    `);
    await readIndexAgain(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION ponte_fold(value text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN ${folded} COLLATE "C"
    `);
    await readIndexAgain(runner);
  }
}

/** Open connections remember the index with the function's old text in it, and would not use it any more. */
async function readIndexAgain(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER INDEX contacts_name RENAME TO contacts_name_folded');
  await runner.query('ALTER INDEX contacts_name_folded RENAME TO contacts_name');
}
