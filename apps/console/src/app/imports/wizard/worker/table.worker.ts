import type { WorkerAnswer, WorkerRequest } from '../wizard-types';
import { serveTableCall } from './serve-table-calls';
import { TableEngine } from './table-engine';

/**
 * The worker that holds one table: everything heavy about a spreadsheet happens here, and the page stays free. The page
 * sends one request at a time.
 */
const engine = new TableEngine();

addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  const post = (answer: WorkerAnswer) => postMessage(answer);
  // eslint-disable-next-line no-console -- the one trace of an error that the page cannot name
  void serveTableCall(engine, data, post, (error) => console.error(error));
});
