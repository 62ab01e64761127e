import * as z from 'zod/mini';
import { IMPORT_REFUSAL_CODES, paramsSchema, RUN_FAILURE_CODES } from './problems';
import { filterConditionSchema, filterConditionsSchema, searchedText } from './contacts';
import { idSchema, listSchema, personSchema, storable, timestampSchema } from './common';
import { requestObject } from './request';

/** `queued → running → finished | failed | cancelled`; a file that is refused never becomes a run. */
export const RUN_STATES = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];
export const RUN_END_STATES: readonly RunState[] = ['finished', 'failed', 'cancelled'];

export const runErrorSchema = z.object({
  code: z.enum([...RUN_FAILURE_CODES, ...IMPORT_REFUSAL_CODES]),
  line: z.optional(z.int()),
  params: z.optional(paramsSchema),
});
export type RunError = z.infer<typeof runErrorSchema>;

/**
 * Where the e-mail about a run is: waiting for its turn or its next try, sent, refused by the mail server for good, or given
 * up after 24 hours.
 */
export const runMailSchema = z.object({
  state: z.enum(['waiting', 'sent', 'refused', 'given_up']),
  attempts: z.int(),
  sent_at: z.nullable(timestampSchema),
});
export type RunMail = z.infer<typeof runMailSchema>;

/**
 * One sum that always closes when a run has ended: `total = created + updated + unchanged + skipped + failed`. While it
 * runs, `done` is that sum so far. Rows that a cancelled run did not reach are `skipped`.
 */
export const rowCountsSchema = z.object({
  total: z.int(),
  done: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  failed: z.int(),
});
export type RowCounts = z.infer<typeof rowCountsSchema>;

/**
 * What a column behind the contact's own is: `line`: the row's line in the person's file; a field's name: the column from
 * which that field was made; `null`: a column that was not used.
 */
export const ownColumnSchema = z.nullable(z.enum(['line', 'name', 'phone_number', 'email']));
export type OwnColumn = z.infer<typeof ownColumnSchema>;

/** `existing: skip` leaves contacts that are already there alone and counts their rows as skipped. */
export const importOptionsSchema = requestObject({
  existing: z._default(z.enum(['update', 'skip']), 'update'),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

/**
 * What a request may ask for beside its file. `own_columns` describes the last columns of the file: they carry the
 * person's own cells beside rows that will be rejected, so that those come back in the columns in which they were
 * written, with their own line numbers. They are never contacts' data, and only `null` ones are named as ignored.
 */
export const createImportSchema = z.extend(importOptionsSchema, {
  own_columns: z._default(z.array(ownColumnSchema).check(z.maxLength(16_384)), []),
});
export type CreateImport = z.infer<typeof createImportSchema>;

export const importSchema = z.object({
  id: idSchema,
  state: z.enum(RUN_STATES),
  file_name: z.string(),
  file_bytes: z.int(),
  created_at: timestampSchema,
  started_at: z.nullable(timestampSchema),
  finished_at: z.nullable(timestampSchema),
  /** Null when the person was deleted. */
  created_by: z.nullable(personSchema),
  options: importOptionsSchema,
  ignored_columns: z.array(z.string()),
  rows: rowCountsSchema,
  rejected_by_code: z.record(z.string(), z.int()),
  /** Over the last seconds of a running import, over the whole run of an ended one; null before there is a figure. */
  rows_per_second: z.nullable(z.number()),
  seconds_left: z.nullable(z.number()),
  /** 1 is next; null when it is not waiting. */
  queue_position: z.nullable(z.int()),
  cancel_requested: z.boolean(),
  error: z.nullable(runErrorSchema),
  mail: z.nullable(runMailSchema),
});
export type ImportView = z.infer<typeof importSchema>;
export const importListSchema = listSchema(importSchema);

/** `row`: data rows from 1; `line`: physical line where it begins; `cells`: as they were in the file. */
export const rejectedRowSchema = z.object({
  row: z.int(),
  line: z.int(),
  codes: z.array(z.string()),
  fields: z.array(z.string()),
  cells: z.array(z.string()),
});
export type RejectedRowView = z.infer<typeof rejectedRowSchema>;
export const rejectedRowListSchema = z.extend(listSchema(rejectedRowSchema), {
  /** Header of the file, one name for each cell. */
  columns: z.array(z.string()),
  /** For each column the field that is read from it, or null. */
  column_fields: z.array(z.nullable(z.enum(['name', 'phone_number', 'email']))),
});
export type RejectedRowList = z.infer<typeof rejectedRowListSchema>;

const contactStateSchema = z.object({ name: z.string(), email: z.nullable(z.string()) });

/** What an import of this file would do now; nothing was written. The sum is the one that the import would end with. */
export const dryRunSchema = z.object({
  rows: rowCountsSchema,
  rejected_by_code: z.record(z.string(), z.int()),
  ignored_columns: z.array(z.string()),
  /** The first contacts that would change, at most twenty; none for a token without the scope `read`. */
  updates: z.array(
    z.object({
      row: z.int(),
      phone_number: z.string(),
      before: contactStateSchema,
      after: contactStateSchema,
    }),
  ),
});
export type DryRun = z.infer<typeof dryRunSchema>;

/** Titles of a file's columns, as they stand in it. */
const headerSchema = z.array(z.string().check(z.maxLength(1000))).check(z.minLength(1), z.maxLength(1000));
const cellDefault = z.exactOptional(z.string().check(z.maxLength(500), storable()));

/** Which column of a kind of file goes where: one role for each title, by position. */
export const columnMappingSchema = requestObject({
  roles: z.array(z.nullable(z.enum(['name', 'last_name', 'phone_number', 'area_code', 'email']))),
  defaults: requestObject({ name: cellDefault, phone_number: cellDefault, email: cellDefault }),
});

/** A mapping is remembered for the header itself: titles compared without case, accents and blanks. */
export const findMappingSchema = requestObject({ header: headerSchema });
export type FindMapping = z.infer<typeof findMappingSchema>;
export const saveMappingSchema = requestObject({ header: headerSchema, mapping: columnMappingSchema });
export type SaveMapping = z.infer<typeof saveMappingSchema>;

/** `mapping` is null when the account has never imported a file with this header. */
export const rememberedMappingSchema = z.object({
  mapping: z.nullable(columnMappingSchema),
  used_at: z.nullable(timestampSchema),
});
export type RememberedMapping = z.infer<typeof rememberedMappingSchema>;

export const EXPORT_COLUMNS = ['name', 'phone_number', 'email', 'id', 'created_at', 'updated_at'] as const;
export type ExportColumn = (typeof EXPORT_COLUMNS)[number];
export const DEFAULT_EXPORT_COLUMNS: readonly ExportColumn[] = ['name', 'phone_number', 'email'];

/** A workbook's cells are texts, so it needs no apostrophe before a formula; a CSV is smaller and made faster. */
export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Contacts for which a sheet of Excel has room below the header; the others go on further sheets of the workbook. */
export const SHEET_CONTACTS = 1_048_575;

const columnNames = z.optional(
  z.nullable(z.array(z.string().check(z.maxLength(255), storable())).check(z.maxLength(50))),
);

/** Chatwoot's body: always a CSV. Columns that do not exist are left out and named in `ignored_columns`. */
export const chatwootExportSchema = requestObject({
  column_names: columnNames,
  payload: z.optional(z.nullable(filterConditionsSchema)),
  label: z.optional(z.nullable(z.string().check(z.maxLength(255)))),
  /** The list's search. */
  q: z.optional(searchedText),
  /** Only the contacts that this import created or changed last. */
  import_id: z.optional(z.nullable(idSchema)),
});

export const createExportSchema = z.extend(chatwootExportSchema, {
  /** A CSV when nothing is said. */
  format: z.optional(z.enum(EXPORT_FORMATS)),
});
export type CreateExport = z.infer<typeof createExportSchema>;

export const exportSchema = z.object({
  id: idSchema,
  state: z.enum(RUN_STATES),
  format: z.enum(EXPORT_FORMATS),
  file_name: z.string(),
  file_bytes: z.nullable(z.int()),
  created_at: timestampSchema,
  started_at: z.nullable(timestampSchema),
  finished_at: z.nullable(timestampSchema),
  /** When the file stops being downloadable; null until it is ready. */
  expires_at: z.nullable(timestampSchema),
  is_expired: z.boolean(),
  /** Null when the person was deleted. */
  created_by: z.nullable(personSchema),
  column_names: z.array(z.enum(EXPORT_COLUMNS)),
  ignored_columns: z.array(z.string()),
  q: z.string(),
  payload: z.array(filterConditionSchema),
  /** Set for an export of one import's contacts. */
  import_id: z.optional(z.nullable(idSchema)),
  rows: z.object({ total: z.nullable(z.int()), done: z.int() }),
  queue_position: z.nullable(z.int()),
  error: z.nullable(runErrorSchema),
  mail: z.nullable(runMailSchema),
});
export type ExportView = z.infer<typeof exportSchema>;
export const exportListSchema = listSchema(exportSchema);
