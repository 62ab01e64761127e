import { setTimeout as pause } from 'node:timers/promises';
import type { Postgres } from '../postgres';
import { Client } from '../client';
import { ADMINISTRATOR, startProduct, type Build } from '../product';

/** How often the journal is looked at. */
const LOOK_MS = 100;

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

/**
 * Lets a worker do what the product does behind imports: contacts that came in otherwise are as ready to be searched as
 * those that were imported. A run that began before would share the server with that work.
 */
export async function catchUp(postgres: Postgres, build: Build, database: string): Promise<void> {
  const product = await startProduct({ build, databaseUrl: postgres.url(database) });
  try {
    await product.startWorker();
    await untilCaughtUp(postgres, database);
  } finally {
    await product.stop();
  }
}

/** Waits until the journal of changed contacts is worked off; a worker has to be there. */
export async function untilCaughtUp(postgres: Postgres, database: string): Promise<void> {
  const sql = 'SELECT EXISTS (SELECT FROM contact_changes) AS "isBehind"';
  while ((await postgres.query<{ isBehind: boolean }>(database, sql))[0]?.isBehind !== false)
    await pause(LOOK_MS);
}

/** Statistics, visibility and hints as after a quiet night, so that no turn pays for what came before it. */
export async function settle(postgres: Postgres, database: string): Promise<void> {
  await postgres.psql(database, 'VACUUM (FREEZE, ANALYZE)', 'CHECKPOINT');
}
