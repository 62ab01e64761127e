import { TableRefusal } from '@ponte/tabular';
import type { TableCall, TableCalls, TableProblem, WorkerAnswer, WorkerRequest } from '../wizard-types';

/** Told the share of a call's work that is done, from 0 to 1. May be called often. */
export type OnProgress = (share: number) => void;

/** What answers the calls: the contract's functions, which may take their time and tell how far they are. */
export type TableServer = {
  readonly [Call in TableCall]: (
    argument: Parameters<TableCalls[Call]>[0],
    onProgress: OnProgress,
  ) => ReturnType<TableCalls[Call]> | Promise<ReturnType<TableCalls[Call]>>;
};

const PROGRESS_MS = 100;

/** Errors of a file that was changed, moved or deleted after it was chosen, or whose disk went away. */
const FILE_ERRORS: ReadonlySet<string> = new Set(['NotReadableError', 'NotFoundError', 'SecurityError']);

/**
 * Answers each request with `done` or `refused`, and in between with `progress` at most every 100 ms. `report` gets the
 * errors that nobody expected; the page only learns that the worker failed.
 */
export async function serveTableCall(
  server: TableServer,
  request: WorkerRequest,
  post: (answer: WorkerAnswer) => void,
  report: (error: unknown) => void,
): Promise<void> {
  const { id } = request;
  let last = performance.now();
  const onProgress: OnProgress = (share) => {
    const now = performance.now();
    if (now - last < PROGRESS_MS) return;
    last = now;
    post({ id, kind: 'progress', share });
  };
  try {
    post({ id, kind: 'done', value: await serve(server, request, onProgress) });
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === 'worker_failed') report(error);
    post({ id, kind: 'refused', problem });
  }
}

function serve(server: TableServer, request: WorkerRequest, onProgress: OnProgress): unknown {
  switch (request.call) {
    case 'open':
      return server.open(request.argument, onProgress);
    case 'review':
      return server.review(request.argument, onProgress);
    case 'rows':
      return server.rows(request.argument, onProgress);
    case 'values':
      return server.values(request.argument, onProgress);
    case 'countReplace':
      return server.countReplace(request.argument, onProgress);
    case 'duplicates':
      return server.duplicates(request.argument, onProgress);
    case 'output':
      return server.output(request.argument, onProgress);
  }
}

function problemOf(error: unknown): TableProblem {
  if (error instanceof TableRefusal)
    return { code: error.code, line: error.line ?? null, params: error.params ?? {} };
  const isFileError = error instanceof DOMException && FILE_ERRORS.has(error.name);
  return { code: isFileError ? 'file_unreadable' : 'worker_failed', line: null, params: {} };
}
