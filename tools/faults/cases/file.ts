import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../account';
import { EXACT, since, STOPPED, type FaultCase, type Outcome } from '../fault-case';
import type { Stage } from '../stage';
import { assertExact, assertSame, assertStopped, sampleOf } from '../verify';

/** What may become of a stored file between its upload and its run. */
const CHANGES: readonly [name: string, change: (bytes: Buffer) => Buffer][] = [
  ['appended', (bytes) => Buffer.concat([bytes, Buffer.from('Eva,+5511900000001,\r\n'.repeat(3_000))])],
  ['cut', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['fewer rows', (bytes) => bytes.subarray(0, bytes.indexOf('\n', bytes.length / 2) + 1)],
  ['header alone', (bytes) => bytes.subarray(0, bytes.indexOf('\n') + 1)],
  ['other people', (bytes) => Buffer.from(bytes.toString().replaceAll('+5511', '+5521'))],
  [
    'columns swapped',
    (bytes) => Buffer.from(bytes.toString().replace('name,phone_number', 'phone_number,name')),
  ],
  ['one byte of the same length', (bytes) => Buffer.from(bytes.toString().replace(/9(?=\d\d,)/, '8'))],
];

/** An import whose stored file is another one by the time it runs. */
async function changeFile(stage: Stage, change: (bytes: Buffer) => Buffer): Promise<Outcome> {
  const sample = await sampleOf(3_000, 11);
  const account = await stage.account();
  const id = await account.begin(sample.file);
  const [row] = await stage.query<{ key: string }>('SELECT storage_key AS key FROM imports WHERE id = $1', [
    id,
  ]);
  const path = join(stage.folder, 'data/files', row?.key ?? '');
  await writeFile(path, change(await readFile(path)));
  await stage.startWorker();
  await assertStopped(account, await account.importEnd(id), 'failed', 'run_file_changed');
  return {};
}

/** A disk that takes a megabyte: uploads are refused, readiness goes, and everything is taken again when there is room. */
async function fullDisk(stage: Stage): Promise<Outcome> {
  if (process.getuid?.() !== 0) return { skipped: 'only root can mount a small disk' };
  const files = join(stage.folder, 'data/files');
  await mkdir(files, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0777', 'tmpfs', files], { stdio: 'ignore' });
  } catch {
    // Expected in a container that may not mount.
    return { skipped: 'this machine mounts no small disk' };
  }
  const sample = await sampleOf(30_000);
  const account = await stage.account();
  try {
    await writeFile(join(files, 'ballast'), Buffer.alloc(1_048_576)).catch(() => undefined);
    const { status } = await account.upload(sample.file);
    assertSame('an upload to a full disk', status, 507);
    await until(
      'Readiness of a full disk',
      () => stage.ready(),
      (ready) => ready === 503,
      15_000,
    );
  } finally {
    execFileSync('umount', ['-l', files]);
  }
  const began = performance.now();
  await until(
    'Readiness',
    () => stage.ready(),
    (ready) => ready === 200,
    15_000,
  );
  const recoveredMs = since(began);
  await assertExact(account, await account.begin(sample.file), sample);
  return { recoveredMs };
}

export const FILE_CASES: readonly FaultCase[] = [
  ...CHANGES.map(([name, change], index): FaultCase => ({
    name: `stored file changed: ${name}`,
    compared: STOPPED,
    workers: 0,
    isQuick: index === 0,
    run: (stage) => changeFile(stage, change),
  })),
  { name: 'disk full', compared: `507, readiness 503; then ${EXACT}`, isQuick: true, run: fullDisk },
];
