import type { ContactList } from '@ponte/contracts';
import { expect, it } from 'vitest';
import { Client } from '../client';
import { startPostgres } from '../postgres';
import { ADMINISTRATOR, copyBuild, startProduct } from '../product';
import { measureSearches } from './bench';
import { fillAccounts } from './fill';
import { measureImportCost } from './import-cost';
import { KINDS } from './questions';

const ROWS = 2_000;
const LIMIT_MS = 180_000;

const fold = (text: string | null) => (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The short form, without a limit of time: every question is answered, and answers are what a plain filter finds. */
it(
  'searches find what a filter in JavaScript finds, and every kind is measured',
  async () => {
    const build = copyBuild();
    const postgres = await startPostgres();
    try {
      const { speeds } = await measureSearches(postgres, build, 2, ROWS, 1);
      expect(speeds.map(({ kind }) => kind)).toEqual(KINDS.map(({ name }) => name));
      expect(await measureImportCost(postgres, build, ROWS, 1)).toHaveLength(6);

      await postgres.createDatabase('found');
      const product = await startProduct({ build, databaseUrl: postgres.url('found') });
      try {
        const client = await Client.inNewAccount(product.address, ADMINISTRATOR);
        await fillAccounts(postgres, 'found', [client.account], ROWS);
        const list = (query: string) =>
          client.get<ContactList>(`/accounts/${client.account}/contacts?per_page=100&${query}`);
        const all = [];
        for (let page = 1; page <= ROWS / 100; page += 1) all.push(...(await list(`page=${page}`)).payload);
        expect(all).toHaveLength(ROWS);
        for (const q of [
          'silva',
          'zuleide',
          'ilvei',
          'xqzw',
          'gmail',
          'joao.s',
          'conceição',
          '98',
          'a',
          'maria s',
        ]) {
          const expected = all.filter(({ name, email }) =>
            [fold(name), fold(email)].some((text) => text.includes(fold(q))),
          );
          const { meta, payload } = await list(`q=${encodeURIComponent(q)}`);
          expect([q, meta.count, payload]).toEqual([q, expected.length, expected.slice(0, 100)]);
        }
      } finally {
        await product.stop();
      }
    } finally {
      await postgres.stop();
      build.remove();
    }
  },
  LIMIT_MS,
);
