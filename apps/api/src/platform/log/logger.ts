import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Config } from '../config/config';

const LEVELS: Record<Config['log']['level'], LogLevel[]> = {
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  log: ['fatal', 'error', 'warn', 'log'],
};

/** Nest names every module and route at the start: a hundred lines that say nothing about this process. */
const OF_THE_FRAMEWORK = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/**
 * Writes the log: one JSON object a line, or readable text. What is logged are codes, ids and figures; never a name, a
 * phone number, an address, a query string or a token.
 */
export class PonteLogger extends ConsoleLogger {
  constructor({ log }: Pick<Config, 'log'>) {
    const json = log.format === 'json';
    super({
      json,
      colors: !json && process.stdout.isTTY === true,
      prefix: 'Ponte',
      logLevels: LEVELS[log.level],
      flattenParams: true,
    });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!OF_THE_FRAMEWORK.has(String(rest.at(-1)))) super.log(message, ...rest);
  }
}
