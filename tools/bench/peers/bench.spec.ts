import { expect, it } from 'vitest';
import { EVERYTHING } from '../import/options';
import { runPeers } from './bench';
import { WAY_NAMES } from './ways';

const ROWS = 300;
const LIMIT_MS = 300_000;

it(
  'every other way to import reads the file to its end',
  async () => {
    const { figures } = await runPeers({ ...EVERYTHING, rows: ROWS, turns: 1 }, () => undefined);
    expect(figures.map(({ who }) => who)).toEqual(['ponte', ...WAY_NAMES]);
    expect(figures.filter(({ contacts }) => contacts === 0)).toEqual([]);
  },
  LIMIT_MS,
);
