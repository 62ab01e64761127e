import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { MailerService } from '@nestjs-modules/mailer';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config';
import { limitTransaction } from '../database/limit-transaction';
import { Notifications } from '../database/notifications';
import { MailLinks } from './mail-links';
import type { MailState, Recipient, SentMessage, WaitingMessage } from './messages';
import { mails } from '../metrics/instruments';
import { OUTBOX_CHANNEL } from './outbox';
import { OutboxEntity } from './outbox.entity';
import { isRefusedForGood } from './refused-for-good';
import { renderMail } from './render-mail';
import { describeError } from '../log/describe-error';

/** How often to look without being woken: notifications are lost while a connection is away. */
const POLL_MS = 2_000;

/** Seconds until the next try, by failed tries; the last one again and again. */
const PAUSES = [10, 30, 120, 600, 3_600];
const GIVE_UP = "interval '24 hours'";

/** Longer than all the waiting for a mail server together: a worker that stands still then lets go of its e-mail. */
const LONGEST_SENDING_MS = 120_000;

/**
 * Sends what is in the outbox, one e-mail at a time. Any number of workers may: a row is locked while it is sent. An
 * e-mail goes out once unless a worker dies between the mail server's yes and the commit; then it goes out again under
 * the same Message-ID, by which mailboxes know it.
 */
@Injectable()
export class OutboxSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(OutboxSender.name);
  private isStopped = true;
  private isWoken = false;
  private endPause: () => void = () => undefined;
  private stopListening: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly mailer: MailerService,
    private readonly notifications: Notifications,
    private readonly links: MailLinks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
  }

  start(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.stopListening = this.notifications.listen(OUTBOX_CHANNEL, () => this.wake());
    this.running = this.run();
  }

  /** Waits for the e-mail that is being sent. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.stopListening();
    this.wake();
    await this.running;
  }

  /** Looks at once instead of at the next poll. */
  wake(): void {
    this.isWoken = true;
    this.endPause();
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      this.isWoken = false;
      const hasWorked = await this.sendNext().catch((error: unknown) => {
        // The database is away for a moment; nothing is lost, the rows wait.
        this.log.warn(`Cannot look into the outbox: ${describeError(error)}`);
        return false;
      });
      if (!hasWorked && !this.isStopped && !this.isWoken) await this.pause();
    }
  }

  private async pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Sends the e-mail that has waited longest; false when none is due. */
  private sendNext(): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const mail = await manager
        .createQueryBuilder(OutboxEntity, 'mail')
        .where("mail.state = 'waiting' AND mail.nextAttemptAt <= now()")
        .orderBy('mail.nextAttemptAt')
        .limit(1)
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .getOne();
      if (mail === null) return false;
      await limitTransaction(manager, { idleMs: LONGEST_SENDING_MS });
      const waiting = { kind: mail.kind, data: mail.data } as WaitingMessage;
      const message = await this.links.complete(waiting, { address: mail.toAddress, locale: mail.locale });
      // What its link would open is gone: there is nothing to say any more.
      if (message === null) {
        await manager.delete(OutboxEntity, { id: mail.id });
        return true;
      }
      try {
        await this.send(mail, message);
      } catch (error) {
        // Expected: a mail server that is away or says no.
        await this.noteFailure(manager, mail, error);
        return true;
      }
      await manager.query(
        "UPDATE outbox SET state = 'sent', attempts = attempts + 1, sent_at = clock_timestamp(), last_error = NULL WHERE id = $1",
        [mail.id],
      );
      this.tell(mail, 'sent');
      return true;
    });
  }

  private async send(mail: OutboxEntity, { to, ...message }: SentMessage & { to: Recipient }): Promise<void> {
    const { publicUrl } = this.config;
    // The row's own time tells apart two databases that count runs from 1 and write to one mailbox.
    const id = `${mail.kind}.${mail.subjectId}.${mail.createdAt.getTime().toString(36)}`;
    await this.mailer.sendMail({
      ...renderMail(message, to.locale, publicUrl),
      to: { name: '', address: to.address },
      messageId: `<${id}@${new URL(publicUrl).hostname}>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'Content-Language': to.locale,
      },
    });
  }

  private async noteFailure(manager: EntityManager, mail: OutboxEntity, error: unknown): Promise<void> {
    const codes = failureCodes(error);
    const seconds = PAUSES[Math.min(mail.attempts, PAUSES.length - 1)];
    // One try more at the very end of the 24 hours, then no more.
    const [rows] = await manager.query<[{ state: MailState }[], number]>(
      `UPDATE outbox SET attempts = attempts + 1, last_error = $2,
         state = CASE WHEN $4 THEN 'refused' WHEN clock_timestamp() >= created_at + ${GIVE_UP} THEN 'given_up'
           ELSE 'waiting' END,
         next_attempt_at = LEAST(clock_timestamp() + $3 * interval '1 second', created_at + ${GIVE_UP})
       WHERE id = $1 RETURNING state`,
      [mail.id, codes, seconds, isRefusedForGood(error)],
    );
    this.tell(mail, rows[0]?.state ?? 'waiting', codes);
  }

  private tell(mail: OutboxEntity, result: MailState, codes?: string): void {
    mails.inc({ result });
    const { kind, subjectId: run_id, attempts } = mail;
    const fields = {
      event: 'mail',
      kind,
      run_id,
      result,
      attempts: attempts + 1,
      ...(codes && { error: codes }),
    };
    if (result === 'sent') this.log.log('mail', fields);
    else this.log[result === 'waiting' ? 'warn' : 'error']('mail', fields);
  }
}

/** What went wrong, by codes alone: the words of a mail server repeat the address. */
function failureCodes(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const codes = ['code', 'responseCode', 'command'].map((name) => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
  const text = codes.filter((code) => /^[A-Z0-9 _-]{1,40}$/i.test(code)).join(' ');
  return text === '' ? (error instanceof Error ? error.name : 'unknown') : text;
}
