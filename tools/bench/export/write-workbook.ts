import exceljs from 'exceljs';
import { readFileSync, statSync } from 'node:fs';
import { peakBytes, presentBytes } from '../processes';
import type { Turn } from './turns';

/**
 * exceljs' stream writer and nothing else. The clock starts when library and rows are loaded and one workbook has been
 * written already, and stops when the file of the second is closed.
 */
const [, , rowsPath = '', path = ''] = process.argv;
const rows = JSON.parse(readFileSync(rowsPath, 'utf8')) as (string | null)[][];
const idleBytes = presentBytes(process.pid);
await writeWorkbook();
const cpu = process.cpuUsage();
const began = performance.now();
await writeWorkbook();
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpu);
if (statSync(path).size === 0) throw new Error('exceljs has written nothing.');
const turn: Turn = {
  seconds,
  idleBytes,
  peakBytes: peakBytes(process.pid),
  cpuSeconds: (user + system) / 1e6,
};
process.stdout.write(JSON.stringify(turn));

async function writeWorkbook(): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: false });
  const sheet = workbook.addWorksheet('Contatos', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = [
    { header: 'name', width: 36 },
    { header: 'phone_number', width: 22 },
    { header: 'email', width: 36 },
  ];
  for (const row of rows) sheet.addRow(row).commit();
  await workbook.commit();
}
