import { openTable } from '@ponte/tabular';

const LIMITS = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1024 * 1024 };

/** A worker that reads a file to rows with the library and does nothing with them: what reading alone takes. */
addEventListener('message', ({ data }: MessageEvent<File>) => {
  void countRows(data).then((rows) => postMessage(rows));
});

async function countRows(file: File): Promise<number> {
  const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
  const table = await openTable({ size: file.size, read }, { limits: LIMITS, locale: 'pt-BR' });
  let count = 0;
  for await (const rows of table.rows()) count += rows.length;
  return count;
}
