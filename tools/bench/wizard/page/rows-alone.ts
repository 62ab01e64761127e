/** Lets the worker of `rows-worker.ts` read the file; answers how many rows it has. */
export function readRowsAlone(worker: Worker, file: File): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`rows: ${message}`));
    worker.postMessage(file);
  });
}
