import type { Locale } from '@ponte/contracts';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { ID, TIMESTAMP } from '../database/columns';
import type { MailState, MessageKind, WaitingMessage } from './messages';

/** One e-mail that must go out once. Written in the transaction that ends the run; `unique (kind, subject_id)`. */
@Entity('outbox')
export class OutboxEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column('text')
  kind: MessageKind;

  @Column({ ...ID, name: 'subject_id' })
  subjectId: number;

  @Column('text', { name: 'to_address' })
  toAddress: string;

  @Column('text')
  locale: Locale;

  @Column('jsonb')
  data: WaitingMessage['data'];

  @Column('text', { default: 'waiting' })
  state: MailState;

  @Column('int', { default: 0 })
  attempts: number;

  @Column({ ...TIMESTAMP, name: 'next_attempt_at' })
  nextAttemptAt: Date;

  @Column({ ...TIMESTAMP, name: 'created_at' })
  createdAt: Date;

  @Column({ ...TIMESTAMP, name: 'sent_at', nullable: true })
  sentAt: Date | null;

  /** Codes of the last failure; never an address, never the server's words. */
  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;
}
