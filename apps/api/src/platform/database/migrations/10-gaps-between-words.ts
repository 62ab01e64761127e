import type { MigrationInterface, QueryRunner } from 'typeorm';

const NAME_AND_EMAIL = `name_key || E'\\n' || coalesce(email_key, '')`;

const BETWEEN_WORDS = Array.from(' .@_-');

const replaced = (text: string, by: (place: number) => string) =>
  BETWEEN_WORDS.reduce((sql, letter, place) => `replace(${sql}, '${letter}', '${by(place)}')`, text);

const TRIGRAMS = `(${replaced(`${NAME_AND_EMAIL} || E'\\n' || phone_number`, String)}) gin_trgm_ops`;
const WITH_SPACES = replaced('value', () => ' ');

const index = (...columns: string[]) =>
  `CREATE INDEX contact_search_text ON contact_search USING gin (account_id, ${columns.join(', ')})
    WITH (fastupdate = on, gin_pending_list_limit = 65536)`;

/** Of what stands between words: the three letters before it, itself, and what follows, three letters at most. */
const GAPS = `CREATE FUNCTION ponte_gaps(value text) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
  DECLARE
    gaps text[] := '{}';
    gap int := 0;
    word text;
  BEGIN
    FOREACH word IN ARRAY string_to_array(${WITH_SPACES}, ' ') LOOP
      gap := gap + length(word) + 1;
      EXIT WHEN gap >= length(value);
      IF gap > 3 THEN gaps := gaps || substr(value, gap - 3, 7); END IF;
    END LOOP;
    RETURN array_to_tsvector(gaps);
  END $$`;

/** What texts have that have this one in them: its whole gaps; the one that it ends in only when it has no other. */
const GAP_QUERY = `CREATE FUNCTION ponte_gap_query(value text) RETURNS tsquery
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT string_agg('''' || replace(replace(gap, '\\', '\\\\'), '''', '''''') || ending, ' & ')::tsquery FROM (
      SELECT gap, CASE length(gap) WHEN 7 THEN '''' ELSE ''':*' END AS ending,
        rank() OVER (ORDER BY length(gap) = 7 DESC) AS rank
      FROM unnest(tsvector_to_array(ponte_gaps(value))) AS gap
    ) AS gaps WHERE rank = 1
  $$`;

/**
 * Before, words that stand side by side were looked for with trigrams alone: each of those of "maria silva" stands in a list
 * of hundreds of thousands. "ria sil" is nearly nobody else, and one short list. Gaps that begin with "ria s" lie side by side.
 */
export class GapsBetweenWords1790000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX contact_search_text');
    await runner.query(GAPS);
    await runner.query(GAP_QUERY);
    await runner.query(index(TRIGRAMS, `ponte_gaps(${NAME_AND_EMAIL})`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX contact_search_text');
    await runner.query('DROP FUNCTION ponte_gaps(text), ponte_gap_query(text)');
    await runner.query(index(TRIGRAMS));
  }
}
