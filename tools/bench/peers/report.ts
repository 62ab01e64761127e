import { markdownTable, megabytes, times } from '../figures';
import type { Sample } from '../import/samples';

/** One turn of one way to import the file. */
export interface PeerTurn {
  readonly who: string;
  readonly seconds: number;
  readonly peakBytes: number;
  /** How many contacts the account then has. */
  readonly contacts: number;
  /** Whether they are those that the file must leave, in every field. */
  readonly isRight: boolean;
  /** How many rows it says that it rejected; null when it does not say. */
  readonly rejected: number | null;
}

export interface PeerFigure extends PeerTurn {
  readonly turns: number;
}

const HEADER = [
  'who',
  'turns',
  'seconds',
  'rows/s',
  'ponte is faster',
  'peak memory',
  'contacts',
  'rejected rows',
  'the same contacts',
];

export function report(
  figures: readonly PeerFigure[],
  { rows, expected }: Sample,
  postgresVersion: string,
): string {
  const own = figures.find(({ who }) => who === 'ponte');
  const lines = figures.map(({ who, turns, seconds, peakBytes, contacts, isRight, rejected }) => [
    who,
    String(turns),
    seconds.toFixed(2),
    Math.round(rows / seconds).toLocaleString('en'),
    times(seconds / (own?.seconds ?? seconds)),
    megabytes(peakBytes),
    contacts.toLocaleString('en'),
    rejected?.toLocaleString('en') ?? 'none told',
    isRight ? 'yes' : 'no',
  ]);
  return [
    markdownTable(HEADER, lines),
    '',
    `The same file of ${rows.toLocaleString('en')} rows into the same server (PostgreSQL ${postgresVersion}, default settings), in turn, each in a process of its own.`,
    `It must leave ${expected.contacts.toLocaleString('en')} contacts and ${expected.failed.toLocaleString('en')} rejected rows.`,
  ].join('\n');
}
