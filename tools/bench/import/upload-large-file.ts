import { FILE_LIMITS } from '@ponte/contracts';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from '../client';
import { median } from '../figures';
import { peakBytes, presentBytes } from '../processes';
import { startProduct } from '../product';
import type { Figure } from './report';
import { inCopy } from './turn';
import type { Bench } from './with-bench';

interface Upload {
  readonly seconds: number;
  readonly idleBytes: number;
  readonly peakBytes: number;
}

/** Long enough for half a million rows to fill the largest file. */
const NOTE = 'Cliente desde sempre; prefere ser chamada à tarde, "nunca" na sexta. '
  .repeat(14)
  .replaceAll('"', '""');
const BATCH = 100;

/** The memory of the HTTP process while the largest file that it takes comes in and is checked. */
export async function uploadLargeFile(
  bench: Bench,
  large: { bytes: number; turns: number },
): Promise<Figure[]> {
  const { postgres, build, empty: state, options, log } = bench;
  const folder = mkdtempSync(join(tmpdir(), 'ponte-bench-'));
  const file = join(folder, 'large.csv');
  const bytes = Math.min(large.bytes, FILE_LIMITS.fileBytes);
  const uploads: Upload[] = [];
  try {
    const rows = await writeLargeFile(file, bytes);
    for (let turn = 0; turn < (options.turns ?? large.turns); turn++) {
      const upload = await inCopy(postgres, state.database, async (copy) => {
        const product = await startProduct({ build, databaseUrl: postgres.url(copy) });
        try {
          const idleBytes = presentBytes(product.httpPid);
          const start = performance.now();
          const view = await new Client(product.address, state.token, state.account).upload(file);
          const seconds = (performance.now() - start) / 1000;
          if (view.rows.total !== rows)
            throw new Error(`The upload has ${view.rows.total} rows, not ${rows}.`);
          return { seconds, idleBytes, peakBytes: peakBytes(product.httpPid) };
        } finally {
          await product.stop();
        }
      });
      log(JSON.stringify(upload));
      uploads.push(upload);
    }
    return [
      {
        title: `upload of ${Math.round(statSync(file).size / 1024 ** 2)} MiB, the HTTP process`,
        side: 'ponte',
        ...{ fileRows: rows, rows, turns: uploads.length },
        seconds: median(uploads.map(({ seconds }) => seconds)),
        idleBytes: Math.max(...uploads.map((upload) => upload.idleBytes)),
        peakBytes: Math.max(...uploads.map((upload) => upload.peakBytes)),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fills a file up to a size with rows whose last column is ignored. Answers how many there are. */
async function writeLargeFile(file: string, bytes: number): Promise<number> {
  let rows = 0;
  function* batches(): Generator<Buffer> {
    let written = 0;
    const header = Buffer.from('name,phone_number,email,notes\r\n');
    yield header;
    for (written += header.length; ; rows += BATCH) {
      const lines = Array.from({ length: BATCH }, (_, index) => {
        const number = String(rows + index).padStart(7, '0');
        return `Conceição ${number},+55119${1 + (index % 9)}${number},c${number}@exemplo.com.br,"${NOTE}"\r\n`;
      });
      const batch = Buffer.from(lines.join(''));
      written += batch.length;
      if (written > bytes) return;
      yield batch;
    }
  }
  await pipeline(Readable.from(batches()), createWriteStream(file));
  return rows;
}
