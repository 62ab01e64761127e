import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface MailCatcher {
  url: string;
  stop(): Promise<void>;
}

const LARGEST_MAIL = 10 * 1024 * 1024;

/**
 * A real SMTP server on loopback that delivers nothing: it keeps every e-mail as a file in the directory, named by the
 * millisecond of its arrival.
 */
export async function startMailCatcher(directory: string): Promise<MailCatcher> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    authOptional: true,
    // Its certificate would be its own, which no client trusts; on loopback nobody listens in.
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_MAIL,
    onData: (stream, _session, done) => {
      buffer(stream)
        .then((content) => keep(directory, content))
        .then(() => done(), done);
    },
  });
  // A client that hangs up in the middle: its own trouble, it tries again.
  server.on('error', () => undefined);
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Under its final name only when it is whole: the list of caught e-mails may be read at any moment. */
async function keep(directory: string, content: Buffer): Promise<void> {
  const name = `${Date.now()}-${randomBytes(4).toString('hex')}.eml`;
  const unfinished = join(directory, `.${name}`);
  try {
    await writeFile(unfinished, content, { mode: 0o600 });
    await rename(unfinished, join(directory, name));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
