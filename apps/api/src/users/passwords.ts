import argon2 from 'argon2';
import { randomInt } from 'node:crypto';

// OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
const COST = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// No letters or digits that are read as one another.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password, COST);
}

/** Whether the password is the one of the hash; takes as long when there is nobody to compare with. */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  const matches = await argon2.verify(hash ?? (await nobody()), password);
  return matches && hash !== null;
}

let hashOfNobody: Promise<string> | null = null;

function nobody(): Promise<string> {
  return (hashOfNobody ??= hashPassword(generatePassword()));
}

/** 20 characters in groups of five: about 99 bits. */
export function generatePassword(): string {
  const letters = Array.from({ length: 20 }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return letters.join('').replace(/(.{5})(?=.)/g, '$1-');
}
