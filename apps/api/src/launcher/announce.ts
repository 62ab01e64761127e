import type { Config } from '../platform/config/config';
import type { SignIn, SignIns } from './sign-ins';

interface Started {
  config: Config;
  signIns: SignIns;
  hasOwnDatabase: boolean;
  hasOwnMailServer: boolean;
}

/** What the person who started it wants to know, once. */
export function announce({ config, signIns, hasOwnDatabase, hasOwnMailServer }: Started): void {
  const { publicUrl, dataDirectory } = config;
  const lines: [string, string][] = [
    ['Administrator', describe(signIns.administrator)],
    ['Agent', describe(signIns.agent)],
    ...(hasOwnMailServer ? [] : ([['E-mails', `${publicUrl}/caught-mail`]] as [string, string][])),
    ['API', `${publicUrl}/api/docs`],
    ['Data', hasOwnDatabase ? `${dataDirectory} (files), DATABASE_URL (database)` : dataDirectory],
  ];
  const rows = lines.map(([name, value]) => `  ${name.padEnd(15)}${value}`);
  process.stdout.write(`\nPonte is ready: ${publicUrl}\n\n${rows.join('\n')}\n\nPress Ctrl-C to stop.\n`);
}

function describe({ email, password }: SignIn): string {
  return `${email}   ${password ?? '(the password that you gave)'}`;
}
