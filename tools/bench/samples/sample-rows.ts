import { readCsv } from '@ponte/tabular';
import { generateContactsCsv } from '@ponte/testing';

const LIMITS = { maxRows: 2_000_000, maxColumns: 16_384, maxCellBytes: 1024 * 1024 };

/** Every so many rows one has no phone that anybody could repair. */
const BAD_EVERY = 33;

export interface SampleRow {
  readonly cells: readonly [name: string, phone: string, email: string];
  /** Whether the row is a contact once numbers without a country are taken for Brazilian ones. */
  readonly isContact: boolean;
}

/**
 * Seeded rows as Brazilian offices keep them: accents, quoted names, three notations of a phone of which two lack the
 * country, and 3 % without a phone.
 */
export async function* sampleRows(rows: number): AsyncGenerator<SampleRow> {
  const { bytes } = generateContactsCsv({ rows, seed: 3, badShare: 0 });
  let row = -1;
  for await (const batch of readCsv(bytes(), { limits: LIMITS })) {
    for (const { cells } of batch) {
      if (row++ === -1) continue;
      const [name = '', phone = '', email = ''] = cells;
      const isContact = row % BAD_EVERY !== 0;
      yield {
        cells: [inLatin1(name), isContact ? rewrite(phone, row) : 'não tem', email.trim()],
        isContact,
      };
    }
  }
}

/** How many of the rows are contacts. */
export const contactsAmong = (rows: number): number => rows - Math.floor(rows / BAD_EVERY);

/** Windows-1252 has no combining marks; what is left beyond it becomes a question mark, as Excel writes it. */
function inLatin1(text: string): string {
  return text.normalize('NFC').replace(/[^\0-ÿ]/g, '?');
}

function rewrite(phone: string, row: number): string {
  const national = phone.replaceAll(/\D/g, '').slice(2);
  switch (row % 4) {
    case 0:
      return national;
    case 1:
      return `(${national.slice(0, 2)}) ${national.slice(2, -4)}-${national.slice(-4)}`;
    default:
      return phone;
  }
}
