import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { S3StorageConfig } from '../config/config';
import { DiskFileStorage } from './disk.file-storage';
import { describeFileStorage, type StorageUnderTest } from './file-storage.contract';
import { S3FileStorage } from './s3.file-storage';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-storage-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('DiskFileStorage', () => {
  const open = (): StorageUnderTest => {
    const root = join(directory, 'disk');
    return { storage: new DiskFileStorage(root), leftBehind: () => filesBelow(root) };
  };
  describeFileStorage(open);

  it('removes pieces of yesterday at the start, and nothing else', async () => {
    const root = join(directory, 'leftovers');
    await mkdir(join(root, 'imports'), { recursive: true });
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (const name of ['.partial-a-1', '.partial-b-2', 'kept']) {
      await writeFile(join(root, 'imports', name), 'x');
      if (name !== '.partial-b-2') await utimes(join(root, 'imports', name), old, old);
    }
    await new DiskFileStorage(root).removeLeftovers();
    expect((await filesBelow(root)).sort()).toEqual(['.partial-b-2', 'kept']);
    await new DiskFileStorage(join(directory, 'not-there-yet')).removeLeftovers();
  });
});

/** Where s3rver keeps the parts of unfinished uploads. */
const UPLOADS = '._S3rver_uploads';

describe('S3FileStorage', () => {
  let server: S3rver;
  let under: StorageUnderTest;

  beforeAll(async () => {
    const root = join(directory, 's3');
    server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: root,
      configureBuckets: [{ name: 'ponte', configs: [] }],
    });
    // s3rver does not know how to give up a multipart upload.
    server.middleware.unshift(async (context, next) => {
      const id = context.query['uploadId'];
      if (context.method !== 'DELETE' || id === undefined) return next();
      await rm(join(root, 'ponte', UPLOADS, id), { recursive: true, force: true });
      context.status = 204;
    });
    const { port } = await server.run();
    const config: S3StorageConfig = {
      kind: 's3',
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket: 'ponte',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      forcePathStyle: true,
    };
    under = { storage: new S3FileStorage(config), leftBehind: () => filesBelow(join(root, 'ponte')) };
  });
  afterAll(() => server.close());

  describeFileStorage(() => under);
});
