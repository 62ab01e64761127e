import { turnOffSecondFactor } from '../auth';
import { connectDatabase } from '../platform/database/migrate';
import { StartProblem } from '../platform/start-problem';
import { readOperatorConfig } from './read-operator-config';

/**
 * Turns off the second factor of the person with that e-mail address, who lost authenticator and recovery codes, and ends
 * their sessions. Answers the exit code: 1 when nobody has the address, or no second factor is on.
 */
export async function runSecondFactorOff([email, ...others]: readonly string[]): Promise<number> {
  if (email === undefined || others.length > 0)
    throw new StartProblem('Usage: operator.js second-factor-off EMAIL');
  const dataSource = await connectDatabase(await readOperatorConfig());
  try {
    const outcome = await turnOffSecondFactor(dataSource, email);
    const write = (stream: NodeJS.WriteStream, sentence: string) => stream.write(`${sentence}\n`);
    if (outcome === 'turned_off')
      write(process.stdout, `The second factor of ${email} is off and their sessions are ended.`);
    else if (outcome === 'was_off') write(process.stderr, `The second factor of ${email} is not on.`);
    else write(process.stderr, `No person has the e-mail address ${email}: check its spelling.`);
    return outcome === 'turned_off' ? 0 : 1;
  } finally {
    await dataSource.destroy();
  }
}
