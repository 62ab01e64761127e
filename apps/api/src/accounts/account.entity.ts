import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { CREATED_AT, ID } from '../platform/database/columns';

/** A company: everything that contacts, imports and exports belong to. */
@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column('text')
  name: string;

  /** Who made it; null when that is not known any more. */
  @Column({ ...ID, name: 'created_by', nullable: true })
  createdBy: number | null;

  /** Whether its administrators need a second factor. */
  @Column('boolean', { name: 'requires_second_factor', default: false })
  requiresSecondFactor: boolean;

  @Column(CREATED_AT)
  createdAt: Date;
}
