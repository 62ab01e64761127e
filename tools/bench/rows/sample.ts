import { resolveHeader, type ContactColumns } from '@ponte/contacts';
import { readCsv } from '@ponte/tabular';
import { generateContactsCsv } from '@ponte/testing';

export const LIMITS = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1024 * 1024 };

/** Seeded rows, as bytes and as cells. */
export interface Sample {
  bytes(): AsyncGenerator<Uint8Array>;
  readonly cells: readonly (readonly string[])[];
  readonly columns: ContactColumns;
  /** The same rows as Brazilian offices write phones: without the country, half of them with parentheses. */
  readonly national: readonly (readonly string[])[];
}

/** Without malformed rows, at which csv-parse stops. */
export async function makeSample(rows: number): Promise<Sample> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of generateContactsCsv({ rows, seed: 1, badShare: 0 }).bytes()) chunks.push(chunk);
  const bytes = async function* () {
    yield* chunks;
  };
  const cells: (readonly string[])[] = [];
  for await (const batch of readCsv(bytes(), { limits: LIMITS }))
    cells.push(...batch.map((row) => row.cells));
  const header = resolveHeader(cells.shift() ?? []);
  if (!header.ok) throw new Error('The generated file has no header.');
  return { bytes, cells, columns: header.columns, national: cells.map(writeNational) };
}

function writeNational(
  [name = '', phone = '', email = '']: readonly string[],
  row: number,
): readonly string[] {
  const digits = phone.replace(/\D/g, '').slice(2);
  const written = `(${digits.slice(0, 2)}) ${digits.slice(2, -4)}-${digits.slice(-4)}`;
  return [name, row % 2 === 0 ? digits : written, email];
}
