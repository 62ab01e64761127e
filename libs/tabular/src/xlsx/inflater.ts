/** The two ends of what unpacks gzip. */
export interface Inflater {
  readonly writable: {
    getWriter(): {
      write(chunk: Uint8Array<ArrayBuffer>): Promise<void>;
      close(): Promise<void>;
      abort(reason?: unknown): Promise<void>;
    };
  };
  readonly readable: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
      cancel(reason?: unknown): Promise<void>;
    };
  };
}

/** Makes an inflater for each part that is read. It has to check the length and the checksum at the end of its input. */
export type CreateInflater = () => Inflater;

/** The inflater that every platform has. */
export const createPlatformInflater: CreateInflater = () => new DecompressionStream('gzip');
