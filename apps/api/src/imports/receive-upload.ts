import type { CreateImport } from '@ponte/contracts';
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
import { readOptions } from './read-options';
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
  options: CreateImport;
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
 * in memory than a few chunks. When it throws, nothing is stored; when it does not, the file is pending. A refused file
 * is read to its end, so that the sender gets to read the answer.
 */
export async function receiveUpload(request: PonteRequest, options: ReceiveOptions): Promise<Upload> {
  const { limits, uploads } = options.config;
  assertAcceptable(request, limits.fileBytes);
  const parser = createParser(request, limits.fileBytes);
  const received = receiveParts(parser, options);
  const pace = watchPace(request, uploads.idleSeconds);
  try {
    // Not destroyed when this ends early: a request that is destroyed takes its connection along, and the answer.
    const body = request.iterator({ destroyOnReturn: false });
    await pipeline(untilAborted(body, pace.signal), parser, { signal: pace.signal });
    if (received.isOverLimit) throw new RequestProblem('upload_malformed');
  } catch {
    request.resume();
    // Expected: the connection broke, the form is none, or the sender is too slow. All of them leave nothing behind.
    await discardFile(received, options);
    throw new RequestProblem(pace.signal.aborted ? 'upload_too_slow' : 'upload_malformed');
  } finally {
    pace.stop();
  }
  if (received.file === null) throw new RequestProblem('upload_no_file');
  try {
    // Asked first: a file may be refused only because nobody knew of its own columns.
    const read = optionsOf(received);
    return { ...(await received.file), options: read };
  } catch (error) {
    await discardFile(received, options);
    throw error;
  }
}

interface Received {
  file: Promise<StoredFile> | null;
  /** Text of the part `options` as far as it has come; null without one. */
  options: string | null;
  /** The same at the moment when the file began. */
  optionsAtFile: string | null;
  isOverLimit: boolean;
}

async function discardFile({ file }: Received, { pendingFiles }: ReceiveOptions): Promise<void> {
  // Expected: a file that was refused, of which nothing is stored.
  const stored = await file?.catch(() => null);
  if (stored) await pendingFiles.discard(stored.storageKey);
}

/** Fills what it answers while the parser is fed. */
function receiveParts(parser: busboy.Busboy, options: ReceiveOptions): Received {
  const received: Received = { file: null, options: null, optionsAtFile: null, isOverLimit: false };
  parser.on('file', (field, stream, { filename }) => {
    // A form that ends too early ends its file with an error, also when nobody reads it (any more).
    stream.on('error', () => undefined);
    if (!options.fields.includes(field) || received.file !== null) {
      stream.resume();
      return;
    }
    received.optionsAtFile = received.options;
    received.file = storeAndCheck(stream, cleanFileName(filename), received.options, options).finally(() =>
      stream.resume(),
    );
    // Awaited when the request has been read to its end.
    received.file.catch(() => undefined);
  });
  parser.on('field', (name, value) => {
    if (name === 'options') received.options = value;
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => (received.isOverLimit = true));
  }
  return received;
}

/** Own columns have to be known when the header comes; the other options may stand behind the file. */
function optionsOf({ options, optionsAtFile }: Received): CreateImport {
  const read = readOptions(options);
  const hadOwn = readOptions(optionsAtFile).own_columns.length > 0;
  if (options !== optionsAtFile && (hadOwn || read.own_columns.length > 0)) {
    throw new RequestProblem('request_invalid', { issues: [{ field: 'options', code: 'behind_file' }] });
  }
  return read;
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
        // Room for a word about each of the most own columns that a file may have.
        fieldSize: 256 * 1024,
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

function tooLarge(maxBytes: number): RequestProblem {
  return new RequestProblem('import_too_large', { params: { limit: maxBytes } });
}
