import type { MigrationInterface, QueryRunner } from 'typeorm';

const SESSIONS = [
  `ALTER TABLE sessions
    ADD id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    ADD last_used_at timestamptz NOT NULL DEFAULT now(),
    ADD address text,
    ADD user_agent text`,
  // Browsers in which a person has signed in before: wrong guesses from elsewhere do not lock the person out of them.
  `CREATE TABLE known_browsers (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash bytea NOT NULL,
    last_used_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, token_hash)
  )`,
];

const TOKENS = [
  // Tokens that exist keep what they could do to contacts, imports and exports, and get a year from now.
  `ALTER TABLE access_tokens
    ADD scopes text[] NOT NULL DEFAULT '{read,contacts,imports,exports}'
      CHECK (scopes <@ '{read,contacts,imports,exports}' AND cardinality(scopes) > 0),
    ADD expires_at timestamptz NOT NULL DEFAULT now() + interval '365 days'`,
  `ALTER TABLE access_tokens ALTER scopes SET DEFAULT '{read,imports,exports}'`,
];

const SECOND_FACTOR = [
  `ALTER TABLE accounts ADD requires_second_factor boolean NOT NULL DEFAULT false`,
  // Since when a second factor counts; null while there is none, or while its setup is not confirmed.
  `ALTER TABLE users ADD second_factor_since timestamptz`,
  `CREATE TABLE second_factors (
    user_id bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    sealed_secret bytea NOT NULL,
    last_step bigint NOT NULL DEFAULT 0,
    recovery_salt bytea,
    recovery_hashes bytea[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE service_keys (
    name text PRIMARY KEY,
    key bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
];

// Counts of a quarter of an hour or an hour may be lost in a crash: not logged, so they cost little.
const LIMITS = [
  `CREATE UNLOGGED TABLE rate_limits (
    key text COLLATE "C" PRIMARY KEY,
    points int NOT NULL DEFAULT 0,
    expire bigint
  )`,
];

/** Sessions that are listed and idle out, tokens with scope and expiry, a second factor, limits that all processes share. */
export class SessionsTokensSecondFactor1790000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...SESSIONS, ...TOKENS, ...SECOND_FACTOR, ...LIMITS])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rate_limits, service_keys, second_factors, known_browsers');
    await runner.query('ALTER TABLE users DROP second_factor_since');
    await runner.query('ALTER TABLE accounts DROP requires_second_factor');
    await runner.query('ALTER TABLE access_tokens DROP scopes, DROP expires_at');
    await runner.query('ALTER TABLE sessions DROP id, DROP last_used_at, DROP address, DROP user_agent');
  }
}
