import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3StorageConfig } from '../config/config';
import { checkKey, FileMissing, FileStorage } from './file-storage';
import { untilAborted } from './until-aborted';

/** Two parts of 8 MiB are held in memory; S3 takes 10,000 of them, 80 GiB, more than any file limit allows. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;

/** Files in a bucket of S3 or of a server that speaks its protocol. */
export class S3FileStorage extends FileStorage {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(config: S3StorageConfig) {
    super();
    this.bucket = config.bucket;
    const { accessKeyId, secretAccessKey } = config;
    this.client = new S3Client({
      region: config.region,
      forcePathStyle: config.forcePathStyle,
      // Servers other than Amazon's often do not know the checksums that the SDK adds on its own.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
      ...(config.endpoint === null ? {} : { endpoint: config.endpoint }),
      // Without keys in the variables the SDK looks where Amazon puts them: profile, container, machine.
      ...(accessKeyId === null || secretAccessKey === null
        ? {}
        : { credentials: { accessKeyId, secretAccessKey } }),
    });
  }

  override async write(key: string, content: AsyncIterable<Uint8Array>, signal?: AbortSignal) {
    checkKey(key);
    let bytes = 0;
    let failure: { reason: unknown } | undefined;
    const counted = async function* () {
      try {
        for await (const chunk of untilAborted(content, signal)) {
          bytes += chunk.length;
          // The upload gathers chunks to a part, while the next ones come.
          yield Buffer.from(chunk);
        }
      } catch (error) {
        failure = { reason: error };
        throw error;
      }
    };
    // An abort reaches the upload as an error of its content: unlike `upload.abort()`, the upload then waits for its
    // parts and removes them before it rejects.
    const upload = new Upload({
      client: this.client,
      params: { Bucket: this.bucket, Key: key, Body: Readable.from(counted()) },
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
      leavePartsOnError: false,
    });
    await upload.done().catch((error: unknown) => {
      // What went wrong first, not what went wrong while the parts were removed.
      throw failure === undefined ? error : failure.reason;
    });
    if (signal?.aborted === true) {
      await this.remove(key);
      signal.throwIfAborted();
    }
    return { bytes };
  }

  override async *read(key: string): AsyncGenerator<Uint8Array> {
    checkKey(key);
    const body = await this.open(key);
    try {
      for await (const chunk of body) yield chunk as Uint8Array;
    } finally {
      body.destroy();
    }
  }

  override async size(key: string): Promise<number> {
    checkKey(key);
    try {
      const head = await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return head.ContentLength ?? 0;
    } catch (error) {
      throw error instanceof NotFound ? new FileMissing(key) : error;
    }
  }

  override async remove(key: string): Promise<void> {
    checkKey(key);
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  override async check(): Promise<void> {
    // A bucket that can be looked at may still take nothing.
    const key = `check-${randomUUID()}`;
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: Buffer.of(0) }));
    await this.remove(key);
  }

  override close(): void {
    this.client.destroy();
  }

  private async open(key: string): Promise<Readable> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      if (Body instanceof Readable) return Body;
    } catch (error) {
      throw error instanceof NoSuchKey ? new FileMissing(key) : error;
    }
    throw new FileMissing(key);
  }
}
