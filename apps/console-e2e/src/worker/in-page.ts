import type { Answer, TableProblem } from './protocol';

declare global {
  /** The worker under test and the file that was chosen for it, in the page that holds them. */
  var tableWorker: Worker | undefined;
  var tableFile: File | undefined;
  var tableCalls: number | undefined;
}

type Message =
  | { readonly id: number; readonly kind: 'progress' }
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'refused'; readonly problem: TableProblem };

/** Runs in the page: a fresh worker from the product's own script, the one before it ended. */
export function startWorker(address: string): void {
  globalThis.tableWorker?.terminate();
  globalThis.tableWorker = new Worker(address, { type: 'module', name: 'table' });
}

/** Runs in the page: makes a `File` of bytes, as if somebody had dropped it. */
export function makeFile({ name, base64 }: { readonly name: string; readonly base64: string }): void {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  globalThis.tableFile = new File([bytes], name);
}

/** Runs in the page: one call. `open` takes the file that was made last. Rejects when the worker breaks. */
export function callWorker({
  call,
  argument,
}: {
  readonly call: string;
  readonly argument: object;
}): Promise<Answer<unknown>> {
  const worker = globalThis.tableWorker;
  const file = globalThis.tableFile;
  if (worker === undefined || file === undefined) throw new Error('No worker or no file');
  return new Promise((resolve, reject) => {
    const id = (globalThis.tableCalls ?? 0) + 1;
    globalThis.tableCalls = id;
    const start = performance.now();
    worker.onerror = (event) => reject(new Error(`The worker broke: ${event.message}`));
    worker.onmessageerror = () => reject(new Error('The worker sent what cannot be read'));
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.id !== id || data.kind === 'progress') return;
      const milliseconds = performance.now() - start;
      resolve(
        data.kind === 'done' ? { milliseconds, value: data.value } : { milliseconds, problem: data.problem },
      );
    };
    worker.postMessage({
      id,
      call,
      argument: call === 'open' ? { ...argument, source: { file } } : argument,
    });
  });
}
