import 'reflect-metadata';
import { runResetLink } from './operator/reset-link';
import { runSecondFactorOff } from './operator/second-factor-off';
import { runVerifyAudit } from './operator/verify-audit';
import { ConfigProblem } from './platform/config/config';
import { StartProblem } from './platform/start-problem';

/** What an operator may do on the machine itself, by name. Each answers the exit code. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  'reset-link': runResetLink,
  'second-factor-off': runSecondFactorOff,
  'verify-audit': runVerifyAudit,
};

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (command === undefined) {
  process.stderr.write(`Usage: operator.js ${Object.keys(COMMANDS).join(' | ')}\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    // Expected: a broken variable, or a use of the command that it does not know.
    if (!(error instanceof ConfigProblem || error instanceof StartProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
