import { beginOf, dayOf, endOf, readDay } from './day';

describe('readDay', () => {
  it.each<[text: string | undefined, expected: string | null]>([
    ['2026-03-12', '2026-03-12'],
    ['2026-13-12', null],
    ['yesterday', null],
    [undefined, null],
  ])('%s', (text, expected) => {
    expect(readDay(text)).toBe(expected);
  });
});

describe('a day where the reader is', () => {
  it('begins at its midnight and ends at the next one', () => {
    expect(beginOf('2026-03-12')).toBe(new Date(2026, 2, 12).toISOString());
    expect(endOf('2026-03-12')).toBe(new Date(2026, 2, 13).toISOString());
  });

  it('ends in the next month and year', () => {
    expect(endOf('2026-02-28')).toBe(beginOf('2026-03-01'));
    expect(endOf('2026-12-31')).toBe(beginOf('2027-01-01'));
  });

  it('is the day of each of its moments', () => {
    expect(dayOf(Date.parse(beginOf('2026-03-12')))).toBe('2026-03-12');
    expect(dayOf(Date.parse(endOf('2026-03-12')) - 1)).toBe('2026-03-12');
  });

  // Times of São Paulo until 2019: the clocks went forward at midnight and back at midnight.
  it.each(['2018-11-04', '2018-02-17', '2018-02-18'])(
    'meets its neighbours when the clocks change: %s',
    (day) => {
      const next = dayOf(Date.parse(endOf(day)));
      expect(next > day).toBe(true);
      expect(beginOf(next)).toBe(endOf(day));
    },
  );
});
