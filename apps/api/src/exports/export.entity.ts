import type { ExportColumn, ExportFormat, FilterCondition, RunError, RunState } from '@ponte/contracts';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { CREATED_AT, ID, TIMESTAMP } from '../platform/database/columns';

/** One export run: what was asked for, how far it is, and where its file is until it expires. */
@Entity('exports')
export class ExportEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column({ ...ID, name: 'account_id' })
  accountId: number;

  /** Null when the person was deleted. */
  @Column({ ...ID, name: 'created_by', nullable: true })
  createdBy: number | null;

  @Column('text', { default: 'queued' })
  state: RunState;

  @Column(CREATED_AT)
  createdAt: Date;

  @Column({ ...TIMESTAMP, name: 'started_at', nullable: true })
  startedAt: Date | null;

  @Column({ ...TIMESTAMP, name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  @Column('jsonb', { nullable: true })
  error: RunError | null;

  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  @Column('text', { default: 'csv' })
  format: ExportFormat;

  @Column('text', { name: 'file_name' })
  fileName: string;

  @Column('bigint', { name: 'file_bytes', nullable: true })
  fileBytes: number | null;

  /** Null before the file is ready and after it was removed. */
  @Column('text', { name: 'storage_key', nullable: true })
  storageKey: string | null;

  @Column({ ...TIMESTAMP, name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('jsonb', { name: 'column_names' })
  columnNames: ExportColumn[];

  @Column('jsonb', { name: 'ignored_columns' })
  ignoredColumns: string[];

  @Column('text')
  q: string;

  @Column('jsonb')
  payload: FilterCondition[];

  /** Null for contacts of any origin. */
  @Column({ ...ID, name: 'import_id', nullable: true })
  importId: number | null;

  @Column('int', { name: 'rows_total', nullable: true })
  rowsTotal: number | null;

  @Column('int', { name: 'rows_done', default: 0 })
  rowsDone: number;
}
