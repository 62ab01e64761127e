import { readFile } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { verifyAudit, type ChainHead } from '../audit';
import { StartProblem } from '../platform/start-problem';
import { readOperatorConfig } from './read-operator-config';

const USAGE = 'Usage: operator.js verify-audit [--head FILE], where FILE is what an earlier check printed.';

/**
 * Checks the chains of the audit and prints their heads, one line each, to be kept where the service cannot write. Answers
 * the exit code: 0 when every chain is whole.
 */
export async function runVerifyAudit(args: readonly string[]): Promise<number> {
  const kept = await readHeads(args);
  const { url } = (await readOperatorConfig()).database;
  const dataSource = await new DataSource({ type: 'postgres', url, installExtensions: false }).initialize();
  try {
    const { heads, faults } = await dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      return verifyAudit(manager, kept);
    });
    for (const { chain, events, head } of heads) process.stdout.write(`${chain} ${events} ${head}\n`);
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    const count = heads.reduce((sum, { events }) => sum + events, 0);
    const verdict = faults.length === 0 ? 'is whole' : `has ${faults.length} faults`;
    process.stderr.write(`The audit of ${count} events in ${heads.length} chains ${verdict}.\n`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await dataSource.destroy();
  }
}

async function readHeads(args: readonly string[]): Promise<ChainHead[]> {
  const [option, file, ...rest] = args;
  if (option === undefined) return [];
  if (option !== '--head' || file === undefined || rest.length > 0) throw new StartProblem(USAGE);
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [, chain, events, head] = /^(\d+) (\d+) ([0-9a-f]{64})$/.exec(line.trim()) ?? [];
    if (head === undefined) throw new StartProblem(`${file} is not what an earlier check printed.`);
    return { chain: Number(chain), events: Number(events), head };
  });
}
