import type { Locale } from '@ponte/contracts';
import {
  formatBytes,
  formatDate,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRelative,
  isolate,
} from './format';

/** Spaces that do not break are spaces to the reader of a test. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatNumber', () => {
  it.each<[Locale, string]>([
    ['pt-BR', '12.482'],
    ['en', '12,482'],
    ['es', '12.482'],
  ])('%s: %s', (locale, expected) => {
    expect(formatNumber(12_482, locale)).toBe(expected);
  });
});

describe('formatPercent', () => {
  it.each([
    [0, '0%'],
    [0.429, '42%'],
    [0.9999, '99%'],
    [1, '100%'],
  ])('%d is %s: never whole before the end', (share, expected) => {
    expect(plain(formatPercent(share, 'pt-BR'))).toBe(expected);
  });
});

describe('formatBytes', () => {
  it.each([
    [1, '1 byte'],
    [0, '0 byte'],
    [999, '999 bytes'],
    [1536, '1,5 kB'],
    [512 * 1024 * 1024, '512 MB'],
    [3 * 1024 ** 3, '3 GB'],
  ])('%d is %s', (bytes, expected) => {
    expect(plain(formatBytes(bytes, 'pt-BR'))).toBe(expected);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [9.4, '9 s'],
    [60, '1 min'],
    [125, '2 min 5 s'],
    [3600, '1 h'],
    [3605, '1 h'],
    [3780, '1 h 3 min'],
    [180_000, '2 dias 2 h'],
  ])('%d s is %s', (seconds, expected) => {
    expect(plain(formatDuration(seconds, 'pt-BR'))).toBe(expected);
  });
});

describe('formatRelative', () => {
  const now = Date.parse('2026-03-12T12:00:00Z');
  it.each([
    ['2026-03-14T13:00:00Z', 'em 2 dias'],
    ['2026-03-12T13:30:00Z', 'em 1 hora'],
    ['2026-03-12T11:58:00Z', 'há 2 minutos'],
  ])('%s is %s', (iso, expected) => {
    expect(formatRelative(iso, now, 'pt-BR')).toBe(expected);
  });
});

describe('formatDate', () => {
  it('writes the day as the language does', () => {
    expect(formatDate('2026-03-12T12:00:00Z', 'pt-BR', 'date')).toBe('12 de mar. de 2026');
    expect(formatDate('2026-03-12T12:00:00Z', 'en', 'date')).toBe('Mar 12, 2026');
    expect(formatDate('2026-03-12T12:00:00Z', 'pt-BR', 'day')).toBe('12/03');
    expect(formatDate('2026-03-12T12:00:00Z', 'en', 'day')).toBe('Mar 12');
  });
});

describe('isolate', () => {
  it('keeps a right-to-left name from turning the sentence around', () => {
    expect(isolate('محمد')).toBe('\u2068محمد\u2069');
  });
});
