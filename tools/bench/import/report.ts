import { markdownTable, megabytes, times } from '../figures';

/** One line of the table: what a side needed for a number of rows, beside what it is compared with. */
export interface Figure {
  readonly title: string;
  readonly side: string;
  /** Rows of the file; `rows` of them are this side's. */
  readonly fileRows: number;
  readonly rows: number;
  readonly turns: number;
  /** The middle of the turns. */
  readonly seconds: number;
  readonly compared?: { readonly ratio: number; readonly with: string };
  readonly postgresCpuSeconds?: number;
  readonly walBytes?: number;
  /** Of the process whose memory is given. */
  readonly cpuSeconds?: number;
  /** Before the work. */
  readonly idleBytes?: number;
  /** The most that the process held in any turn. */
  readonly peakBytes?: number;
  /** What else is to be said. */
  readonly note?: string;
}

const HEADER = [
  ...['what', 'side', 'rows', 'turns', 'seconds', 'rows/s', 'ratio', 'to', 'peak memory', 'idle'],
  ...['CPU s', 'CPU s of PostgreSQL', 'WAL', 'and'],
];

export function report(figures: readonly Figure[], postgresVersion: string): string {
  const table = markdownTable(HEADER, figures.map(line));
  return `${table}\n\n${NOTES.replace('$VERSION', postgresVersion)}`;
}

function line(figure: Figure): string[] {
  const bytes = (value?: number) => (value === undefined ? '' : megabytes(value));
  const seconds = (value?: number) => value?.toFixed(2) ?? '';
  return [
    figure.title,
    figure.side,
    figure.rows.toLocaleString('en'),
    String(figure.turns),
    figure.seconds.toFixed(figure.seconds < 10 ? 2 : 1),
    Math.round(figure.rows / figure.seconds).toLocaleString('en'),
    figure.compared === undefined ? '' : times(figure.compared.ratio),
    figure.compared?.with ?? '',
    bytes(figure.peakBytes),
    bytes(figure.idleBytes),
    seconds(figure.cpuSeconds),
    seconds(figure.postgresCpuSeconds),
    bytes(figure.walBytes),
    figure.note ?? '',
  ];
}

const NOTES = `PostgreSQL $VERSION with its default settings (durable), on the same machine. Medians of turns taken one after the other, each in a
fresh copy of the same database; memory is the most of all turns. Ponte’s time is that of the whole run, from taking the file to its end; psql copies
the contacts that are left when somebody else has read, checked and cleaned the file. Ratios to psql compare times, for the same contacts at the end.`;
