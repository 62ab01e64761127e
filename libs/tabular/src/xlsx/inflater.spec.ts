import { createRandom, buildXlsx } from '@ponte/testing';
import { Duplex } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { bytesSource, type ByteSource } from '../byte-source';
import { openTable } from '../open-table';
import { TableRefusal } from '../table-refusal';
import type { CreateInflater } from './inflater';

const limits = { maxRows: 10_000, maxColumns: 100, maxCellBytes: 100_000 };

const createNodeInflater: CreateInflater = () => Duplex.toWeb(createGunzip({ chunkSize: 128 * 1024 }));

const file = buildXlsx({
  sharedStrings: Array.from({ length: 6000 }, (_, at) => `<si><t>Ana ${at}</t></si>`).join(''),
  sheets: [
    {
      rows: Array.from(
        { length: 6000 },
        (_, at) =>
          `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>${at}</v></c><c r="B${at + 1}"><v>${5511900000000 + at * 7919}</v></c></row>`,
      ).join(''),
    },
  ],
});

/** All rows, or the code and the parameters of the refusal. */
async function read(source: ByteSource, createInflater?: CreateInflater): Promise<unknown> {
  try {
    const table = await openTable(source, {
      limits,
      locale: 'en',
      ...(createInflater && { createInflater }),
    });
    const rows = [];
    for await (const batch of table.rows()) rows.push(...batch);
    return rows;
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    return [error.code, error.params];
  }
}

test('an inflater of the caller gives the rows of the platform’s', async () => {
  const rows = await read(bytesSource(file), createNodeInflater);
  expect(rows).toHaveLength(6000);
  expect(rows).toEqual(await read(bytesSource(file)));
});

test('and its refusals', async () => {
  const random = createRandom(7);
  let refused = 0;
  for (let turn = 0; turn < 60; turn++) {
    const damaged = new Uint8Array(file);
    const at = random.below(damaged.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
    const found = await read(bytesSource(damaged), createNodeInflater);
    expect(found).toEqual(await read(bytesSource(damaged)));
    if (Array.isArray(found) && typeof found[0] === 'string') refused++;
  }
  expect(refused).toBeGreaterThan(30);
});

test('errors of the source pass through', async () => {
  const { size, read: readBytes } = bytesSource(file);
  const broken = {
    size,
    read: (from: number, to: number) => (to - from > 5000 ? fail() : readBytes(from, to)),
  };
  await expect(read(broken, createNodeInflater)).rejects.toThrow('The disk is gone');
});

function fail(): Promise<Uint8Array> {
  return Promise.reject(new Error('The disk is gone'));
}
