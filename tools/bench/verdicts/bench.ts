import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs, promisify } from 'node:util';
import { bundleForNode } from '../bundle.mjs';
import { markdownTable, perSecond, saveResults, times } from '../figures';
import { addFigures, type ComparedVerdicts, type KindFigures } from './compare-verdicts';
import type { NumberKind } from './make-numbers';

const run = promisify(execFile);

const NUMBERS = 10_000_000;
const SEED = 20_261_122;

const TITLES: Record<NumberKind, string> = {
  brazilian: 'Brazilian, valid',
  brazilian_odd: 'Brazilian, nearly right',
  foreign: 'every other calling code',
  without_plus: 'Brazilian without a plus',
  mutated: 'any of them, damaged',
};

/**
 * Our verdicts beside the library's on ten million phones, in as many processes as there are cores. `--numbers=`, `--seed=`
 * and `--processes=` make it another run, which is shown and not kept. Throws when two verdicts differ.
 */
export default async function benchVerdicts(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      numbers: { type: 'string', default: String(NUMBERS) },
      seed: { type: 'string', default: String(SEED) },
      processes: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const processes = Number(values.processes);
  const compared = await compareInProcesses(processes, Number(values.seed), Number(values.numbers));
  const text = describe(compared.kinds);
  if (words.length === 0) saveResults('verdicts', compared.kinds, text);
  else process.stdout.write(`\n${text}\n`);
  if (compared.examples.length > 0) throw new Error(`Verdicts differ:\n${compared.examples.join('\n')}`);
}

async function compareInProcesses(
  processes: number,
  seed: number,
  numbers: number,
): Promise<ComparedVerdicts> {
  const script = await bundleForNode('verdicts/compare-part.ts');
  try {
    const share = String(Math.ceil(numbers / processes));
    const parts = await Promise.all(
      Array.from({ length: processes }, async (_, index) => {
        const { stdout } = await run(process.execPath, [script.file, String(seed + index), share]);
        return JSON.parse(stdout) as ComparedVerdicts;
      }),
    );
    return parts.reduce((one, other) => ({
      kinds: one.kinds.map((figures, index) => addFigures(figures, other.kinds[index] ?? figures)),
      examples: [...one.examples, ...other.examples],
    }));
  } finally {
    script.remove();
  }
}

function describe(kinds: readonly KindFigures[]): string {
  const rows = kinds.map((figures) => {
    const { kind, numbers, accepted, differences } = figures;
    return [
      TITLES[kind],
      numbers.toLocaleString('en'),
      accepted.toLocaleString('en'),
      String(differences),
      perSecond(numbers, figures.checkMilliseconds),
      perSecond(numbers, figures.proposeMilliseconds),
      perSecond(numbers, figures.libraryMilliseconds),
      times(figures.libraryMilliseconds / figures.checkMilliseconds),
    ];
  });
  const header = [
    'phones',
    'compared',
    'valid',
    'differences',
    'rows checked',
    'rows proposed',
    'library alone',
    'ratio',
  ];
  return `${markdownTable(header, rows)}\n\nPer second of processor time: name, phone and e-mail checked (and proposed to the wizard), beside libphonenumber-js/max on the phone alone. The ratio is of the first to the last.`;
}
