import * as z from 'zod/mini';

/**
 * Why a whole file was refused. Found while the upload streams in; nothing was written. Each comes with the physical
 * line where there is one, and with parameters that name what was seen.
 */
export const IMPORT_REFUSAL_CODES = [
  'import_empty_file',
  'import_not_utf8',
  'import_not_csv',
  'import_malformed_csv',
  'import_wrong_delimiter',
  'import_missing_column',
  'import_duplicate_column',
  'import_no_rows',
  'import_too_large',
  'import_too_many_rows',
  'import_too_many_columns',
  'import_cell_too_large',
] as const;
export type ImportRefusalCode = (typeof IMPORT_REFUSAL_CODES)[number];

/** Why a run that had begun stopped; visible in the history and in the e-mail. */
export const RUN_FAILURE_CODES = [
  'run_file_missing',
  'run_file_changed',
  'run_permission_lost',
  'run_gave_up',
] as const;
export type RunFailureCode = (typeof RUN_FAILURE_CODES)[number];

export const REQUEST_PROBLEM_CODES = [
  'sign_in_required',
  'credentials_wrong',
  'second_factor_needed',
  'second_factor_wrong',
  'second_factor_required',
  'second_factor_on',
  'second_factor_off',
  'not_allowed',
  'token_not_allowed',
  'token_scope_missing',
  'cross_site_request',
  'not_found',
  'method_not_allowed',
  'request_invalid',
  'contact_invalid',
  'phone_taken',
  'email_taken',
  'member_exists',
  'last_administrator',
  'password_wrong',
  'password_weak',
  'link_invalid',
  'invitation_not_yours',
  'account_limit_reached',
  'token_limit_reached',
  'account_name_wrong',
  'too_many_requests',
  'account_busy',
  'upload_no_file',
  'upload_malformed',
  'upload_too_slow',
  'idempotency_key_reused',
  'labels_unsupported',
  'filter_invalid',
  'search_too_slow',
  'columns_unknown',
  'run_already_ended',
  'run_not_ended',
  'person_erased',
  'export_not_ready',
  'export_expired',
  'unavailable',
  'storage_full',
  'internal',
] as const;

/** Every code an `application/problem+json` answer may carry. Codes are never reused for another meaning. */
export const PROBLEM_CODES = [...REQUEST_PROBLEM_CODES, ...IMPORT_REFUSAL_CODES] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));
export type Params = z.infer<typeof paramsSchema>;

/** One field of a request that did not pass, by code. `nearest`: the known member that an `unknown` one looks like. */
export const fieldIssueSchema = z.object({
  field: z.string(),
  code: z.string(),
  nearest: z.optional(z.string()),
});
export type FieldIssue = z.infer<typeof fieldIssueSchema>;

/** RFC 9457 problem, with Chatwoot's `error` text beside it. `detail` is in the caller's language. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(PROBLEM_CODES),
  detail: z.string(),
  /** Physical line of the file, from 1, where the problem is. */
  line: z.optional(z.int()),
  params: z.optional(paramsSchema),
  /** Present on `contact_invalid` and `request_invalid`. */
  issues: z.optional(z.array(fieldIssueSchema)),
  /** What to quote when asking for help with a fault of ours. */
  request_id: z.optional(z.string()),
  error: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
