import type { TokenScope } from '@ponte/contracts';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { CREATED_AT, ID, TIMESTAMP } from '../platform/database/columns';

/** A program that acts for a user. Only the hash of its token is kept, and its last characters to tell it apart. */
@Entity('access_tokens')
export class AccessToken {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column({ ...ID, name: 'user_id' })
  userId: number;

  @Column('text')
  name: string;

  @Column('text')
  hint: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash: Buffer;

  @Column('text', { array: true })
  scopes: TokenScope[];

  @Column(CREATED_AT)
  createdAt: Date;

  @Column({ ...TIMESTAMP, name: 'expires_at' })
  expiresAt: Date;

  @Column({ ...TIMESTAMP, name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;
}
