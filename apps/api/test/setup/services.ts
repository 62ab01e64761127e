import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '@ponte/testing';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/launcher/embedded-postgres';
import { startDebianPostgres } from './debian-postgres';

declare module 'vitest' {
  interface ProvidedContext {
    services: { embeddedPostgres: string; debianPostgres: string; redis: string };
  }
}

/** The real services that all suites share; each suite makes a database of its own in them. */
export default async function startServices(project: TestProject): Promise<() => Promise<void>> {
  const root = await mkdtemp(join(tmpdir(), 'ponte-services-'));
  await chmod(root, 0o755);
  const folder = async (name: string) => {
    await mkdir(join(root, name));
    return join(root, name);
  };
  const embedded = await startEmbeddedPostgres({ directory: await folder('embedded'), durability: 'none' });
  const debian = await startDebianPostgres(await folder('debian'));
  const redis = await startRedis();
  project.provide('services', {
    embeddedPostgres: embedded.url,
    debianPostgres: debian.url,
    redis: redis.url,
  });
  return async () => {
    await Promise.all([embedded.stop(), debian.stop(), redis.stop()]);
    await rm(root, { recursive: true, force: true });
  };
}
