import { findRunning } from '../launcher/running';
import { readConfig, type Config } from '../platform/config/config';
import { processEnvironment } from '../platform/config/process-environment';
import { StartProblem } from '../platform/start-problem';

/**
 * The configuration of a command: the database of `DATABASE_URL`, else the one that `npm start` runs on the data
 * directory. Throws `StartProblem` when there is neither.
 */
export async function readOperatorConfig(env = processEnvironment): Promise<Config> {
  // Commands send no e-mails.
  const given = { ...env, SMTP_URL: env['SMTP_URL'] ?? 'smtp://not-used' };
  if (env['DATABASE_URL']?.trim()) return readConfig(given);
  const { dataDirectory } = readConfig({ ...given, DATABASE_URL: 'postgres://not-known-yet' });
  const running = await findRunning(dataDirectory);
  if (running === null) {
    throw new StartProblem(
      `Ponte does not run on ${dataDirectory}: start it with "npm start", or set PONTE_DATA_DIR or DATABASE_URL.`,
    );
  }
  const { databaseUrl, publicUrl } = running;
  return readConfig({
    ...given,
    DATABASE_URL: databaseUrl,
    PONTE_PUBLIC_URL: env['PONTE_PUBLIC_URL'] ?? publicUrl,
  });
}
