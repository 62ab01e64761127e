import { makeResetLink } from '../password-resets';
import type { Config } from '../platform/config/config';
import { connectDatabase } from '../platform/database/migrate';
import { StartProblem } from '../platform/start-problem';

/** The link for the person with that e-mail address, alone on its line; a note about it goes to standard error. */
export async function resetLink(config: Config, [email, ...others]: readonly string[]): Promise<string> {
  if (email === undefined || others.length > 0)
    throw new StartProblem('Give one e-mail address: reset-link EMAIL.');
  const dataSource = await connectDatabase(config);
  try {
    const link = await makeResetLink(dataSource, email);
    if (link === null)
      throw new StartProblem(`No person has the e-mail address ${email}: check its spelling.`);
    process.stderr.write(`The link works once, until ${link.expiresAt.toISOString()}.\n`);
    return `${config.publicUrl}${link.path}`;
  } finally {
    await dataSource.destroy();
  }
}
