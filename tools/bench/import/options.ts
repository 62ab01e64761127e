import { parseArgs } from 'node:util';

export const CASES = ['empty', 'shuffled', 'big', 'again', 'job', 'upload', 'growth', 'huge'] as const;
export type CaseName = (typeof CASES)[number];

/** What one run of the benchmark measures; without options everything, which takes about an hour. */
export interface Options {
  readonly cases: readonly CaseName[];
  /** Rows of the files instead of the cases' own. */
  readonly rows: number | null;
  /** Turns instead of the cases' own. */
  readonly turns: number | null;
  /** Contacts that the account of the case `big` has before the import; other accounts have five times as many. */
  readonly contacts: number;
  /** Whether to look at what the database's connections do, which costs a few per cent. */
  readonly isTraced: boolean;
  /** Nothing was left out or made smaller, or somebody says so: these are figures to keep, beside those of other cases. */
  readonly isKept: boolean;
}

const CONTACTS = 1_000_000;

export const EVERYTHING: Options = {
  cases: CASES,
  rows: null,
  turns: null,
  contacts: CONTACTS,
  isTraced: false,
  isKept: true,
};

/**
 * `--cases=empty,big --rows=100000 --turns=3 --contacts=100000 --trace --keep`, each of which may be left out. Throws a
 * sentence when they cannot be used.
 */
export function readOptions(words: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...words],
    options: { cases: text, rows: text, turns: text, contacts: text, trace: flag, keep: flag },
  });
  const asked = values.cases?.split(',') ?? CASES;
  const cases = CASES.filter((name) => asked.includes(name));
  if (cases.length !== asked.length) throw new Error(`The cases are ${CASES.join(', ')}.`);
  return {
    cases,
    rows: count('rows', values.rows),
    turns: count('turns', values.turns),
    contacts: count('contacts', values.contacts) ?? CONTACTS,
    isTraced: values.trace === true,
    isKept: words.length === 0 || values.keep === true,
  };
}

function count(name: string, word: string | undefined): number | null {
  if (word === undefined) return null;
  const value = Number(word.replaceAll('_', ''));
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1.`);
  return value;
}
