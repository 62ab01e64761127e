import type { Locale } from '@ponte/contracts';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { CREATED_AT, PLAIN_TEXT, TIMESTAMP } from '../platform/database/columns';

/** A person who can sign in; what they may do is said by their memberships. */
@Entity('users')
export class User {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column('text')
  name: string;

  @Column(PLAIN_TEXT)
  email: string;

  /** `emailKey(email)`, computed by the database; unique. */
  @Column({ ...PLAIN_TEXT, name: 'email_key', insert: false, update: false })
  emailKey: string;

  @Column('text', { name: 'password_hash' })
  passwordHash: string;

  @Column('text')
  locale: Locale;

  /** Since when signing in needs a code too; null when it does not. */
  @Column({ ...TIMESTAMP, name: 'second_factor_since', nullable: true })
  secondFactorSince: Date | null;

  @Column(CREATED_AT)
  createdAt: Date;
}
