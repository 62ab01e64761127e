import type { Postgres } from '../postgres';
import type { Figure } from './report';
import { middleOf } from './compare-with-psql';
import { productTurns } from './product-turn';
import { settle } from './states';
import { logTurn, type Turn } from './turn';
import type { Bench } from './with-bench';

/** A file without duplicates, imported twice: the second time it must not write one row of a contact. */
export async function importAgain(bench: Bench, again: { rows: number; turns: number }): Promise<Figure[]> {
  const { postgres, build, empty: state, options, log } = bench;
  const rows = options.rows ?? again.rows;
  const sample = bench.samples.get({ rows, duplicateShare: 0, account: state.account });
  const { created, ...rest } = sample.expected;
  const unchanged = { ...rest, created: 0, unchanged: created };
  const firsts: Turn[] = [];
  const seconds: Turn[] = [];
  for (let turn = 0; turn < (options.turns ?? again.turns); turn++) {
    let before: string | null = null;
    const [first, second] = await productTurns({
      ...{ postgres, build, state, sample, isTraced: options.isTraced },
      expected: [sample.expected, unchanged],
      afterEach: async (database) => {
        await settle(postgres, database);
        const versions = await rowVersions(postgres, database);
        if (before !== null && versions !== before) throw new Error('The second import wrote contacts.');
        before = versions;
      },
    });
    if (first === undefined || second === undefined) throw new Error('Nothing was measured.');
    for (const measured of [first, second]) logTurn(log, measured);
    firsts.push(first);
    seconds.push(second);
  }
  const [before, after] = [middleOf(firsts), middleOf(seconds)];
  const compared = { ratio: before.seconds / after.seconds, with: 'the first import’s speed' };
  return [
    { title: 'the same file again: first time', fileRows: rows, ...before },
    {
      title: 'the same file again: second time',
      fileRows: rows,
      ...after,
      compared,
      note: '0 contacts written',
    },
  ];
}

/** Where each contact's row lies and which transaction wrote it: both change with any write, and with a lock neither. */
async function rowVersions(postgres: Postgres, database: string): Promise<string> {
  const sql = `SELECT count(*) || ' ' || sum(hashtextextended(ctid || ' ' || xmin, 0)::numeric) AS versions FROM contacts`;
  const [row] = await postgres.query<{ versions: string }>(database, sql);
  return row?.versions ?? '';
}
