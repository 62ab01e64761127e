import { readPlainly } from './plain-reading';
import { importWithReactSpreadsheetImport } from './react-spreadsheet-import';
import { readRowsAlone } from './rows-alone';
import { importWithTableWorker } from './table-worker';
import type { Timing, Way } from './ways';

declare global {
  /** Takes the chosen file one of the ways. */
  var takeFile: (way: Way) => Promise<Timing>;
  /** The address of the console's worker. */
  var workerAddress: string;
}

globalThis.takeFile = async (way) => {
  const file = document.querySelector('input')?.files?.[0];
  if (file === undefined) throw new Error('No file was chosen.');
  const start = performance.now();
  const result = await take(way, file);
  return { milliseconds: performance.now() - start, ...result };
};

async function take(way: Way, file: File): Promise<Omit<Timing, 'milliseconds'>> {
  switch (way) {
    case 'ponte':
      // Started with the file, as the wizard does.
      return importWithTableWorker(new Worker(globalThis.workerAddress, { type: 'module' }), file);
    case 'rows':
      return {
        contacts: null,
        rows: await readRowsAlone(new Worker('/rows.js', { type: 'module' }), file),
      };
    case 'plain':
      await readPlainly(file);
      return { contacts: null };
    default:
      return { contacts: await importWithReactSpreadsheetImport(file, way === 'rsi_mended') };
  }
}
