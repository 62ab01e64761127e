import type { FaultCase, Outcome, Size } from './fault-case';
import { FILE_CASES } from './cases/file';
import { HTTP_CASES } from './cases/http';
import { LOAD_CASES } from './cases/load';
import { PEOPLE_CASES } from './cases/people';
import { SERVER_CASES } from './cases/server';
import type { Stage } from './stage';
import { WORKER_CASES } from './cases/worker';

/** Every fault that is injected, in the order of the table. */
export const CASES: readonly FaultCase[] = [
  ...WORKER_CASES,
  ...SERVER_CASES,
  ...PEOPLE_CASES,
  ...HTTP_CASES,
  ...FILE_CASES,
  ...LOAD_CASES,
];

const LIMIT_SECONDS = 150;

/** One turn of a case in a stage that is as it was. Throws what was expected and found, or that it took too long. */
export async function runCase(faultCase: FaultCase, stage: Stage, size: Size): Promise<Outcome> {
  const { limitSeconds = LIMIT_SECONDS, workers = 1 } = faultCase;
  await stage.prepare(workers);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(`The case was not at its end after ${limitSeconds} s.`));
    timer = setTimeout(fail, limitSeconds * 1000);
  });
  try {
    return await Promise.race([faultCase.run(stage, size), late]);
  } finally {
    clearTimeout(timer);
  }
}
