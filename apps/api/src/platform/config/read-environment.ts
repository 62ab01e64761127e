import { readConfig, type Config } from './config';

/** The one place that looks at `process.env`. */
export function readEnvironment(overrides: Readonly<Record<string, string>> = {}): Config {
  return readConfig({ ...process.env, ...overrides });
}
