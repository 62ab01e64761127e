import { makeResetLink } from '../password-resets';
import { connectDatabase } from '../platform/database/migrate';
import { StartProblem } from '../platform/start-problem';
import { readOperatorConfig } from './read-operator-config';

/**
 * Prints a link by which the person with that e-mail address chooses a new password: the link alone on standard output, what
 * to know about it on standard error. Answers the exit code: 1 when nobody has the address.
 */
export async function runResetLink([email, ...others]: readonly string[]): Promise<number> {
  if (email === undefined || others.length > 0) throw new StartProblem('Usage: operator.js reset-link EMAIL');
  const config = await readOperatorConfig();
  const dataSource = await connectDatabase(config);
  try {
    const link = await makeResetLink(dataSource, email);
    if (link === null) {
      process.stderr.write(`No person has the e-mail address ${email}: check its spelling.\n`);
      return 1;
    }
    process.stdout.write(`${config.publicUrl}${link.path}\n`);
    process.stderr.write(
      `It works once, until ${link.expiresAt.toISOString()}. Give it to that person alone.\n`,
    );
    return 0;
  } finally {
    await dataSource.destroy();
  }
}
