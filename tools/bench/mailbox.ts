import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

interface Mail {
  readonly subject: string;
  /** `performance.now()` when its last byte was here. */
  readonly at: number;
}

/** A real SMTP server on loopback that keeps what it is given. */
export interface Mailbox {
  readonly url: string;
  readonly mails: readonly Mail[];
  /** The first e-mail that is not among the `known` ones yet. */
  next(known: number): Promise<Mail>;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: Mail[] = [];
  const waiting = new Set<() => void>();
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    // Workers keep their connection open; it is not waited for.
    closeTimeout: 500,
    onData: (stream, _session, done) => {
      readMail(stream).then(
        (mail) => {
          mails.push(mail);
          done();
          for (const wake of waiting) wake();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  smtp.on('error', () => {
    // A worker that is ended breaks its connection: nothing to do about it here.
  });
  const server = smtp.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The mailbox has no port.');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    next: (known) =>
      new Promise((resolve) => {
        const look = () => {
          const mail = mails[known];
          if (mail === undefined) return;
          waiting.delete(look);
          resolve(mail);
        };
        waiting.add(look);
        look();
      }),
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}

async function readMail(stream: SMTPServerDataStream): Promise<Mail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  const at = performance.now();
  const { subject = '' } = await PostalMime.parse(Buffer.concat(chunks));
  return { subject, at };
}
