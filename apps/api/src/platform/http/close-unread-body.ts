import type { Request, Response } from 'express';
import { hasBody } from './small-bodies';

/** How long the sender of a body that nobody reads may take to read the answer, and how much may still arrive meanwhile. */
const LINGER_MS = 2_000;
const LINGER_BYTES = 8 * 1024 * 1024;

/**
 * Ends the connection of a request that is answered before its body was read, instead of reading hundreds of megabytes
 * away. A connection that is closed at once would take the answer along: it is closed for writing first, and then
 * altogether, when the sender has closed it or sent a little more. Call it before the answer is written.
 */
export function closeUnreadBody(request: Request, response: Response): void {
  if (!hasBody(request) || request.complete) return;
  const { socket } = request;
  response.setHeader('Connection', 'close');
  // Node calls this when the answer has been written.
  socket.destroySoon = () => {
    if (socket.destroyed) return;
    socket.end();
    let bytes = 0;
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
    socket.once('end', () => socket.destroy());
    socket.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length;
      if (bytes > LINGER_BYTES) socket.destroy();
    });
  };
}
