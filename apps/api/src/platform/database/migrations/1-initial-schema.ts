import type { MigrationInterface, QueryRunner } from 'typeorm';

// Letters with their accents taken off, for search and for alphabetical order. Capital letters with accents are listed
// too because `lower` leaves them alone in a database whose locale is C.
const ACCENTED = 'áàâãäåéèêëíìîïóòôõöúùûüýçñÁÀÂÃÄÅÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÝÇÑ';
const PLAIN = 'aaaaaaeeeeiiiiooooouuuuycnaaaaaaeeeeiiiiooooouuuuycn';

/** Every table as it was first shipped. */
export class InitialSchema1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION ponte_fold(value text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN translate(lower(value), '${ACCENTED}', '${PLAIN}') COLLATE "C"
    `);
    for (const statement of [...PEOPLE, ...CONTACTS, ...RUNS, ...BOOKKEEPING]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first schema is not taken back: drop the database instead.');
  }
}

const PEOPLE = [
  `CREATE TABLE accounts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    email text COLLATE "C" NOT NULL,
    password_hash text NOT NULL,
    locale text NOT NULL DEFAULT 'pt-BR',
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE UNIQUE INDEX users_email ON users (lower(email))`,
  `CREATE TABLE members (
    account_id bigint NOT NULL REFERENCES accounts ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('administrator', 'agent')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, user_id)
  )`,
  `CREATE INDEX members_user ON members (user_id)`,
  `CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX sessions_user ON sessions (user_id)`,
  `CREATE TABLE access_tokens (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    name text NOT NULL,
    hint text NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz
  )`,
  `CREATE INDEX access_tokens_user ON access_tokens (user_id)`,
];

const CONTACTS = [
  `CREATE TABLE contacts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES accounts ON DELETE CASCADE,
    name text NOT NULL,
    phone_number text COLLATE "C" NOT NULL,
    email text COLLATE "C",
    last_import_id bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE UNIQUE INDEX contacts_phone ON contacts (account_id, phone_number)`,
  `CREATE INDEX contacts_name ON contacts (account_id, ponte_fold(name), id)`,
  `CREATE INDEX contacts_email ON contacts (account_id, lower(email)) WHERE email IS NOT NULL`,
];

const RUN_COLUMNS = `
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES accounts ON DELETE CASCADE,
    created_by bigint NOT NULL REFERENCES users,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled')),
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    error jsonb,
    fence int NOT NULL DEFAULT 0,
    attempts int NOT NULL DEFAULT 0,
    lease_until timestamptz,`;

const RUNS = [
  `CREATE TABLE imports (${RUN_COLUMNS}
    file_name text NOT NULL,
    file_bytes bigint NOT NULL,
    file_sha256 bytea NOT NULL,
    storage_key text,
    idempotency_key text,
    options jsonb NOT NULL,
    columns jsonb NOT NULL,
    ignored_columns jsonb NOT NULL,
    rows_total int NOT NULL,
    rows_done int NOT NULL DEFAULT 0,
    rows_created int NOT NULL DEFAULT 0,
    rows_updated int NOT NULL DEFAULT 0,
    rows_unchanged int NOT NULL DEFAULT 0,
    rows_skipped int NOT NULL DEFAULT 0,
    rows_failed int NOT NULL DEFAULT 0,
    rejected_by_code jsonb NOT NULL DEFAULT '{}',
    rows_per_second real,
    cancel_requested boolean NOT NULL DEFAULT false
  )`,
  `CREATE UNIQUE INDEX imports_idempotency ON imports (account_id, idempotency_key)`,
  `CREATE INDEX imports_account ON imports (account_id, id)`,
  `CREATE INDEX imports_open ON imports (id) WHERE state IN ('queued', 'running')`,
  `CREATE TABLE import_rejected_rows (
    import_id bigint NOT NULL REFERENCES imports ON DELETE CASCADE,
    row_number int NOT NULL,
    line int NOT NULL,
    codes jsonb NOT NULL,
    fields jsonb NOT NULL,
    cells jsonb NOT NULL,
    PRIMARY KEY (import_id, row_number)
  )`,
  `CREATE TABLE exports (${RUN_COLUMNS}
    file_name text NOT NULL,
    file_bytes bigint,
    storage_key text,
    expires_at timestamptz,
    column_names jsonb NOT NULL,
    ignored_columns jsonb NOT NULL,
    q text NOT NULL,
    payload jsonb NOT NULL,
    rows_total int,
    rows_done int NOT NULL DEFAULT 0
  )`,
  `CREATE INDEX exports_account ON exports (account_id, id)`,
  `CREATE INDEX exports_open ON exports (id) WHERE state IN ('queued', 'running')`,
];

const BOOKKEEPING = [
  `CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue text NOT NULL,
    run_id bigint NOT NULL,
    turn int NOT NULL,
    UNIQUE (queue, run_id, turn)
  )`,
  `CREATE TABLE pending_files (
    storage_key text PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    subject_id bigint NOT NULL,
    to_address text NOT NULL,
    locale text NOT NULL,
    data jsonb NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    attempts int NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    last_error text,
    UNIQUE (kind, subject_id)
  )`,
  `CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'waiting'`,
  `CREATE TABLE audit_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint,
    user_id bigint,
    action text NOT NULL,
    subject_id bigint,
    details jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX audit_events_account ON audit_events (account_id, id)`,
  // The audit is append-only for everyone who speaks SQL with the service's own rights.
  `CREATE FUNCTION audit_events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit_events is append-only'; END $$`,
  `CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_events_append_only()`,
];
