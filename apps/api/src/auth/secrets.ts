import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, safe in a header and in a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. A fast hash is enough: there is nothing to guess in 256 random bits. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
