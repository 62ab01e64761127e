import { openTable, type ByteSource } from '@ponte/tabular';
import { readFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Duplex } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Reader, Reading } from './readers';

/**
 * A process of its own for each reading, because memory at its peak is the process's, and so nothing is compiled yet for
 * either reader: `<reader> <path>`. Timed is from the path to the text of the last cell; loading the libraries is not.
 */
const LIMITS = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1024 * 1024 };

const [reader = 'tabular', path = ''] = process.argv.slice(2) as [Reader, string];
const read = reader === 'tabular' ? useTabular() : await useExcelJs();
const start = performance.now();
const rows = await read();
const reading: Reading = {
  reader,
  milliseconds: performance.now() - start,
  peakBytes: peakMemory(),
  rows,
};
process.stdout.write(`${JSON.stringify(reading)}\n`);

/** Of this program alone: the figure that `getrusage` gives begins with what the parent had when it started us. */
function peakMemory(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

function useTabular(): () => Promise<number> {
  return async () => {
    const file = await open(path);
    const { size } = await file.stat();
    const table = await openTable(sourceOf(file, size), {
      limits: LIMITS,
      locale: 'pt-BR',
      createInflater: () => Duplex.toWeb(createGunzip({ chunkSize: 128 * 1024 })),
    });
    let count = 0;
    for await (const batch of table.rows()) count += batch.length;
    await file.close();
    return count;
  };
}

/** The piece of the file that is asked for, as a browser gives it. */
function sourceOf(file: FileHandle, size: number): ByteSource {
  return {
    size,
    read: async (from, to) => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(to - from), 0, to - from, from);
      return buffer.subarray(0, bytesRead);
    },
  };
}

/** Its `load`, and the text of every cell, without which nothing was read. */
async function useExcelJs(): Promise<() => Promise<number>> {
  const { default: exceljs } = await import('exceljs');
  return async () => {
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(path);
    let count = -1;
    workbook.worksheets[0]?.eachRow((row) => {
      count++;
      row.eachCell((cell) => cell.text);
    });
    return count;
  };
}
