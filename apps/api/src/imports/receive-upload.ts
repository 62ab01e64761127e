import busboy from 'busboy';
import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../platform/config/config';
import type { PonteRequest } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import type { FileStorage } from '../platform/storage/file-storage';
import type { PendingFiles } from '../platform/storage/pending-files';
import { untilAborted } from '../platform/storage/until-aborted';
import { checkStructure, type FileStructure } from './check-structure';
import { cleanFileName } from './file-name';
import { Handoff } from './handoff';
import { watchPace } from './watch-pace';

/** What the parts around the file may need beside it. */
const OVERHEAD_BYTES = 1024 * 1024;

/** A file that is stored and whose structure is good. */
export interface Upload {
  fileName: string;
  fileBytes: number;
  sha256: Buffer;
  storageKey: string;
  structure: FileStructure;
  /** Text of the part `options`, if there was one. */
  options: string | null;
}

export interface ReceiveOptions {
  /** Names under which the file may come. */
  fields: readonly string[];
  config: Pick<Config, 'limits' | 'uploads'>;
  storage: FileStorage;
  pendingFiles: PendingFiles;
}

/**
 * Takes one file out of a multipart request, storing it and judging its structure while it streams in: never more of it
 * in memory than a few chunks. When it throws, nothing is stored; when it does not, the file is pending. A refused file is read to its end, so that the sender
 * gets to read the answer.
 */
export async function receiveUpload(request: PonteRequest, options: ReceiveOptions): Promise<Upload> {
  const { limits, uploads } = options.config;
  assertAcceptable(request, limits.fileBytes);
  const parser = createParser(request, limits.fileBytes);
  const received: { file: Promise<StoredFile> | null; options: string | null; isOverLimit: boolean } = {
    file: null,
    options: null,
    isOverLimit: false,
  };
  parser.on('file', (field, stream, { filename }) => {
    // A form that ends too early ends its file with an error, also when nobody reads it (any more).
    stream.on('error', () => undefined);
    if (!options.fields.includes(field) || received.file !== null) {
      stream.resume();
      return;
    }
    received.file = storeAndCheck(stream, cleanFileName(filename), options).finally(() => stream.resume());
    // Awaited below, after the request has been read to its end.
    received.file.catch(() => undefined);
  });
  parser.on('field', (name, value) => {
    if (name === 'options') received.options = value;
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => (received.isOverLimit = true));
  }

  const pace = watchPace(request, uploads.idleSeconds);
  try {
    // Not destroyed when this ends early: a request that is destroyed takes its connection along, and the answer.
    const body = request.iterator({ destroyOnReturn: false });
    await pipeline(untilAborted(body, pace.signal), parser, { signal: pace.signal });
    if (received.isOverLimit) throw new RequestProblem('upload_malformed');
  } catch {
    request.resume();
    // Expected: the connection broke, the form is none, or the sender is too slow. All of them leave nothing behind.
    const stored = await received.file?.catch(() => null);
    if (stored) await options.pendingFiles.discard(stored.storageKey);
    throw new RequestProblem(pace.signal.aborted ? 'upload_too_slow' : 'upload_malformed');
  } finally {
    pace.stop();
  }
  if (received.file === null) throw new RequestProblem('upload_no_file');
  return { ...(await received.file), options: received.options };
}

type StoredFile = Omit<Upload, 'options'>;

function assertAcceptable(request: PonteRequest, maxBytes: number): void {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' || !/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RequestProblem('upload_malformed');
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + OVERHEAD_BYTES) throw tooLarge(maxBytes);
}

function createParser(request: PonteRequest, maxBytes: number): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: {
        files: 1,
        fields: 10,
        parts: 20,
        fieldNameSize: 100,
        fieldSize: 64 * 1024,
        headerPairs: 100,
        // busboy cuts a file that reaches its limit: one byte more, so that a file of exactly the limit passes.
        fileSize: maxBytes + 1,
      },
    });
  } catch {
    // Expected: a multipart type without a boundary.
    throw new RequestProblem('upload_malformed');
  }
}

async function storeAndCheck(
  stream: Readable,
  fileName: string,
  options: ReceiveOptions,
): Promise<StoredFile> {
  const { fileBytes: maxBytes, rows, columns, cellBytes } = options.config.limits;
  const storageKey = `uploads/${randomUUID()}.csv`;
  const hash = createHash('sha256');
  const toChecker = new Handoff<Uint8Array>();
  const checked = checkStructure(toChecker, { maxRows: rows, maxColumns: columns, maxCellBytes: cellBytes });
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

function tooLarge(maxBytes: number): RequestProblem {
  return new RequestProblem('import_too_large', { params: { limit: maxBytes } });
}
