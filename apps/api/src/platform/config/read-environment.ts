import { readConfig, type Config } from './config';
import { processEnvironment } from './process-environment';

/** The configuration of this process. */
export function readEnvironment(): Config {
  return readConfig(processEnvironment);
}
