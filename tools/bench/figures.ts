import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '../gate/workspace.mjs';

/** The middle one of several measurements. Throws when there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new Error('Nothing was measured.');
  return (low + high) / 2;
}

/**
 * A table for people: Markdown with its columns aligned, so that it reads as well in a terminal. Words stand on the left,
 * figures on the right.
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const isFigure = header.map((_, column) => rows.every((row) => /^(?:\d|none|$)/.test(row[column] ?? '')));
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => pad(cells[column] ?? '', width, isFigure[column] === true)).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    isFigure[column] === true ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(header), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

const pad = (text: string, width: number, isFigure: boolean) =>
  isFigure ? text.padStart(width) : text.padEnd(width);

export const milliseconds = (value: number): string =>
  value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;

export const times = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ×`;

/** How many in a second, to three digits: what follows them is noise. */
export const perSecond = (count: number, milliseconds: number): string =>
  Number(((count / milliseconds) * 1000).toPrecision(3)).toLocaleString('en');

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

const FOLDER = join(workspaceRoot, 'tools/bench/results');

const today = () => new Date().toISOString().slice(0, 10);

/** What was measured earlier on the same day; nothing when there is no such file. */
export function earlierFigures<Figure>(name: string): readonly Figure[] {
  const path = join(FOLDER, `${today()}-${name}.json`);
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { figures: Figure[] }).figures;
}

/** What was measured, for machines and for people, in `tools/bench/results`; with a plot, if there is one, as SVG. */
export function saveResults(name: string, figures: unknown, text: string, plot: string | null = null): void {
  const date = today();
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model ?? '' };
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${date}-${name}`);
  writeFileSync(`${path}.json`, `${JSON.stringify({ date, machine, figures }, null, 2)}\n`);
  writeFileSync(`${path}.md`, `${text}\n`);
  if (plot !== null) writeFileSync(`${path}.svg`, plot);
  process.stdout.write(`\n${text}\n\nWritten to ${path}.json and .md\n`);
}
