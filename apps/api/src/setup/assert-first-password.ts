import { PASSWORD_LENGTH } from '@ponte/contracts';
import { StartProblem } from '../platform/start-problem';
import { passwordFault } from '../users';

/** The account of the first people. */
export const DEMO_ACCOUNT = 'Demo';

/** Refuses to start with a password that a person could not choose. Throws `StartProblem`, without repeating it. */
export async function assertFirstPassword(
  variable: string,
  { email, name, password }: { email: string; name: string; password: string },
): Promise<void> {
  const fault = await passwordFault(password, { email, name, accounts: [DEMO_ACCOUNT] });
  if (fault === 'length') {
    const { min, max } = PASSWORD_LENGTH;
    throw new StartProblem(`${variable} is too short or too long: give ${min} to ${max} characters.`);
  }
  if (fault === 'weak') {
    throw new StartProblem(
      `${variable} is easy to guess: put together a few words that only you would choose.`,
    );
  }
}
