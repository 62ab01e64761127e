import { parseArgs } from 'node:util';

/** What one run of the benchmark measures; without options everything, which takes about an hour. */
export interface Options {
  readonly cases: readonly CaseName[];
  /** Rows of the files instead of the cases' own. */
  readonly rows: number | null;
  /** Turns instead of the cases' own. */
  readonly turns: number | null;
  /** Whether to look at what the database's connections do, which costs a few per cent. */
  readonly isTraced: boolean;
  /** Nothing was left out: these are figures to keep. */
  readonly isComplete: boolean;
}

export const CASES = ['empty', 'shuffled'] as const;
export type CaseName = (typeof CASES)[number];

/** `--cases=empty,shuffled --rows=100000 --turns=3 --trace`. Throws a sentence when they cannot be used. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      cases: { type: 'string' },
      rows: { type: 'string' },
      turns: { type: 'string' },
      trace: { type: 'boolean', default: false },
    },
  });
  const asked = values.cases?.split(',') ?? CASES;
  const cases = CASES.filter((name) => asked.includes(name));
  if (cases.length !== asked.length) throw new Error(`The cases are ${CASES.join(', ')}.`);
  return {
    cases,
    rows: count('rows', values.rows),
    turns: count('turns', values.turns),
    isTraced: values.trace,
    isComplete: words.length === 0,
  };
}

function count(name: string, word: string | undefined): number | null {
  if (word === undefined) return null;
  const value = Number(word.replaceAll('_', ''));
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1.`);
  return value;
}
