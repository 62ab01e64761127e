import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CREATED_AT, ID, TIMESTAMP } from '../platform/database/columns';

/** A browser that is signed in. Only the hash of its cookie is kept. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('bytea', { name: 'token_hash' })
  tokenHash: Buffer;

  @Column({ ...ID, name: 'user_id' })
  userId: number;

  @Column(CREATED_AT)
  createdAt: Date;

  @Column({ ...TIMESTAMP, name: 'expires_at' })
  expiresAt: Date;
}
