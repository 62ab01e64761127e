import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit as chains of hashes, one for each account and one (0) for events of no account; erasures with the keys of their
 * hashes; accounts and people that can be deleted.
 */
export class AuditAndErasure1790000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...AUDIT, ...ERASURES, ...DELETION]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The chains of the audit are not taken back: restore a back-up instead.');
  }
}

/** What the hash of an event is made of, as one text. */
const canonical = (event: string) => {
  const columns = [
    'id',
    'action',
    'account_id',
    'user_id',
    'subject_id',
    'count',
    'details',
    'via',
    'address',
  ];
  const values = [...columns, 'token_id'].map((column) => `${event}.${column}`);
  const moment = `to_char(${event}.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  return `jsonb_build_array(${[...values, moment].join(', ')})::text`;
};

const hash = (head: string, event: string) => `sha256(${head} || convert_to(${canonical(event)}, 'UTF8'))`;

/** The head of a chain without events. */
const NO_HEAD = `decode(repeat('00', 32), 'hex')`;

const AUDIT = [
  'DROP TRIGGER audit_events_append_only ON audit_events',
  `ALTER TABLE audit_events
    ADD via text NOT NULL DEFAULT 'service' CHECK (via IN ('session', 'token', 'service', 'anonymous')),
    ADD address text,
    ADD token_id bigint,
    ADD count bigint,
    ADD position bigint,
    ADD hash bytea`,
  // How a caller was known was not written down before.
  `UPDATE audit_events SET count = (details->>'count')::bigint, details = details - 'count',
    via = CASE WHEN action IN ('import_ended', 'export_ended') THEN 'service' ELSE 'anonymous' END`,
  `CREATE TABLE audit_chains (
    chain bigint PRIMARY KEY,
    events bigint NOT NULL DEFAULT 0,
    head bytea NOT NULL DEFAULT ${NO_HEAD}
  )`,
  `DO $$ DECLARE event audit_events; chain bigint; place bigint; head bytea; BEGIN
    FOR event IN SELECT * FROM audit_events ORDER BY coalesce(account_id, 0), id LOOP
      IF chain IS DISTINCT FROM coalesce(event.account_id, 0) THEN
        IF chain IS NOT NULL THEN INSERT INTO audit_chains VALUES (chain, place, head); END IF;
        chain := coalesce(event.account_id, 0);
        place := 0;
        head := ${NO_HEAD};
      END IF;
      place := place + 1;
      head := ${hash('head', 'event')};
      UPDATE audit_events SET position = place, hash = head WHERE id = event.id;
    END LOOP;
    IF chain IS NOT NULL THEN INSERT INTO audit_chains VALUES (chain, place, head); END IF;
  END $$`,
  // At the commit: whoever writes an event holds its chain for that moment alone, and not while the transaction goes on or
  // its process stands still. All chains of a transaction are locked in one order: two of them cannot wait for each other.
  `CREATE FUNCTION audit_events_chain() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE place bigint; link bytea; BEGIN
      INSERT INTO audit_chains (chain)
        SELECT DISTINCT coalesce(account_id, 0) FROM audit_events WHERE id >= NEW.id AND hash IS NULL ORDER BY 1
        ON CONFLICT DO NOTHING;
      PERFORM FROM audit_chains WHERE chain IN (
        SELECT coalesce(account_id, 0) FROM audit_events WHERE id >= NEW.id AND hash IS NULL
      ) ORDER BY chain FOR UPDATE;
      UPDATE audit_chains SET events = events + 1, head = ${hash('head', 'NEW')}
        WHERE chain = coalesce(NEW.account_id, 0) RETURNING events, head INTO place, link;
      UPDATE audit_events SET position = place, hash = link WHERE id = NEW.id;
      RETURN NULL;
    END $$`,
  `CREATE CONSTRAINT TRIGGER audit_events_chain AFTER INSERT ON audit_events DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION audit_events_chain()`,
  // The one change that an event may see is that it gets its place in the chain.
  `CREATE FUNCTION audit_events_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF OLD.hash IS NULL AND NEW.hash IS NOT NULL
        AND to_jsonb(NEW) - 'position' - 'hash' = to_jsonb(OLD) - 'position' - 'hash' THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'audit_events is append-only';
    END $$`,
  `CREATE TRIGGER audit_events_unchanged BEFORE UPDATE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION audit_events_unchanged()`,
  `CREATE TRIGGER audit_events_append_only BEFORE DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_events_append_only()`,
  // In the list's order with each of its filters, beside the one that is there; events of a person belong to no account.
  'CREATE INDEX audit_events_action ON audit_events (account_id, action, id)',
  'CREATE INDEX audit_events_user ON audit_events (account_id, user_id, id)',
  'CREATE INDEX audit_events_time ON audit_events (account_id, created_at)',
];

const ERASURES = [
  // Moves with every erasure: a run that has read the erased people sees that there are others now.
  'ALTER TABLE accounts ADD erasures int NOT NULL DEFAULT 0',
  `CREATE TABLE erasure_keys (
    account_id bigint PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    key bytea NOT NULL
  )`,
  `CREATE TABLE erasures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES accounts ON DELETE CASCADE,
    created_by bigint REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    erased jsonb NOT NULL DEFAULT '{}',
    phone_hashes bytea[] NOT NULL,
    email_hash bytea
  )`,
  'CREATE INDEX erasures_account ON erasures (account_id, id)',
  // A run that goes on holds what an erasure has to remove: that is removed when it has ended.
  'ALTER TABLE imports ADD forget boolean NOT NULL DEFAULT false',
  'ALTER TABLE exports ADD forget boolean NOT NULL DEFAULT false',
];

/** Runs and mappings outlive the person who made them. */
const withoutPerson = (table: string, column: string) => [
  `ALTER TABLE ${table} ALTER ${column} DROP NOT NULL`,
  `ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column}_fkey`,
  `ALTER TABLE ${table} ADD FOREIGN KEY (${column}) REFERENCES users ON DELETE SET NULL`,
];

const DELETION = [
  // Nobody sees the account from then on; a worker removes what is in it.
  'ALTER TABLE accounts ADD deleted_at timestamptz',
  ...withoutPerson('imports', 'created_by'),
  ...withoutPerson('exports', 'created_by'),
  ...withoutPerson('import_mappings', 'updated_by'),
];
