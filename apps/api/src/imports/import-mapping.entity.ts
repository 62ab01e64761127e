import type { SaveMapping } from '@ponte/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ID, TIMESTAMP } from '../platform/database/columns';

/** How files of one header were last mapped in one account. */
@Entity('import_mappings')
export class ImportMappingEntity {
  @PrimaryColumn({ ...ID, name: 'account_id' })
  accountId: number;

  @PrimaryColumn('bytea', { name: 'header_sha256' })
  headerSha256: Buffer;

  @Column('jsonb')
  mapping: SaveMapping['mapping'];

  @Column({ ...TIMESTAMP, name: 'used_at', default: () => 'now()' })
  usedAt: Date;

  @Column({ ...ID, name: 'updated_by', nullable: true })
  updatedBy: number | null;
}
