import type { ContactColumns } from '@ponte/contacts';
import type { ImportOptions, OwnColumn, RunError, RunState } from '@ponte/contracts';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { CREATED_AT, ID, TIMESTAMP } from '../platform/database/columns';

/** The header of the file, and where the contact's fields stand in it. */
export interface ImportColumns {
  header: string[];
  fields: ContactColumns;
  /** What the last columns of the header are, when they are the person's own; imports of earlier versions lack it. */
  own?: OwnColumn[];
  /** Whether the apostrophes of our formula-safe writer are undone; imports of earlier versions lack it. */
  escaped?: boolean;
}

/** One import run: what was uploaded, how far it is, and how it ended. */
@Entity('imports')
export class ImportEntity {
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

  @Column('text', { name: 'file_name' })
  fileName: string;

  @Column('bigint', { name: 'file_bytes' })
  fileBytes: number;

  @Column('bytea', { name: 'file_sha256' })
  fileSha256: Buffer;

  /** Null when the file was removed after its time. */
  @Column('text', { name: 'storage_key', nullable: true })
  storageKey: string | null;

  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  @Column('jsonb')
  options: ImportOptions;

  @Column('jsonb')
  columns: ImportColumns;

  @Column('jsonb', { name: 'ignored_columns' })
  ignoredColumns: string[];

  @Column('int', { name: 'rows_total' })
  rowsTotal: number;

  /** The checkpoint: data rows that are written, counted and committed. */
  @Column('int', { name: 'rows_done', default: 0 })
  rowsDone: number;

  @Column('int', { name: 'rows_created', default: 0 })
  rowsCreated: number;

  @Column('int', { name: 'rows_updated', default: 0 })
  rowsUpdated: number;

  @Column('int', { name: 'rows_unchanged', default: 0 })
  rowsUnchanged: number;

  @Column('int', { name: 'rows_skipped', default: 0 })
  rowsSkipped: number;

  @Column('int', { name: 'rows_failed', default: 0 })
  rowsFailed: number;

  @Column('jsonb', { name: 'rejected_by_code', default: {} })
  rejectedByCode: Record<string, number>;

  @Column('real', { name: 'rows_per_second', nullable: true })
  rowsPerSecond: number | null;

  @Column('boolean', { name: 'cancel_requested', default: false })
  cancelRequested: boolean;
}
