/**
 * Limits of one uploaded file, in one place: the API enforces them, the console shows them, the API documentation
 * quotes them. Operators can lower or raise `fileBytes` and `rows` by variables; these are the defaults.
 */
export const FILE_LIMITS = {
  /** Bytes of one file. */
  fileBytes: 512 * 1024 * 1024,
  /** Data rows of one file: what an Excel sheet can hold. */
  rows: 1_048_576,
  /** Columns of one row: what an Excel sheet can hold. */
  columns: 16_384,
  /** Bytes of one cell. */
  cellBytes: 1024 * 1024,
} as const;

/** Rows a page of any list; the default is Chatwoot's. */
export const PAGE_LIMITS = { default: 15, max: 100 } as const;

/** How long things are kept, in hours. */
export const RETENTION_HOURS = { exportFile: 72, uploadedFile: 30 * 24 } as const;

/** Bounds that keep one person or one account from being a burden to others. */
export const PEOPLE_LIMITS = {
  /** Accounts that one person may make; operators can change it by a variable. */
  accounts: 20,
  /** E-mails with an invitation that one account, and one person over all accounts, may send in an hour. */
  invitationsPerHour: 50,
  /** E-mails with an invitation that one address gets in a day, whichever accounts send them. */
  invitationsPerAddressAndDay: 5,
  /** E-mails with a link for a new password that one address gets in an hour. */
  resetsPerHour: 5,
} as const;

/** How long the links in e-mails work. */
export const LINK_HOURS = { invitation: 7 * 24, passwordReset: 1 } as const;

/** Texts and conditions of one search or filter. All values of all conditions count together: each of them is looked for in every contact. */
export const FILTER_LIMITS = { conditions: 20, values: 100, valueLength: 255 } as const;

/** Seconds after which a search that people wait for is stopped as `search_too_slow`. */
export const SEARCH_SECONDS = 5;

/**
 * The share of one account. `atOnce` and `waiting` hold in one HTTP process, `imports` and `exports` (waiting or under way)
 * in the whole service. More is answered with 429 `account_busy`, and so is what waited longer than `waitSeconds`.
 */
export const ACCOUNT_SHARE = {
  searches: { atOnce: 2, waiting: 20, waitSeconds: 5 },
  dryRuns: { atOnce: 1, waiting: 4, waitSeconds: 20 },
  uploads: { atOnce: 12, waiting: 12, waitSeconds: 10 },
  imports: 100,
  exports: 10,
} as const;
