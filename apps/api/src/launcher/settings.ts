import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigProblem, readConfig, type Config } from '../platform/config/config';
import type { GivenSignIn, SignIns } from './sign-ins';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the launcher itself needs to know before there is a database, with every variable checked. */
export interface LauncherSettings {
  config: Config;
  hasOwnDatabase: boolean;
  hasOwnMailServer: boolean;
  given: Readonly<Record<keyof SignIns, GivenSignIn>>;
  /** For the processes that are started: the variables as they were, with what this mode chooses. */
  environment: Record<string, string | undefined>;
}

/** `programs`: where this file and the other entries are built to; the console lies beside it. */
export function readLauncherSettings(environment: Environment, programs: string): LauncherSettings {
  const given = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  const hasOwnDatabase = given('DATABASE_URL') !== undefined;
  const hasOwnMailServer = given('SMTP_URL') !== undefined;
  const console = join(programs, '..', 'console');
  const chosen = {
    ...environment,
    // Only this machine, unless somebody says otherwise.
    HOST: given('HOST') ?? '127.0.0.1',
    NODE_ENV: given('NODE_ENV') ?? 'production',
    // A person reads it here.
    PONTE_LOG: given('PONTE_LOG') ?? 'text',
    // Two workers of two starts would want the same port, and nobody watches one that is embedded.
    PONTE_WORKER_PORT: undefined,
    PONTE_CONSOLE_DIR:
      given('PONTE_CONSOLE_DIR') ?? (existsSync(join(console, 'index.html')) ? console : undefined),
    // One of the pair is enough here: the other one is made up.
    PONTE_ADMIN_EMAIL: undefined,
    PONTE_ADMIN_PASSWORD: undefined,
    PONTE_AGENT_EMAIL: undefined,
    PONTE_AGENT_PASSWORD: undefined,
  };
  const people = {
    administrator: { email: given('PONTE_ADMIN_EMAIL'), password: given('PONTE_ADMIN_PASSWORD') },
    agent: { email: given('PONTE_AGENT_EMAIL'), password: given('PONTE_AGENT_PASSWORD') },
  };
  if (people.agent.email !== undefined && people.agent.email === people.administrator.email) {
    throw new ConfigProblem(
      'PONTE_AGENT_EMAIL is the same as PONTE_ADMIN_EMAIL: give the agent another address.',
    );
  }
  const config = readConfig({
    ...chosen,
    DATABASE_URL: given('DATABASE_URL') ?? 'postgresql://not-started-yet',
    SMTP_URL: given('SMTP_URL') ?? 'smtp://not-started-yet',
    ...asPair('PONTE_ADMIN', people.administrator),
    ...asPair('PONTE_AGENT', people.agent),
  });
  return {
    config,
    hasOwnDatabase,
    hasOwnMailServer,
    given: people,
    environment: { ...chosen, PONTE_DATA_DIR: config.dataDirectory },
  };
}

/** So that what was given is checked although its other half is missing. */
function asPair(prefix: string, { email, password }: GivenSignIn): Environment {
  if (email === undefined && password === undefined) return {};
  return {
    [`${prefix}_EMAIL`]: email ?? 'someone@ponte.example',
    [`${prefix}_PASSWORD`]: password ?? 'made up later',
  };
}
