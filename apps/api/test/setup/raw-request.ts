import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Client } from './client';

export interface Part {
  /** Header lines of the part, without line ends. */
  headers: readonly string[];
  content: string;
}

export const BOUNDARY = 'the-boundary';
export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;

export function filePart(content: string, field = 'file', name = 'contacts.csv', type = 'text/csv'): Part {
  return {
    headers: [`Content-Disposition: form-data; name="${field}"; filename="${name}"`, `Content-Type: ${type}`],
    content,
  };
}

export function textPart(name: string, content = 'x'): Part {
  return { headers: [`Content-Disposition: form-data; name="${name}"`], content };
}

/** A multipart body, byte for byte as written here; without `end` the final boundary is missing. */
export function multipart(parts: readonly Part[], end = `--${BOUNDARY}--\r\n`): Buffer {
  const written = parts.map(
    ({ headers, content }) => `--${BOUNDARY}\r\n${headers.join('\r\n')}\r\n\r\n${content}\r\n`,
  );
  return Buffer.from(written.join('') + end);
}

/** A POST written by hand on its own connection: what `fetch` is too well-behaved to send. */
export class RawRequest {
  private text = '';
  isClosed = false;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (this.text += chunk));
    socket.on('close', () => (this.isClosed = true));
    socket.on('error', () => {
      // The server may end the connection while we write: that is what some tests wait for.
    });
  }

  static async open(client: Client, path: string, headers: Record<string, string>): Promise<RawRequest> {
    const { hostname, port, host } = new URL(client.product.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const request = new RawRequest(socket);
    const all = { host, ...client.credentials, 'content-type': MULTIPART, ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    request.write(`POST /api/v1${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    return request;
  }

  write(content: string | Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(content);
  }

  /** The same, and answers whether the system has taken it before the connection ended. */
  async writeAll(content: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => this.socket.write(content, (error) => resolve(!error)));
  }

  cut(): void {
    this.socket.destroy();
  }

  /** Status of the answer so far; null before there is one. */
  get status(): number | null {
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(this.text)?.[1];
    return status === undefined ? null : Number(status);
  }

  /** Head and body as they came. */
  get answer(): string {
    return this.text;
  }
}
