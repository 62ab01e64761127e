import type { Contact } from '@ponte/contacts';
import { generateContactsCsv, type PlanOptions } from '@ponte/testing';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const BATCH = 2_000;

/**
 * Writes a generated file, what `psql` is given instead of it, and what must come of it. A script of its own, because
 * counting what must come of ten million rows takes gigabytes that the measuring process had better not hold.
 */
const [folder = '', account = '', options = '{}'] = process.argv.slice(2);
const generated = generateContactsCsv(JSON.parse(options) as PlanOptions);
await pipeline(Readable.from(generated.bytes()), createWriteStream(join(folder, 'contacts.csv')));
await pipeline(
  Readable.from(cleanLines(generated.contacts(), account)),
  createWriteStream(join(folder, 'clean.csv')),
);
const { rejected: _, ...expected } = generated.expected();
await writeFile(join(folder, 'expected.json'), JSON.stringify(expected));

/** The contacts that the file leaves, without duplicates and rejected rows, in the columns of the table. */
function* cleanLines(contacts: readonly Contact[], accountId: string): Generator<string> {
  const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  for (let from = 0; from < contacts.length; from += BATCH) {
    yield contacts
      .slice(from, from + BATCH)
      .map(({ name, phone_number, email }) => `${accountId},${quote(name)},${phone_number},${email ?? ''}\n`)
      .join('');
  }
}
