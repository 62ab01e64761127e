import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkKey, FileMissing, FileStorage } from './file-storage';
import { untilAborted } from './until-aborted';

const TEMPORARY = '.partial-';
const LEFTOVER_AGE_MS = 24 * 60 * 60 * 1000;

/** Files below one directory. Written under a temporary name, so that a crash never leaves half a file under a key. */
export class DiskFileStorage extends FileStorage {
  constructor(private readonly directory: string) {
    super();
  }

  override async write(key: string, content: AsyncIterable<Uint8Array>, signal?: AbortSignal) {
    checkKey(key);
    const path = join(this.directory, key);
    await mkdir(dirname(path), { recursive: true });
    const temporary = join(dirname(path), `${TEMPORARY}${basename(path)}-${randomUUID()}`);
    try {
      const bytes = await writeAndSync(temporary, untilAborted(content, signal));
      signal?.throwIfAborted();
      await rename(temporary, path);
      await syncDirectory(dirname(path));
      return { bytes };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  override async *read(key: string): AsyncGenerator<Uint8Array> {
    checkKey(key);
    try {
      yield* createReadStream(join(this.directory, key), { highWaterMark: 256 * 1024 });
    } catch (error) {
      throw isMissing(error) ? new FileMissing(key) : error;
    }
  }

  override async size(key: string): Promise<number> {
    checkKey(key);
    try {
      return (await stat(join(this.directory, key))).size;
    } catch (error) {
      throw isMissing(error) ? new FileMissing(key) : error;
    }
  }

  override async remove(key: string): Promise<void> {
    checkKey(key);
    await rm(join(this.directory, key), { force: true });
  }

  override async check(): Promise<void> {
    const probe = join(this.directory, `${TEMPORARY}check-${randomUUID()}`);
    await mkdir(this.directory, { recursive: true });
    try {
      // A byte that is synced: on a full disk a file without content can still be made.
      await writeAndSync(probe, [Uint8Array.of(0)]);
    } finally {
      await rm(probe, { force: true });
    }
  }

  override close(): void {
    // Nothing is kept open.
  }

  /** Removes what processes that died in the middle of a write left behind. */
  async removeLeftovers(): Promise<void> {
    const entries = await readdir(this.directory, { recursive: true, withFileTypes: true }).catch(
      missingIsEmpty,
    );
    const leftovers = entries.filter((entry) => entry.isFile() && entry.name.startsWith(TEMPORARY));
    if (leftovers.length === 0) return;
    const now = await timeOfFiles(this.directory);
    for (const entry of leftovers) {
      const path = join(entry.parentPath, entry.name);
      // Another process may finish or clean the same file at this moment.
      const found = await stat(path).catch(() => null);
      if (found !== null && now - found.mtimeMs > LEFTOVER_AGE_MS) await rm(path, { force: true });
    }
  }
}

async function writeAndSync(
  path: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of content) bytes += await writeChunk(file, chunk);
    await file.sync();
  } finally {
    await file.close();
  }
  return bytes;
}

/** The clock that dates files, whatever this process believes: a file that was just made tells. */
async function timeOfFiles(directory: string): Promise<number> {
  const probe = join(directory, `${TEMPORARY}time-${randomUUID()}`);
  const file = await open(probe, 'wx', 0o600);
  try {
    return (await file.stat()).mtimeMs;
  } finally {
    await file.close();
    await rm(probe, { force: true });
  }
}

/** The system may take less than it was given. */
async function writeChunk(file: FileHandle, chunk: Uint8Array): Promise<number> {
  let offset = 0;
  while (offset < chunk.length) offset += (await file.write(chunk, offset)).bytesWritten;
  return chunk.length;
}

/** Without this a power cut may lose the name although the content is on the disk. */
async function syncDirectory(path: string): Promise<void> {
  // Windows does not open directories.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function missingIsEmpty(error: unknown): [] {
  if (isMissing(error)) return [];
  throw error;
}
