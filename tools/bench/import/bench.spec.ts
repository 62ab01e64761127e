import { expect, it } from 'vitest';
import { compareWithPsql } from './compare-with-psql';
import { importAgain } from './import-again';
import { EVERYTHING } from './options';
import type { Figure } from './report';
import { uploadLargeFile } from './upload-large-file';
import { wholeJob } from './whole-job';
import { withBench } from './with-bench';

const ROWS = 10_000;
const LIMIT_MS = 300_000;
const SMALL = { ...EVERYTHING, rows: ROWS, turns: 1, contacts: ROWS };
const CASE = { rows: ROWS, turns: 1 };

/**
 * The short form, without a limit of time. Every measurement throws unless counts, contacts and their digest are what the
 * generator knows that they must be, whether the second import has written no contact, and whether a job sent one e-mail.
 */
it(
  'the import gives what psql gives, writes nothing the second time, and sends one e-mail',
  async () => {
    const figures = await withBench(
      SMALL,
      () => undefined,
      async (bench): Promise<Figure[]> => [
        ...(await compareWithPsql(bench, { ...CASE, state: 'big', order: 'shuffled' })),
        ...(await importAgain(bench, CASE)),
        ...(await wholeJob(bench, CASE)),
        ...(await uploadLargeFile(bench, { bytes: 8 * 1024 ** 2, turns: 1 })),
      ],
    );
    expect(figures.map(({ title, side }) => `${side}: ${title}`)).toEqual([
      'psql: account of 10,000 among 50,000 others, 20 % known, shuffled file',
      'ponte: account of 10,000 among 50,000 others, 20 % known, shuffled file',
      'ponte: the same file again: first time',
      'ponte: the same file again: second time',
      'ponte: the run alone',
      'ponte: upload to e-mail, queue in PostgreSQL',
      'ponte: upload to e-mail, queue in Bull',
      'ponte: upload of 8 MiB, the HTTP process',
    ]);
    expect(figures.filter(({ seconds }) => seconds <= 0)).toEqual([]);
  },
  LIMIT_MS,
);
