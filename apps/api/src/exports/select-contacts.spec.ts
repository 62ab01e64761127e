import type { INestApplicationContext } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import type { PostgresKind } from '../../test/setup/database';
import { newExport, newUnknownAccount, type TestPerson } from '../../test/setup/rows';
import { ExportEntity } from './export.entity';
import { prepareSelect, readExtent, selectContacts } from './select-contacts';

describe.each<PostgresKind>(['embedded', 'debian'])('an export on %s', (kind) => {
  let app: INestApplicationContext;
  let dataSource: DataSource;
  let person: TestPerson;

  beforeAll(async () => {
    ({ app, dataSource } = await openContext(await migratedConfig(kind), {
      imports: [TypeOrmModule.forFeature([ExportEntity])],
    }));
    person = await newUnknownAccount(dataSource, 10_000);
  });
  afterAll(() => app.close());

  const planOf = async (values: Record<string, unknown> = {}) => {
    const id = await newExport(dataSource, person, values);
    return dataSource.transaction(async (manager) => {
      const run = await manager.findOneByOrFail(ExportEntity, { id });
      const extent = await readExtent(manager, run);
      await prepareSelect(manager, extent);
      const plan = await manager.query<Record<string, string>[]>(`EXPLAIN ${selectContacts(run, extent)}`);
      return plan.map((line) => line['QUERY PLAN']).join('\n');
    });
  };

  it('walks through contacts that lie close together, even if statistics do not know the account', async () => {
    const plan = await planOf();
    expect(plan).toContain('Index Scan using contacts_pkey');
    expect(plan).not.toContain('Sort');
  });

  it('sorts what a search finds', async () => {
    expect(await planOf({ q: 'maria' })).toContain('Sort');
  });
});
