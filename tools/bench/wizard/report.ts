import { markdownTable, median, milliseconds, times } from '../figures';
import type { Failure, Measurement } from './measure';
import { WAYS, type Way } from './page/ways';

/** One file and what all ways made of it, in turn. */
export interface Comparison {
  readonly format: 'csv' | 'xlsx';
  readonly rows: number;
  readonly turns: number;
  /** Contacts in the file. */
  readonly expected: number;
  readonly results: readonly (Measurement | Failure)[];
}

const TITLES: Record<Way, string> = {
  ponte: 'Ponte: file to checked CSV',
  rows: 'Ponte: reading to rows alone',
  plain: 'plain reading alone',
  rsi: 'react-spreadsheet-import as it comes',
  rsi_mended: 'the same with encoding and phones',
};

const CHECKED = 'Ponte: file to mapped and checked';

interface Figure {
  readonly file: string;
  readonly way: Way;
  readonly milliseconds: number | null;
  readonly megabytes: number | null;
  readonly timesOfPonte: number | null;
  readonly timesOfPlain: number | null;
  /** Ponte's time without writing the CSV: until everything is mapped and checked. */
  readonly checkedMilliseconds: number | null;
  readonly contacts: number | null;
  readonly expected: number;
  readonly parts: Readonly<Record<string, number>>;
  readonly error: string | null;
}

/** The medians and their ratios, as data and as a table. */
export function compare(comparisons: readonly Comparison[]): { figures: Figure[]; text: string } {
  const figures = comparisons.flatMap(compareOne);
  const turns = comparisons.map(({ rows, format, turns: count }) => `${count} of ${nameFile(format, rows)}`);
  const rows = figures.flatMap((figure) => tableRows(figure, figures));
  const header = ['file', 'way', 'median', 'of plain reading', 'of Ponte’s time', 'memory', 'contacts'];
  return {
    figures,
    text: `${markdownTable(header, rows)}\n\nMedians in turn: ${turns.join(', ')}.`,
  };
}

/** A line for each way, and one for how far Ponte is when everything is checked and nothing written yet. */
function tableRows(figure: Figure, figures: readonly Figure[]): string[][] {
  const plain = figures.find(({ file, way }) => file === figure.file && way === 'plain')?.milliseconds;
  const line = (title: string, time: number | null, contacts: string, memory: number | null) => [
    figure.file,
    title,
    time === null ? (figure.error ?? '') : milliseconds(time),
    time === null || !plain ? '' : times(time / plain),
    time === null || figure.timesOfPonte === null || title === CHECKED ? '' : times(figure.timesOfPonte),
    memory === null ? '' : `${Math.round(memory)} MB`,
    contacts,
  ];
  const contacts = figure.contacts === null ? '' : `${figure.contacts} of ${figure.expected}`;
  const all = line(TITLES[figure.way], figure.milliseconds, contacts, figure.megabytes);
  return figure.checkedMilliseconds === null
    ? [all]
    : [line(CHECKED, figure.checkedMilliseconds, '', null), all];
}

const nameFile = (format: string, rows: number) => `${format.toUpperCase()} ${rows.toLocaleString('en')}`;

function compareOne(comparison: Comparison): Figure[] {
  const ponte = timesOf(comparison, 'ponte');
  const plain = timesOf(comparison, 'plain');
  return WAYS.map((way) => {
    const done = comparison.results.filter(
      (result): result is Measurement => result.way === way && 'milliseconds' in result,
    );
    const failed = comparison.results.find(
      (result): result is Failure => result.way === way && 'error' in result,
    );
    const time = done.length === 0 ? null : median(done.map((result) => result.milliseconds));
    return {
      file: nameFile(comparison.format, comparison.rows),
      way,
      milliseconds: time,
      megabytes: done.length === 0 ? null : median(done.map(({ memory }) => memory / 1_000_000)),
      timesOfPonte: time === null || ponte.length === 0 ? null : time / median(ponte),
      timesOfPlain: time === null || plain.length === 0 ? null : time / median(plain),
      checkedMilliseconds: way === 'ponte' && done.length > 0 ? median(done.map(untilChecked)) : null,
      contacts: done[0]?.contacts ?? null,
      expected: comparison.expected,
      parts: medianParts(done),
      error: failed?.error ?? null,
    };
  });
}

const untilChecked = ({ parts }: Measurement): number => (parts?.['open'] ?? 0) + (parts?.['review'] ?? 0);

const timesOf = ({ results }: Comparison, way: Way): number[] =>
  results.flatMap((result) => (result.way === way && 'milliseconds' in result ? [result.milliseconds] : []));

function medianParts(done: readonly Measurement[]): Record<string, number> {
  const names = Object.keys(done[0]?.parts ?? {});
  return Object.fromEntries(
    names.map((name) => [name, Math.round(median(done.map(({ parts }) => parts?.[name] ?? 0)))]),
  );
}
