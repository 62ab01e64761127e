import 'reflect-metadata';
import { ConfigProblem, type Config } from '../platform/config/config';
import { processEnvironment } from '../platform/config/process-environment';
import { StartProblem } from '../platform/start-problem';
import { readOperatorConfig } from './read-operator-config';
import { resetLink } from './reset-link';

/** What an operator can do from the terminal of the server. Each command answers what it has to say. */
const COMMANDS: Readonly<Record<string, (config: Config, args: readonly string[]) => Promise<string>>> = {
  'reset-link': resetLink,
};

const USAGE = `Commands:
  reset-link EMAIL   prints a link by which that person chooses a new password`;

async function run([name = '', ...args]: readonly string[]): Promise<string> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new StartProblem(USAGE);
  return command(await readOperatorConfig(processEnvironment), args);
}

try {
  process.stdout.write(`${await run(process.argv.slice(2))}\n`);
} catch (error) {
  // Expected: a command or a variable that cannot be used.
  const isExpected = error instanceof StartProblem || error instanceof ConfigProblem;
  process.stderr.write(
    `${isExpected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
}
