import { expect, it } from 'vitest';
import { compareVerdicts } from './compare-verdicts';

it('gives the library’s verdicts on 100,000 phones of every kind', { timeout: 120_000 }, () => {
  const { kinds, examples } = compareVerdicts(7, 100_000);
  expect(examples).toEqual([]);
  expect(kinds.map(({ kind, numbers, differences }) => [kind, numbers, differences])).toEqual([
    ['brazilian', 20_000, 0],
    ['brazilian_odd', 20_000, 0],
    ['foreign', 20_000, 0],
    ['without_plus', 20_000, 0],
    ['mutated', 20_000, 0],
  ]);
  // Comparing nothing but refusals would prove little.
  const accepted = Object.fromEntries(kinds.map((figures) => [figures.kind, figures.accepted]));
  expect(accepted).toMatchObject({ brazilian: 20_000, without_plus: 0 });
  for (const kind of ['brazilian_odd', 'foreign', 'mutated']) expect(accepted[kind]).toBeGreaterThan(1_000);
});
