import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts';
import { CONFIG, type Config } from '../platform/config/config';
import { Users, type NewUser } from '../users';
import { assertFirstPassword, DEMO_ACCOUNT } from './assert-first-password';

// Any number that nobody else uses: several HTTP processes may start on an empty database together.
const SETUP_LOCK = 7_206_184;

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
    await assertFirstPassword('PONTE_ADMIN_PASSWORD', first);
    if (second !== null) await assertFirstPassword('PONTE_AGENT_PASSWORD', second);
    // The account comes last: a process that dies before it leaves nothing that the next start would not find.
    const administrator = await this.users.findOrCreate(first);
    const agent = second && (await this.users.findOrCreate(second));
    const account = await this.accounts.create(DEMO_ACCOUNT, administrator.id);
    if (agent !== null) await this.accounts.join(this.dataSource.manager, account.id, agent.id, 'agent');
  }
}
