import { Module } from '@nestjs/common';
import { MailerModule } from '@nestjs-modules/mailer';
import { CONFIG, type Config } from '../config/config';
import { MailLinks } from './mail-links';
import { MailModule } from './mail.module';
import { OutboxSender } from './outbox-sender';

/**
 * What the operator did not choose: one connection that is kept open, because a mail server lets every new one wait, and
 * an end to waiting. The mailer reads options of an address from the address alone.
 */
function withPool(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  const defaults = {
    pool: 'true',
    maxConnections: '1',
    connectionTimeout: '10000',
    greetingTimeout: '10000',
    socketTimeout: '30000',
  };
  for (const [name, value] of Object.entries(defaults)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  return url.href;
}

/** The sending half of the mail: for worker processes alone. */
@Module({
  imports: [
    MailModule,
    MailerModule.forRootAsync({
      imports: [],
      inject: [CONFIG],
      useFactory: ({ mail }: Config) => ({
        transport: withPool(mail.smtpUrl),
        defaults: { from: mail.from },
      }),
    }),
  ],
  providers: [OutboxSender, MailLinks],
  exports: [OutboxSender, MailLinks],
})
export class MailSenderModule {}
