import { compareVerdicts } from './compare-verdicts';

/** A process of its own for a part of the numbers: `<seed> <count>`. */
const [seed, count] = process.argv.slice(2).map(Number);
process.stdout.write(JSON.stringify(compareVerdicts(seed ?? 1, count ?? 0)));
