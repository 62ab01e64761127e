import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { CREATED_AT, ID, PLAIN_TEXT, TIMESTAMP } from '../platform/database/columns';

/** A contact of one account; inside it the phone number is its identity. */
@Entity('contacts')
export class ContactEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column({ ...ID, name: 'account_id' })
  accountId: number;

  @Column('text')
  name: string;

  @Column({ ...PLAIN_TEXT, name: 'phone_number' })
  phoneNumber: string;

  @Column({ ...PLAIN_TEXT, nullable: true })
  email: string | null;

  /** The import that created or changed it last, if one did. */
  @Column({ ...ID, name: 'last_import_id', nullable: true })
  lastImportId: number | null;

  @Column(CREATED_AT)
  createdAt: Date;

  @Column({ ...TIMESTAMP, name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;
}
