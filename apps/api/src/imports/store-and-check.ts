import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { RequestProblem } from '../platform/http/request-problem';
import { checkStructure, type FileStructure } from './check-structure';
import { Handoff } from './handoff';
import { readOptions } from './read-options';
import type { ReceiveOptions } from './receive-upload';

/** A file that is stored and whose structure is good. */
export interface StoredFile {
  fileName: string;
  fileBytes: number;
  sha256: Buffer;
  storageKey: string;
  structure: FileStructure;
}

/** Stores a file and judges its structure while it comes. Throws what it is refused for, and then nothing is stored. */
export async function storeAndCheck(
  stream: Readable,
  fileName: string,
  optionsText: string | null,
  options: ReceiveOptions,
): Promise<StoredFile> {
  const { own_columns: own } = readOptions(optionsText);
  const { fileBytes: maxBytes, rows, columns, cellBytes } = options.config.limits;
  const storageKey = `uploads/${randomUUID()}.csv`;
  const hash = createHash('sha256');
  const toChecker = new Handoff<Uint8Array>();
  const limits = { maxRows: rows, maxColumns: columns, maxCellBytes: cellBytes };
  const checked = checkStructure(toChecker, limits, own);
  const refusal = checked.then(
    () => null,
    (error: unknown) => error,
  );
  let isRefused = false;
  void refusal.then((error) => (isRefused = error !== null));

  async function* content(): AsyncGenerator<Uint8Array> {
    try {
      // Not destroyed when this loop ends early: the rest of a refused file is read away.
      for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
        hash.update(chunk);
        await toChecker.push(chunk);
        if (isRefused) throw await refusal;
        yield chunk;
      }
      // busboy ends a file at its limit as if it were complete, and says so beside.
      if ('truncated' in stream && stream.truncated === true) throw tooLarge(maxBytes);
      toChecker.close();
      await checked;
    } catch (error) {
      toChecker.close(error);
      throw error;
    } finally {
      // Storage may stop asking for content without an error here.
      toChecker.close();
    }
  }

  await options.pendingFiles.announce(storageKey);
  try {
    const { bytes } = await options.storage.write(storageKey, content());
    return { fileName, fileBytes: bytes, sha256: hash.digest(), storageKey, structure: await checked };
  } catch (error) {
    await options.pendingFiles.discard(storageKey);
    throw error;
  }
}

export function tooLarge(maxBytes: number): RequestProblem {
  return new RequestProblem('import_too_large', { params: { limit: maxBytes } });
}
