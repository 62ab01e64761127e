import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Answers with a CSV to be saved. */
export function sendCsv(
  response: Response,
  fileName: string,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  return sendFile(response, fileName, 'text/csv; charset=utf-8', content);
}

/**
 * Answers with a file to be saved and kept by nobody on the way. The name is ours or was cleaned; it is written so that
 * every browser reads it.
 */
export async function sendFile(
  response: Response,
  fileName: string,
  type: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const plain = fileName.replace(/[^\w. -]/g, '_');
  response.set({
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  await pipeline(Readable.from(content, { objectMode: false }), response);
}
