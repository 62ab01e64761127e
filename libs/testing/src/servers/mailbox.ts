import { once } from 'node:events';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** An e-mail that the mailbox was given. */
export interface CaughtMail extends Email {
  /** `performance.now()` in milliseconds when its last byte was here. */
  readonly at: number;
}

/**
 * How it takes e-mails: `well`; `try_later`: it refuses each recipient for now (451); `refuse`: for good (550);
 * `cut`: it takes the e-mail, and breaks the connection instead of saying so.
 */
export type MailboxMood = 'well' | 'try_later' | 'refuse' | 'cut';

/** A real SMTP server on loopback that keeps what it is given. */
export interface Mailbox {
  mood: MailboxMood;
  /** For `SMTP_URL`, without a user. */
  readonly url: string;
  /** In the order of their arrival. */
  readonly mails: readonly CaughtMail[];
  /** The first e-mail that is not among the `known` ones yet. */
  next(known: number): Promise<CaughtMail>;
  close(): Promise<void>;
}

/** On any free port, or on one that was kept for it. Rejects when the port is taken. */
export async function openMailbox(port = 0): Promise<Mailbox> {
  const mails: CaughtMail[] = [];
  const waiting = new Set<() => void>();
  const sockets = new Set<Socket>();
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    // Workers keep their connection open; it is not waited for.
    closeTimeout: 500,
    onRcptTo: (_address, _session, done) => done(refusal(mailbox.mood)),
    onData: (stream, _session, done) => {
      readMail(stream).then(
        (mail) => {
          mails.push(mail);
          if (mailbox.mood === 'cut') for (const socket of sockets) socket.destroy();
          else done();
          for (const wake of waiting) wake();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  smtp.on('error', () => {
    // A worker that is ended breaks its connection: nothing to do about it here.
  });
  const server = smtp.listen(port, '127.0.0.1');
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The mailbox has no port.');
  const mailbox: Mailbox = {
    mood: 'well',
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
  return mailbox;
}

function refusal(mood: MailboxMood): Error | null {
  if (mood === 'try_later') return Object.assign(new Error('Try again later'), { responseCode: 451 });
  if (mood === 'refuse') return Object.assign(new Error('No such user'), { responseCode: 550 });
  return null;
}

async function readMail(stream: SMTPServerDataStream): Promise<CaughtMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  const at = performance.now();
  return { ...(await PostalMime.parse(Buffer.concat(chunks))), at };
}
