import type { Postgres } from '../postgres';
import { Client } from '../client';
import { ADMINISTRATOR, startProduct, type Build } from '../product';

/** A database to begin each turn with: a copy of it is measured, never itself. */
export interface State {
  readonly database: string;
  /** Of an administrator of the account. */
  readonly token: string;
  /** The account that imports. */
  readonly account: number;
  /** The account that `psql` copies into. */
  readonly psqlAccount: number;
}

/** The schema as the product's own migrations make it, with one administrator and one empty account. */
export async function emptyState(postgres: Postgres, build: Build): Promise<State> {
  const database = 'empty_state';
  await postgres.createDatabase(database);
  const product = await startProduct({ build, databaseUrl: postgres.url(database) });
  try {
    const { token, account } = await Client.inNewAccount(product.address, ADMINISTRATOR);
    return { database, token, account, psqlAccount: account };
  } finally {
    await product.stop();
    await settle(postgres, database);
  }
}

/** Statistics, visibility and hints as after a quiet night, so that no turn pays for what came before it. */
export async function settle(postgres: Postgres, database: string): Promise<void> {
  await postgres.psql(database, 'VACUUM (FREEZE, ANALYZE)', 'CHECKPOINT');
}
