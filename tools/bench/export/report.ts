import { markdownTable, megabytes, milliseconds, perSecond, times } from '../figures';
import type { ExportCase, Figure, SideName } from './bench';

const PEERS: Readonly<Record<SideName, SideName>> = {
  psql: 'psql',
  'ponte csv': 'psql',
  exceljs: 'exceljs',
  'ponte xlsx': 'exceljs',
};

const HEADER = [
  'side',
  'contacts',
  'median',
  'rows/s',
  'of its peer’s rate',
  'peak memory',
  'above idle',
  'CPU',
];

/** One table: each side, and our rate beside that of the peer above it. */
export function report(figures: readonly Figure[], measured: ExportCase, version: string): string {
  const rows = figures.map((figure) => {
    const peer = figures.find(({ side }) => side === PEERS[figure.side]) ?? figure;
    const hasProcess = figure.peakBytes > 0;
    return [
      figure.side,
      figure.rows.toLocaleString('en'),
      milliseconds(figure.seconds * 1000),
      perSecond(figure.rows, figure.seconds * 1000),
      times(peer.seconds / figure.seconds),
      hasProcess ? megabytes(figure.peakBytes) : '',
      hasProcess ? megabytes(figure.growthBytes) : '',
      hasProcess ? milliseconds(figure.cpuSeconds * 1000) : '',
    ];
  });
  return `${markdownTable(HEADER, rows)}\n\n${notes(measured, version)}`;
}

function notes({ others, turns }: ExportCase, version: string): string {
  return `PostgreSQL ${version} with its default settings, ${others.toLocaleString('en')} contacts of other accounts beside. Medians of ${turns} turns, one side after the
other; memory is the most of all turns. Ponte’s time is that of the whole run, from taking it to its end: the file is safely on the disk, the e-mail is
ordered, and nothing in the file calculates. Ponte’s worker and exceljs’ process have done the same once before. psql writes the contacts in any order and as they are. exceljs writes contacts that are in its memory.`;
}
