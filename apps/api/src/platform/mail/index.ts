export { CaughtMailModule } from './caught-mail.module';
export { MailLinks, type MadeLink } from './mail-links';
export { MailModule } from './mail.module';
export {
  EXPORT_MAIL_KINDS,
  IMPORT_MAIL_KINDS,
  type Mail,
  type MailState,
  type LinkKind,
  type Message,
  type MessageKind,
  type MessageOf,
  type SentMessage,
} from './messages';
export { enqueueMail, mailStates, OUTBOX_CHANNEL } from './outbox';
export { OutboxEntity } from './outbox.entity';
