import { DataSource } from 'typeorm';
import type { Config } from '../config/config';
import { StartProblem } from '../start-problem';
import { InitialSchema1790000000001 } from './migrations/1-initial-schema';
import { ImportMappings1790000000002 } from './migrations/2-import-mappings';
import { ExportOfAnImport1790000000003 } from './migrations/3-export-of-an-import';
import { ImportLanes1790000000004 } from './migrations/4-import-lanes';
import { ExportFormats1790000000005 } from './migrations/5-export-formats';
import { ContactSearch1790000000006 } from './migrations/6-contact-search';
import { JoinedSearchText1790000000007 } from './migrations/7-joined-search-text';
import { ExtentOfAccounts1790000000008 } from './migrations/8-extent-of-accounts';
import { CheaperFold1790000000009 } from './migrations/9-cheaper-fold';
import { GapsBetweenWords1790000000010 } from './migrations/10-gaps-between-words';
import { InvitationsAndResets1790000000011 } from './migrations/11-invitations-and-resets';
import { SessionsTokensSecondFactor1790000000012 } from './migrations/12-sessions-tokens-second-factor';
import { RunsThatAccount1790000000013 } from './migrations/13-runs-that-account';
import { IdempotencyAndShares1790000000014 } from './migrations/14-idempotency-and-shares';
import { AuditAndErasure1790000000015 } from './migrations/15-audit-and-erasure';
import { Workers1790000000016 } from './migrations/16-workers';
import { HashedIdempotencyKeys1790000000017 } from './migrations/17-hashed-idempotency-keys';

/** In the order in which they were shipped; one that was shipped is never changed. */
export const MIGRATIONS = [
  InitialSchema1790000000001,
  ImportMappings1790000000002,
  ExportOfAnImport1790000000003,
  ImportLanes1790000000004,
  ExportFormats1790000000005,
  ContactSearch1790000000006,
  JoinedSearchText1790000000007,
  ExtentOfAccounts1790000000008,
  CheaperFold1790000000009,
  GapsBetweenWords1790000000010,
  InvitationsAndResets1790000000011,
  SessionsTokensSecondFactor1790000000012,
  RunsThatAccount1790000000013,
  IdempotencyAndShares1790000000014,
  AuditAndErasure1790000000015,
  Workers1790000000016,
  HashedIdempotencyKeys1790000000017,
];

// Any number that nobody else uses: HTTP and worker processes start together and only one may change the schema.
const MIGRATION_LOCK = 7_206_183;

/**
 * Brings the schema up to date and proves that the database answers. Throws `StartProblem` with one sentence when it
 * does not: address and password are not repeated in it.
 */
export async function migrate(config: Config): Promise<void> {
  const dataSource = await connectDatabase(config);
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
    await dataSource.destroy();
  }
}

/** One connection pool for a program that is no server. Throws `StartProblem` when the database does not answer. */
export async function connectDatabase(config: Config): Promise<DataSource> {
  try {
    const dataSource = new DataSource({
      type: 'postgres',
      url: config.database.url,
      migrations: MIGRATIONS,
      installExtensions: false,
      connectTimeoutMS: 5_000,
    });
    return await dataSource.initialize();
  } catch (error) {
    const { hostname, port } = new URL(config.database.url);
    const reason = error instanceof Error && error.message !== '' ? error.message : errorCode(error);
    throw new StartProblem(
      `The database at ${hostname}:${port || '5432'} cannot be used (${reason}): check DATABASE_URL and that PostgreSQL is running.`,
    );
  }
}

function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no answer';
}
