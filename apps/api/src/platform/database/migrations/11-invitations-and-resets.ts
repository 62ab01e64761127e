import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `emailKey` of the code: A to Z in lower case and nothing else, the same in every locale. */
const EMAIL_KEY = `email_key text COLLATE "C" NOT NULL
  GENERATED ALWAYS AS (translate(email, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')) STORED`;

/** People join by invitation and replace a forgotten password by a link; addresses are folded in one way. */
export class InvitationsAndResets1790000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ADDRESSES, ...ACCOUNTS, ...LINKS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE password_resets');
    await runner.query('DROP TABLE invitations');
    await runner.query('ALTER TABLE accounts DROP created_by, DROP invited_since, DROP invited_count');
    await runner.query('CREATE UNIQUE INDEX users_email ON users (lower(email))');
    await runner.query('ALTER TABLE users DROP email_key');
  }
}

const ADDRESSES = [
  `ALTER TABLE users ADD ${EMAIL_KEY}`,
  `CREATE UNIQUE INDEX users_email_key ON users (email_key)`,
  `DROP INDEX users_email`,
];

const ACCOUNTS = [
  `ALTER TABLE accounts
    ADD created_by bigint REFERENCES users ON DELETE SET NULL,
    ADD invited_since timestamptz,
    ADD invited_count int NOT NULL DEFAULT 0`,
  `CREATE INDEX accounts_creator ON accounts (created_by) WHERE created_by IS NOT NULL`,
];

// Secrets of links are hashed here and are nowhere else. A link is made each time its e-mail is handed to the mail
// server, hence several hashes: any of them opens the row.
const LINKS = [
  `CREATE TABLE invitations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES accounts ON DELETE CASCADE,
    email text COLLATE "C" NOT NULL,
    ${EMAIL_KEY},
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('administrator', 'agent')),
    locale text NOT NULL,
    invited_by bigint REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    mail_id bigint,
    token_hashes bytea[] NOT NULL DEFAULT '{}'
  )`,
  `CREATE UNIQUE INDEX invitations_address ON invitations (account_id, email_key)`,
  `CREATE INDEX invitations_token ON invitations USING gin (token_hashes)`,
  `CREATE TABLE password_resets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email_key text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    token_hashes bytea[] NOT NULL DEFAULT '{}'
  )`,
  `CREATE INDEX password_resets_address ON password_resets (email_key, created_at)`,
  `CREATE INDEX password_resets_created ON password_resets (created_at)`,
  `CREATE INDEX password_resets_token ON password_resets USING gin (token_hashes)`,
];
