import type { MigrationInterface, QueryRunner } from 'typeorm';

const index = (text: string) =>
  `CREATE INDEX contact_search_text ON contact_search USING gin (account_id, (${text}) gin_trgm_ops)
    WITH (fastupdate = on, gin_pending_list_limit = 65536)`;

const PLAIN = `name_key || E'\\n' || coalesce(email_key, '') || E'\\n' || phone_number`;

const BETWEEN_WORDS = ' .@_-';

/** Five times `replace` takes a fifth of the time of one `translate`, and every row that the index finds is compared again. */
const replaced = (sql: string, letter: string, place: number) => `replace(${sql}, '${letter}', '${place}')`;

/**
 * Trigrams are made of letters and digits only: with digits for what stands between words, those of "maria s" and of
 * "joao.s" say which words are neighbours. Before, every Maria and every word with an s had to be looked at.
 */
export class JoinedSearchText1790000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX contact_search_text');
    await runner.query(index(Array.from(BETWEEN_WORDS).reduce(replaced, PLAIN)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX contact_search_text');
    await runner.query(index(`(${PLAIN})`));
  }
}
