import { expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../../test/setup/app-context';
import { newExport, newImport, newPerson } from '../../../test/setup/rows';
import { FIGURES } from './service-figures';

const ENDED = 3_000;

it('what is scraped every few seconds reads only what is not at its end yet', async () => {
  const { app, dataSource } = await openContext(await migratedConfig());
  const person = await newPerson(dataSource);
  await newImport(dataSource, person);
  await newExport(dataSource, person);
  for (const [table, columns] of [
    [
      'imports',
      'account_id, created_by, file_name, file_bytes, file_sha256, options, columns, ignored_columns, rows_total',
    ],
    ['exports', 'account_id, created_by, file_name, column_names, ignored_columns, q, payload'],
  ])
    await dataSource.query(
      `INSERT INTO ${table} (state, ${columns}) SELECT 'finished', ${columns} FROM ${table}, generate_series(1, ${ENDED})`,
    );
  await dataSource.query(
    `INSERT INTO outbox (state, kind, subject_id, to_address, locale, data)
     SELECT CASE n WHEN 1 THEN 'waiting' ELSE 'sent' END, 'import_finished', n, 'a@p.example', 'en', '{}'
     FROM generate_series(1, ${ENDED}) AS n`,
  );
  await dataSource.query('ANALYZE');
  const plan = await dataSource.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${FIGURES}`);
  const words = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(words).toMatch(/imports_open[^]*exports_open[^]*outbox_due/);
  expect(words).not.toContain('Seq Scan');
  const figures = await dataSource.query<{ kind: string; state: string; count: number }[]>(FIGURES);
  expect(figures.map(({ kind, state, count }) => [kind, state, count]).sort()).toEqual([
    ['export', 'queued', 1],
    ['import', 'queued', 1],
    ['mail', 'waiting', 1],
  ]);
  await app.close();
});
