import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../../test/setup/app-context';
import { FileMissing, FileStorage } from './file-storage';
import { PendingFiles } from './pending-files';
import { StorageModule } from './storage.module';

let directory: string;
let context: Awaited<ReturnType<typeof openContext>>;
let pendingFiles: PendingFiles;
let storage: FileStorage;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-pending-'));
  const config = await migratedConfig('embedded', { PONTE_DATA_DIR: directory });
  context = await openContext(config, { imports: [StorageModule] });
  pendingFiles = context.app.get(PendingFiles);
  storage = context.app.get(FileStorage);
});
afterAll(async () => {
  await context.app.close();
  await rm(directory, { recursive: true, force: true });
});

async function writePending(key: string): Promise<void> {
  await pendingFiles.announce(key);
  await storage.write(key, content());
}

async function* content(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('name,phone_number\r\n');
}

async function isStored(key: string): Promise<boolean> {
  try {
    await text(storage.read(key));
    return true;
  } catch (error) {
    if (error instanceof FileMissing) return false;
    throw error;
  }
}

function keep(key: string): Promise<void> {
  return context.dataSource.transaction((manager) => pendingFiles.keep(manager, key));
}

describe('a file that is being written', () => {
  it('goes when it is discarded', async () => {
    await writePending('uploads/a.csv');
    await pendingFiles.discard('uploads/a.csv');
    expect(await isStored('uploads/a.csv')).toBe(false);
  });

  it('stays when it was kept, whatever is said afterwards', async () => {
    await writePending('uploads/b.csv');
    await keep('uploads/b.csv');
    await pendingFiles.discard('uploads/b.csv');
    expect(await isStored('uploads/b.csv')).toBe(true);
  });

  it('is still pending when the transaction that would keep it is undone', async () => {
    await writePending('uploads/c.csv');
    const undone = context.dataSource.transaction(async (manager) => {
      await pendingFiles.keep(manager, 'uploads/c.csv');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await pendingFiles.discard('uploads/c.csv');
    expect(await isStored('uploads/c.csv')).toBe(false);
  });

  it('goes a day after its process died, and not before', async () => {
    for (const key of ['uploads/old.csv', 'uploads/new.csv', 'uploads/kept.csv']) await writePending(key);
    await keep('uploads/kept.csv');
    await context.dataSource.query(
      `UPDATE pending_files SET created_at = now() - interval '25 hours' WHERE storage_key = 'uploads/old.csv'`,
    );
    await pendingFiles.removeAbandoned();
    expect(await isStored('uploads/old.csv')).toBe(false);
    expect(await isStored('uploads/new.csv')).toBe(true);
    expect(await isStored('uploads/kept.csv')).toBe(true);
  });

  it('may never have come to its first byte', async () => {
    await pendingFiles.announce('uploads/none.csv');
    await pendingFiles.discard('uploads/none.csv');
    const left = await context.dataSource.query(
      `SELECT 1 FROM pending_files WHERE storage_key = 'uploads/none.csv'`,
    );
    expect(left).toEqual([]);
  });
});
