import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PASSWORD_LENGTH } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts';
import { CONFIG, type Config } from '../platform/config/config';
import { StartProblem } from '../platform/start-problem';
import { passwordFault, Users, type NewUser } from '../users';

// Any number that nobody else uses: several HTTP processes may start on an empty database together.
const SETUP_LOCK = 7_206_184;

const DEMO_ACCOUNT = 'Demo';

/**
 * On an empty database: the first administrator, the demo account, and an agent where one is named. Afterwards the
 * variables change nothing: a person who changed a password keeps it, and a weak variable stops no start.
 */
@Injectable()
export class FirstPeople implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly users: Users,
    private readonly accounts: Accounts,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { firstAdministrator, demoAgent } = this.config;
    if (firstAdministrator === null) return;
    const lock = this.dataSource.createQueryRunner();
    try {
      await lock.query('SELECT pg_advisory_lock($1)', [SETUP_LOCK]);
      if (!(await this.accounts.isEmpty())) return;
      await this.make(
        { name: 'Administração', ...firstAdministrator },
        demoAgent && { name: 'Atendimento', ...demoAgent },
      );
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [SETUP_LOCK]);
      await lock.release();
    }
  }

  private async make(first: NewUser, second: NewUser | null): Promise<void> {
    await assertGood('PONTE_ADMIN_PASSWORD', first);
    if (second !== null) await assertGood('PONTE_AGENT_PASSWORD', second);
    // The account comes last: a process that dies before it leaves nothing that the next start would not find.
    const administrator = await this.users.findOrCreate(first);
    const agent = second && (await this.users.findOrCreate(second));
    const account = await this.accounts.create(DEMO_ACCOUNT, administrator.id);
    if (agent !== null) await this.accounts.join(this.dataSource.manager, account.id, agent.id, 'agent');
  }
}

async function assertGood(variable: string, { email, name, password }: NewUser): Promise<void> {
  const fault = await passwordFault(password, { email, name, accounts: [DEMO_ACCOUNT] });
  if (fault === 'length')
    throw new StartProblem(
      `${variable} has the wrong length: give ${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters.`,
    );
  if (fault === 'weak')
    throw new StartProblem(
      `${variable} is easy to guess: put together a few words that only you would choose.`,
    );
}
