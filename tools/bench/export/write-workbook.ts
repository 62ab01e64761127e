import exceljs from 'exceljs';
import { readFileSync, statSync } from 'node:fs';
import { peakBytes, presentBytes } from '../processes';
import type { Turn } from './turns';

/**
 * exceljs' stream writer and nothing else, with the options that the product uses. The clock starts when library and
 * rows are loaded, and stops when the file is closed.
 */
const [, , rowsPath = '', path = ''] = process.argv;
const rows = JSON.parse(readFileSync(rowsPath, 'utf8')) as (string | null)[][];
const idleBytes = presentBytes(process.pid);
const cpu = process.cpuUsage();
const began = performance.now();
const workbook = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: false });
const sheet = workbook.addWorksheet('Contatos', { views: [{ state: 'frozen', ySplit: 1 }] });
sheet.columns = [
  { header: 'name', width: 36 },
  { header: 'phone_number', width: 22 },
  { header: 'email', width: 36 },
];
for (const row of rows) sheet.addRow(row).commit();
await workbook.commit();
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
