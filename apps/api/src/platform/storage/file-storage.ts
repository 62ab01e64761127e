/** Asked for a file that is not there (any more). */
export class FileMissing extends Error {
  override name = 'FileMissing';

  constructor(readonly key: string) {
    super(`No file is stored under ${key}.`);
  }
}

/**
 * Where uploads and exports are kept. A file exists whole or not at all: when `write` rejects, nothing stays behind.
 * Keys are names that we generate, never names that people type.
 */
export abstract class FileStorage {
  /**
   * Stores the content under the key, holding only a part of it in memory. The bytes of a chunk may be other ones as soon
   * as the next chunk is asked for. Rejects with the error of the content, or with the signal's reason.
   */
  abstract write(
    key: string,
    content: AsyncIterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<{ bytes: number }>;

  /** The file in chunks. The first chunk throws `FileMissing` when there is no such file. */
  abstract read(key: string): AsyncIterable<Uint8Array>;

  /** The length of the file in bytes. Throws `FileMissing` when there is no such file. */
  abstract size(key: string): Promise<number>;

  /** Removes the file; one that is not there is fine. */
  abstract remove(key: string): Promise<void>;

  /** Throws when files cannot be stored now: what the readiness check asks. */
  abstract check(): Promise<void>;

  /** Ends the connections that are kept open. */
  abstract close(): void;
}

const KEY = /^[a-z0-9][a-z0-9_.-]*(\/[a-z0-9][a-z0-9_.-]*)*$/;

/** No part of a key begins with a dot, so it can neither climb (`..`) nor meet a temporary file. */
export function checkKey(key: string): void {
  if (key.length > 512 || !KEY.test(key)) throw new TypeError('This is not a key of the file storage.');
}
