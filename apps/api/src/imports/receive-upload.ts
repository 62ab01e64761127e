import { nearestOf, type CreateImport, type FieldIssue } from '@ponte/contracts';
import busboy from 'busboy';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../platform/config/config';
import type { PonteRequest } from '../platform/http/caller';
import { unavailable } from '../platform/http/problem-of';
import { RequestProblem } from '../platform/http/request-problem';
import { requestInvalid } from '../platform/http/validation';
import type { FileStorage } from '../platform/storage/file-storage';
import type { PendingFiles } from '../platform/storage/pending-files';
import { untilAborted } from '../platform/storage/until-aborted';
import { abortSlowUpload } from './abort-slow-upload';
import { cleanFileName } from './file-name';
import { readOptions } from './read-options';
import { storeAndCheck, tooLarge, type StoredFile } from './store-and-check';

/** What the parts around the file may need beside it. */
const OVERHEAD_BYTES = 1024 * 1024;

/** A file that is stored and whose structure is good, with what was asked for it. */
export interface Upload extends StoredFile {
  options: CreateImport;
}

export interface ReceiveOptions {
  /** Names under which the file may come. */
  fields: readonly string[];
  config: Pick<Config, 'limits' | 'uploads'>;
  storage: FileStorage;
  pendingFiles: PendingFiles;
  /** Aborted when the process is to stop and waits no longer. */
  stopping: AbortSignal;
}

/**
 * Takes one file out of a multipart request, storing it and judging its structure while it streams in: never more of it
 * in memory than a few chunks. When it throws, nothing is stored; when it does not, the file is pending. A refused file
 * is answered at once: the rest of it may be hundreds of megabytes.
 */
export async function receiveUpload(request: PonteRequest, options: ReceiveOptions): Promise<Upload> {
  const { limits, uploads } = options.config;
  assertAcceptable(request, limits.fileBytes);
  const parser = createParser(request, limits.fileBytes);
  const received = receiveParts(parser, options);
  const pace = abortSlowUpload(request, uploads);
  const signal = AbortSignal.any([pace.signal, options.stopping, received.refused.signal]);
  try {
    // Not destroyed when this ends early: a request that is destroyed takes its connection along, and the answer.
    const body = request.iterator({ destroyOnReturn: false });
    await pipeline(untilAborted(body, signal), parser, { signal });
    if (received.isOverLimit) throw new RequestProblem('upload_malformed');
  } catch {
    // Expected: the connection broke, the form is none, the file is refused, the sender is too slow or the process stops.
    const end = endOf(received, pace.signal, options.stopping);
    await discardFile(received, options);
    throw end;
  } finally {
    pace.stop();
  }
  try {
    assertKnownParts(received);
    if (received.file === null) throw new RequestProblem('upload_no_file', { issues: received.unknown });
    // Asked first: a file may be refused only because nobody knew of its own columns.
    const read = optionsOf(received);
    return { ...(await received.file), options: read };
  } catch (error) {
    await discardFile(received, options);
    throw error;
  }
}

/** Why an upload ended before its end. */
function endOf({ refused }: Received, pace: AbortSignal, stopping: AbortSignal): unknown {
  if (pace.aborted)
    return new RequestProblem('upload_too_slow', { params: { seconds: Number(pace.reason) } });
  if (stopping.aborted) return unavailable();
  return refused.signal.aborted ? refused.signal.reason : new RequestProblem('upload_malformed');
}

interface Received {
  file: Promise<StoredFile> | null;
  /** Aborted with the reason when the file is refused, before it has come to its end. */
  refused: AbortController;
  /** Text of the part `options` as far as it has come; null without one. */
  options: string | null;
  /** The same at the moment when the file began. */
  optionsAtFile: string | null;
  /** Parts that nobody knows, or that came twice. */
  unknown: FieldIssue[];
  isOverLimit: boolean;
}

/** A part that nobody looks at was meant for something: `option` beside a file would import it without its options. */
function assertKnownParts({ file, unknown }: Received): void {
  if (file !== null && unknown.length > 0) throw requestInvalid(unknown);
}

async function discardFile({ file }: Received, { pendingFiles }: ReceiveOptions): Promise<void> {
  // Expected: a file that was refused, of which nothing is stored.
  const stored = await file?.catch(() => null);
  if (stored) await pendingFiles.discard(stored.storageKey);
}

/** Fills what it answers while the parser is fed. */
function receiveParts(parser: busboy.Busboy, options: ReceiveOptions): Received {
  const received: Received = {
    file: null,
    refused: new AbortController(),
    options: null,
    optionsAtFile: null,
    unknown: [],
    isOverLimit: false,
  };
  parser.on('file', (field, stream, { filename }) => {
    let isCut = false;
    // A form that ends too early ends its file with an error, also when nobody reads it (any more).
    stream.on('error', () => (isCut = true));
    if (!options.fields.includes(field)) received.unknown.push(unknownPart(field, options.fields));
    if (!options.fields.includes(field) || received.file !== null) {
      stream.resume();
      return;
    }
    received.optionsAtFile = received.options;
    received.file = storeAndCheck(stream, cleanFileName(filename), received.options, options).finally(() =>
      stream.resume(),
    );
    received.file.catch((error: unknown) => {
      if (!isCut) received.refused.abort(error);
    });
  });
  parser.on('field', (name, value) => {
    if (options.fields.includes(name)) received.unknown.push({ field: name, code: 'invalid' });
    else if (name !== 'options') received.unknown.push(unknownPart(name, ['options']));
    else if (received.options !== null) received.unknown.push({ field: name, code: 'repeated' });
    else received.options = value;
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => (received.isOverLimit = true));
  }
  return received;
}

/** busboy gives no name for an empty one. */
function unknownPart(name: string | undefined, known: readonly string[]): FieldIssue {
  const field = name ?? '';
  const nearest = nearestOf(field, known);
  return { field, code: 'unknown', ...(nearest === undefined ? {} : { nearest }) };
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
