import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOfRunning } from './embedded-postgres';

const FILE = 'public-url';

/** How programs of the same machine reach what the launcher runs on a data directory. */
export interface Running {
  databaseUrl: string;
  publicUrl: string;
}

/** Notes where people reach what runs on this directory, for `findRunning`. */
export async function noteRunning(directory: string, publicUrl: string): Promise<void> {
  await writeFile(join(directory, FILE), `${publicUrl}\n`);
}

/** What the launcher runs on this directory with the embedded PostgreSQL, or null when it does not run. */
export async function findRunning(directory: string): Promise<Running | null> {
  const databaseUrl = await addressOfRunning(join(directory, 'postgres'));
  // Missing: the launcher has started PostgreSQL and is not ready yet.
  const publicUrl = await readFile(join(directory, FILE), 'utf8').catch(() => null);
  return databaseUrl === null || publicUrl === null ? null : { databaseUrl, publicUrl: publicUrl.trim() };
}
