import type { INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { newPerson } from '../../test/setup/rows';
import { KnownPhones } from './known-phones';

const MANY = 200_000;
const phone = (index: number) => `+5511${900_000_000 + index * 7}`;

describe('KnownPhones', () => {
  it('forgets no number, and takes about one in a hundred for known that is not', () => {
    const known = new KnownPhones(MANY);
    let taken = 0;
    for (let index = 0; index < MANY; index += 1) if (known.add(phone(index))) taken += 1;
    for (let index = 0; index < MANY; index += 1) expect(known.add(phone(index))).toBe(true);
    expect(taken / MANY).toBeLessThan(0.02);
  });

  it('takes every number at first for new', () => {
    const known = new KnownPhones(1_000);
    expect(['+5511987654321', '+14155550100', '+4930123456'].map((number) => known.add(number))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('lets more through, and none less, when it gets more than it was made for', () => {
    const known = new KnownPhones(0);
    const numbers = Array.from({ length: 1_000 }, (_, index) => phone(index));
    for (const number of numbers) known.add(number);
    expect(numbers.every((number) => known.add(number))).toBe(true);
  });
});

describe('the numbers of an account', () => {
  let app: INestApplicationContext;
  let dataSource: DataSource;
  beforeAll(async () => {
    ({ app, dataSource } = await openContext(await migratedConfig(), {}));
  });
  afterAll(() => app.close());

  it('are all known, and those of another account are not', async () => {
    const [{ accountId }, { accountId: other }] = [await newPerson(dataSource), await newPerson(dataSource)];
    const fill = (account: number, from: number) =>
      dataSource.query(
        `INSERT INTO contacts (account_id, name, phone_number)
         SELECT $1, 'Ana', '+5511' || (900000000 + number * 7) FROM generate_series($2::int, $2 + 19999) AS number`,
        [account, from],
      );
    await fill(accountId, 0);
    await fill(other, 20_000);
    const known = new KnownPhones(40_000);
    await dataSource.transaction((manager) => known.load(manager, accountId));
    const isKnown = Array.from({ length: 40_000 }, (_, index) => known.add(phone(index)));
    expect(isKnown.slice(0, 20_000)).not.toContain(false);
    expect(isKnown.slice(20_000).filter(Boolean).length).toBeLessThan(800);
  });
});
