import argon2 from 'argon2';
import { randomBytes, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Ponte';
const RECOVERY_CODES = 10;
/** No letters or digits that are read as one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
/** What every authenticator app understands (RFC 6238). */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** A code of the half minute before or after counts too: phones are seldom right to the second. */
const WINDOW = 1;

export function newTotpSecret(): Uint8Array {
  return randomBytes(20);
}

/** The secret to be typed, and the address to be shown as a QR code. */
export function setupOf(bytes: Uint8Array, label: string): { secret: string; uri: string } {
  const secret = secretOf(bytes);
  return {
    secret: secret.base32,
    uri: new TOTP({ ...PARAMETERS, issuer: ISSUER, label, secret }).toString(),
  };
}

/** The time step that a code of the authenticator belongs to, or null when it is wrong. */
export function stepOf(bytes: Uint8Array, code: string, timestamp: number): number | null {
  const delta = TOTP.validate({
    ...PARAMETERS,
    secret: secretOf(bytes),
    token: code,
    timestamp,
    window: WINDOW,
  });
  return delta === null ? null : TOTP.counter({ ...PARAMETERS, timestamp }) + delta;
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer });
}

/** A code as it is compared: people type blanks, hyphens and capitals as they like. */
export function normalizeCode(code: string): string {
  return code.replace(/[\s-]/g, '').toLowerCase();
}

export function isAuthenticatorCode(normalized: string): boolean {
  return /^\d{6}$/.test(normalized);
}

/** Ten of two groups of five: about 49 bits each. */
export function newRecoveryCodes(): string[] {
  const letters = () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: RECOVERY_CODES }, () => `${letters()}-${letters()}`);
}

export function newRecoverySalt(): Buffer {
  return randomBytes(16);
}

/** What is kept of a recovery code. One salt for all of a person's codes, so that comparing costs one hash. */
export function hashRecoveryCode(code: string, salt: Buffer): Promise<Buffer> {
  const cost = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
  return argon2.hash(normalizeCode(code), { ...cost, salt, raw: true });
}
