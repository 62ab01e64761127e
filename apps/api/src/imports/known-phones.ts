import type { EntityManager } from 'typeorm';
import { copyOut } from '../platform/database/copy-out';
import { literals } from '../platform/database/copy';

/** Bits for each number: with sixteen of them about one in a hundred unknown numbers is taken for a known one. */
const BITS_PER_PHONE = 16;

/**
 * Which phone numbers an account may have: none that it has is missing, and a few that it does not have are in it (a
 * Bloom filter, blocked by words so that each question looks at one place). Two to four bytes for each number, 2 MB for
 * a million: only what the filter lets through has to be asked of the database.
 */
export class KnownPhones {
  private words: Uint32Array;
  private mask: number;

  /** `most`: how many numbers it is made for; with more of them it lets more through. */
  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, (most * BITS_PER_PHONE) / 32)));
    this.words = new Uint32Array(size);
    this.mask = size - 1;
  }

  /** Takes every number for known from now on: somebody else adds contacts to the account. */
  trustNothing(): void {
    this.words = ALL;
    this.mask = 0;
  }

  /** Reads the numbers that the account has. */
  async load(manager: EntityManager, accountId: number): Promise<void> {
    const sql = literals('SELECT phone_number FROM contacts WHERE account_id = $1', [accountId]);
    await copyOut(manager, { sql, options: 'FORMAT text' }, async (pieces) => {
      for await (const piece of pieces) this.noteLines(piece);
    });
  }

  /** Notes an E.164 number; answers whether it may have been known before. */
  add(phoneNumber: string): boolean {
    let hash = EMPTY;
    for (let at = 0; at < phoneNumber.length; at += 1) hash = mix(hash, phoneNumber.charCodeAt(at));
    return this.note(hash);
  }

  private noteLines(piece: Uint8Array): void {
    let hash = EMPTY;
    for (const byte of piece) {
      if (byte === LINE_FEED) {
        this.note(hash);
        hash = EMPTY;
      } else hash = mix(hash, byte);
    }
  }

  private note(hash: number): boolean {
    const spread = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    const place = (spread ^ (spread >>> 12)) & this.mask;
    const signs = Math.imul(hash, 0x297a2d39);
    const bits = (1 << (signs >>> 27)) | (1 << ((signs >>> 22) & 31)) | (1 << ((signs >>> 17) & 31));
    const word = this.words[place] ?? 0;
    this.words[place] = word | bits;
    return (word & bits) === bits;
  }
}

/** A filter that lets everything through. */
const ALL = Uint32Array.of(0xffffffff);

const LINE_FEED = 10;

/** FNV-1a, which takes one byte after the other. */
const EMPTY = 0x811c9dc5;
const mix = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);
