import { RETENTION_HOURS } from '@ponte/contracts';

/** Something that is kept for a time, and what happens to it then. */
export interface RetentionRule {
  readonly table: string;
  /** What is emptied; every column of a row that is deleted. */
  readonly columns: readonly string[] | 'row';
  /** How long it is kept, for people. */
  readonly kept: string;
  /** Which rows are due, in SQL; the clock is the database's. */
  readonly due: string;
  /** How they are emptied, in SQL; they are deleted without it. */
  readonly set?: string;
  /** The rows point to stored files, in `storage_key`: those are removed first. */
  readonly hasFile?: true;
}

const ago = (hours: number) => `now() - make_interval(hours => ${hours})`;
const DAY = 24;
const HISTORY_HOURS = RETENTION_HOURS.uploadedFile;
const MAIL_DAYS = 30;
const INVITATION_DAYS = 30;
const MAPPING_DAYS = 365;

/** In place of what people call their files; titles keep their places. */
export const IMPORT_NAMES_GONE = `file_name = 'import-' || id || '.csv', idempotency_key = NULL,
  columns = jsonb_set(columns, '{header}', (SELECT coalesce(jsonb_agg(''::text), '[]') FROM jsonb_array_elements(columns->'header'))),
  ignored_columns = '[]'`;

/** Whether anything is left of what `IMPORT_NAMES_GONE` empties: a person may call a file as we would. */
const HAS_IMPORT_NAMES = `(file_name <> 'import-' || id || '.csv' OR idempotency_key IS NOT NULL OR ignored_columns <> '[]'
  OR jsonb_path_exists(columns, '$.header[*] ? (@ <> "")'))`;

/** The history goes on to say by what was searched, and no longer for whom. */
export const EXPORT_QUERY_GONE = `idempotency_key = NULL, q = CASE WHEN q = '' THEN '' ELSE '…' END,
  payload = (SELECT coalesce(jsonb_agg(condition || '{"values": []}'), '[]') FROM jsonb_array_elements(payload) AS condition)`;

/** Whether anything is left of what `EXPORT_QUERY_GONE` empties. */
const HAS_QUERY = `(idempotency_key IS NOT NULL OR q NOT IN ('', '…') OR jsonb_path_exists(payload, '$[*].values[*]'))`;

const ENDED = `state IN ('finished', 'failed', 'cancelled')`;

/** Everything that is kept for a time: the one place that says how long. What is not here is kept until it is deleted. */
export const RETENTION: readonly RetentionRule[] = [
  {
    table: 'imports',
    columns: ['storage_key'],
    kept: '30 days after the import ended; not at all when it held an erased person',
    due: `storage_key IS NOT NULL AND ${ENDED}
      AND (finished_at < ${ago(HISTORY_HOURS)} OR forget OR rejected_by_code ? 'person_erased')`,
    set: 'storage_key = NULL',
    hasFile: true,
  },
  {
    table: 'imports',
    columns: ['file_name', 'columns', 'ignored_columns', 'idempotency_key'],
    kept: '30 days after the import ended',
    due: `${ENDED} AND (finished_at < ${ago(HISTORY_HOURS)} OR forget) AND ${HAS_IMPORT_NAMES}`,
    set: IMPORT_NAMES_GONE,
  },
  {
    table: 'import_rejected_rows',
    columns: 'row',
    kept: '30 days after the import ended',
    due: `import_id IN (SELECT id FROM imports WHERE finished_at < ${ago(HISTORY_HOURS)})`,
  },
  {
    table: 'exports',
    columns: ['storage_key'],
    kept: '72 hours after the export ended',
    due: `storage_key IS NOT NULL AND (expires_at < now() OR (forget AND ${ENDED}))`,
    set: 'storage_key = NULL, expires_at = least(expires_at, now())',
    hasFile: true,
  },
  {
    table: 'exports',
    columns: ['q', 'payload', 'idempotency_key'],
    kept: '30 days after the export ended',
    due: `${ENDED} AND (finished_at < ${ago(HISTORY_HOURS)} OR forget) AND ${HAS_QUERY}`,
    set: EXPORT_QUERY_GONE,
  },
  {
    table: 'import_mappings',
    columns: 'row',
    kept: '365 days after the mapping was used last',
    due: `used_at < ${ago(MAPPING_DAYS * DAY)}`,
  },
  {
    table: 'outbox',
    columns: 'row',
    kept: '30 days after the e-mail was written, once it was sent or given up',
    due: `state <> 'waiting' AND created_at < ${ago(MAIL_DAYS * DAY)}`,
  },
  {
    table: 'invitations',
    columns: 'row',
    kept: '30 days after the invitation expired: until then it can be sent again',
    due: `expires_at < ${ago(INVITATION_DAYS * DAY)}`,
  },
  {
    table: 'password_resets',
    columns: 'row',
    kept: '2 days: by then neither its e-mail, tried for a day, nor its link can come any more',
    due: `created_at < ${ago(2 * DAY)}`,
  },
  {
    table: 'sessions',
    columns: 'row',
    kept: 'until the session ends',
    due: 'expires_at < now()',
  },
];
