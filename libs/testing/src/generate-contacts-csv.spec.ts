import { describe, expect, test } from 'vitest';
import { REJECTION_CODES, SERVER_CODES } from '@ponte/contacts';
import { csvRows, type CsvCells } from '@ponte/tabular';
import { digestContacts } from './digest-contacts';
import { generateContactsCsv } from './generate-contacts-csv';
import { importInMemory } from './import-in-memory';
import { planRows } from './plan-rows';

const read = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of bytes) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
};

const count = (rejected: readonly { readonly codes: readonly string[] }[]) => {
  const byCode: Record<string, number> = {};
  for (const { codes } of rejected) for (const code of codes) byCode[code] = (byCode[code] ?? 0) + 1;
  return byCode;
};

describe('a generated file', () => {
  test.each([1, 2, 3])('with seed %i imports exactly as expected', async (seed) => {
    const file = generateContactsCsv({ rows: 20_000, seed });
    const expected = file.expected();
    const actual = await importInMemory(file.bytes());
    if (actual.outcome !== 'processed') throw new Error(`refused: ${actual.reasons.join()}`);
    expect({
      total: actual.total,
      created: actual.created,
      updated: actual.updated,
      unchanged: actual.unchanged,
      failed: actual.rejected.length,
      rejectedByCode: count(actual.rejected),
      rejected: actual.rejected.map(({ row, line, codes }) => ({ row, line, code: codes.join() })),
      contacts: actual.contacts.length,
      digest: digestContacts(actual.contacts),
    }).toEqual(expected);
  });

  test('in another order imports as expected, to the same contacts', async () => {
    const options = { rows: 20_000, seed: 4, duplicateShare: 0.2 };
    const written = generateContactsCsv(options).expected();
    const file = generateContactsCsv({ ...options, order: 'shuffled' });
    const expected = file.expected();
    const actual = await importInMemory(file.bytes());
    if (actual.outcome !== 'processed') throw new Error(`refused: ${actual.reasons.join()}`);
    const { created, updated, unchanged, digest } = written;
    expect(expected).toMatchObject({ created, updated, unchanged, digest });
    expect(actual).toMatchObject({ created, updated, unchanged });
    expect(actual.rejected.map(({ row, line, codes }) => ({ row, line, code: codes.join() }))).toEqual(
      expected.rejected,
    );
    expect(expected.rejected).not.toEqual(written.rejected);
    expect(digestContacts(actual.contacts)).toBe(digest);
  });

  test('imported again creates nothing', async () => {
    const file = generateContactsCsv({ rows: 3000, seed: 5, duplicateShare: 0 });
    const account = new Map();
    await importInMemory(file.bytes(), account);
    const again = await importInMemory(file.bytes(), account);
    const { created, failed } = file.expected();
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: created, total: created + failed });
  });

  test('exported and imported back changes nothing', async () => {
    const account = new Map();
    const { bytes } = generateContactsCsv({ rows: 3000, seed: 6 });
    await importInMemory(bytes(), account);
    account.set('+5511900010001', { name: '=1+1', phone_number: '+5511900010001', email: '|a@example.com' });
    account.set('+5511900010002', { name: "'=1+1", phone_number: '+5511900010002', email: '=a@example.com' });
    const rows: CsvCells[] = [['name', 'phone_number', 'email']];
    for (const contact of account.values()) rows.push([contact.name, contact.phone_number, contact.email]);
    async function* batches() {
      yield rows;
    }
    const size = account.size;
    const before = digestContacts(account.values());
    const back = await importInMemory(csvRows(batches(), { bom: true }), account);
    expect(back).toMatchObject({ created: 0, updated: 0, unchanged: size, rejected: [] });
    expect(digestContacts(account.values())).toBe(before);
  });

  test('is the same for the same options and another for another seed', async () => {
    const options = { rows: 500, seed: 9 };
    const text = await read(generateContactsCsv(options).bytes());
    expect(await read(generateContactsCsv(options).bytes())).toBe(text);
    expect(generateContactsCsv(options).expected()).toEqual(generateContactsCsv(options).expected());
    expect(await read(generateContactsCsv({ ...options, seed: 10 }).bytes())).not.toBe(text);
  });

  test('closes its sum and keeps its shares', () => {
    const { total, created, updated, unchanged, failed, contacts } = generateContactsCsv({
      rows: 50_000,
      seed: 11,
    }).expected();
    expect(created + updated + unchanged + failed).toBe(total);
    expect(total).toBe(50_000);
    expect(contacts).toBe(created);
    expect(failed / total).toBeCloseTo(0.03, 2);
    expect((updated + unchanged) / total).toBeCloseTo(0.02, 2);
  });

  test('has every kind of fault that a file can have', () => {
    const { rejectedByCode } = generateContactsCsv({ rows: 20_000, seed: 12 }).expected();
    const given = REJECTION_CODES.filter((code) => !SERVER_CODES.some((other) => other === code));
    expect(Object.keys(rejectedByCode).sort()).toEqual([...given].sort());
  });

  test('has what real files have', async () => {
    const text = await read(generateContactsCsv({ rows: 5000, seed: 13 }).bytes());
    expect(text).toMatch(/"[^"\n]+, [^"\n]+",/); // quoted comma
    expect(text).toMatch(/"[^",]+\n[^",]+",/); // line break in quotes
    expect(text).toMatch(/\+55 \d\d \d{5}-\d{4}/); // formatted phone
    expect(text).toMatch(/\p{M}/u); // decomposed letter
    expect(text).toMatch(/,\+55\d+,\r\n/); // blank e-mail
    expect(text).toMatch(/""/); // escaped quote
  });

  test('lets a row use the phone of a row that was rejected for something else', () => {
    const phones = new Set<string>();
    let reused = 0;
    for (const { text, outcome } of planRows({ rows: 20_000, seed: 14 })) {
      if (outcome.kind === 'failed')
        for (const [phone] of text.matchAll(/\+55\d{10,11}\b/g)) phones.add(phone);
      else if (outcome.kind === 'created' && phones.has(outcome.after.phone_number)) reused++;
    }
    expect(reused).toBeGreaterThan(0);
  });

  test('may be empty', async () => {
    const file = generateContactsCsv({ rows: 0, seed: 1 });
    expect(await read(file.bytes())).toBe('name,phone_number,email\r\n');
    expect(file.expected()).toMatchObject({ total: 0, contacts: 0, failed: 0 });
  });
});
