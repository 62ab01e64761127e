import type { Role } from '@ponte/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CREATED_AT } from '../platform/database/columns';

/** A user in an account, with the role that says what they may do there. */
@Entity('members')
export class Member {
  @PrimaryColumn('bigint', { name: 'account_id' })
  accountId: number;

  @PrimaryColumn('bigint', { name: 'user_id' })
  userId: number;

  @Column('text')
  role: Role;

  @Column(CREATED_AT)
  createdAt: Date;
}
