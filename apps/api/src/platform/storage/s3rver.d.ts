/** The part of s3rver that the specs use; the package has no types. */
declare module 's3rver' {
  import type { AddressInfo } from 'node:net';

  interface Context {
    method: string;
    query: Readonly<Record<string, string | undefined>>;
    status: number;
  }

  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      configureBuckets: { name: string; configs: unknown[] }[];
    });
    readonly middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[];
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  }
}
