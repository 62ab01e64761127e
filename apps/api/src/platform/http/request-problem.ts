import type { FieldIssue, Params, ProblemCode } from '@ponte/contracts';

/** HTTP status of each code; one place, so that a code never answers with two statuses. */
const STATUS: Record<ProblemCode, number> = {
  sign_in_required: 401,
  credentials_wrong: 401,
  second_factor_needed: 401,
  second_factor_wrong: 401,
  second_factor_required: 403,
  second_factor_on: 409,
  second_factor_off: 409,
  not_allowed: 403,
  token_not_allowed: 403,
  token_scope_missing: 403,
  cross_site_request: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_invalid: 422,
  contact_invalid: 422,
  phone_taken: 422,
  email_taken: 422,
  member_exists: 422,
  last_administrator: 422,
  password_wrong: 422,
  password_weak: 422,
  link_invalid: 410,
  invitation_not_yours: 403,
  account_limit_reached: 422,
  token_limit_reached: 422,
  account_name_wrong: 422,
  too_many_requests: 429,
  account_busy: 429,
  upload_no_file: 422,
  upload_malformed: 400,
  upload_too_slow: 408,
  idempotency_key_reused: 422,
  labels_unsupported: 422,
  filter_invalid: 422,
  search_too_slow: 422,
  columns_unknown: 422,
  run_already_ended: 409,
  run_not_ended: 409,
  person_erased: 422,
  export_not_ready: 409,
  export_expired: 410,
  unavailable: 503,
  storage_full: 507,
  internal: 500,
  import_empty_file: 422,
  import_not_utf8: 422,
  import_not_csv: 422,
  import_malformed_csv: 422,
  import_wrong_delimiter: 422,
  import_missing_column: 422,
  import_duplicate_column: 422,
  import_no_rows: 422,
  import_too_large: 413,
  import_too_many_rows: 422,
  import_too_many_columns: 422,
  import_cell_too_large: 422,
};

export interface ProblemDetails {
  line?: number | undefined;
  params?: Params | undefined;
  issues?: readonly FieldIssue[] | undefined;
  retryAfterSeconds?: number | undefined;
}

/** An expected no: thrown with a code, answered as `application/problem+json` in the caller's language. */
export class RequestProblem extends Error {
  override name = 'RequestProblem';
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(code);
    this.status = STATUS[code];
  }
}
