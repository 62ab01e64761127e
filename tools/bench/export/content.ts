import { openTable, unescapeFormula } from '@ponte/tabular';
import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';

export interface Content {
  readonly rows: number;
  /** Of the rows as a set: psql keeps no order. */
  readonly digest: string;
}

const LIMITS = { maxRows: 10_000_000, maxColumns: 10, maxCellBytes: 10_000 };

/** The contacts in a file, whoever wrote it, without the apostrophes that keep spreadsheets from calculating. */
export async function contentOf(path: string): Promise<Content> {
  const blob = await openAsBlob(path);
  const source = {
    size: blob.size,
    read: async (start: number, end: number) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  };
  const table = await openTable(source, { limits: LIMITS, locale: 'pt-BR' });
  const isSafe = table.detection.format === 'csv';
  const sum = Buffer.alloc(16);
  let rows = 0;
  for await (const batch of table.rows()) {
    for (const { cells } of batch) {
      rows += 1;
      const [name = '', phone = '', email = ''] = cells;
      const plain = [isSafe ? unescapeFormula(name) : name, phone, email];
      const hash = createHash('md5').update(JSON.stringify(plain)).digest();
      for (let at = 0; at < 16; at += 1) sum[at] = (sum[at] ?? 0) ^ (hash[at] ?? 0);
    }
  }
  return { rows, digest: sum.toString('hex') };
}
