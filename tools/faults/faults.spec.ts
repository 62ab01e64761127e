import { afterAll, beforeAll, describe, it } from 'vitest';
import { copyBuild, type Build } from '../bench/product';
import { CASES, runCase } from './cases';
import { SIZES } from './fault-case';
import { QUEUES, Stage } from './stage';

/**
 * The quick half of `npm run test:faults`: every kind of fault once, in small files, on one of the queues by turns. The figures
 * are those of the whole harness; here it only has to hold.
 */
const QUICK = CASES.filter(({ isQuick }) => isQuick === true);

describe.each(QUEUES)('with the queue in %s, nothing is lost or doubled', (queue) => {
  let build: Build;
  let stage: Stage;
  beforeAll(async () => {
    build = copyBuild();
    stage = await Stage.open(queue, build);
  }, 240_000);
  afterAll(async () => {
    await stage.close();
    build.remove();
  });

  const cases = QUICK.filter(({ queues }, index) => queues?.includes(queue) ?? QUEUES[index % 2] === queue);
  it.each(cases.map((faultCase) => [faultCase.name, faultCase] as const))(
    '%s',
    async (_, faultCase) => {
      await runCase(faultCase, stage, SIZES.quick);
    },
    400_000,
  );
});
