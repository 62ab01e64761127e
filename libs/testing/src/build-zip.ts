import { crc32, deflateRawSync } from 'node:zlib';

/** One file of a ZIP. What is not given is as an honest writer would have it. */
export interface ZipPart {
  readonly name: string;
  readonly data: Uint8Array | string;
  readonly isStored?: boolean;
  readonly isEncrypted?: boolean;
  /** Sizes and checksum behind the data instead of before them, as streaming writers do. */
  readonly hasDescriptor?: boolean;
  /** Lies of the directory. */
  readonly declared?: Partial<
    Readonly<Record<'size' | 'crc' | 'method' | 'packedSize' | 'headerAt', number>>
  >;
}

/** `isWide` writes every size and place in ZIP64 fields. */
export interface BuildZipOptions {
  readonly isWide?: boolean;
  readonly comment?: string;
}

const FULL_32 = 0xffffffff;

/** Bytes of a ZIP, honest or not, with exactly the parts given and in their order. */
export function buildZip(parts: readonly ZipPart[], options: BuildZipOptions = {}): Uint8Array {
  const isWide = options.isWide ?? false;
  const body: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const part of parts) {
    const local = localEntry(part);
    directory.push(directoryEntry(part, at, isWide));
    body.push(local);
    at += local.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = directoryEnd(parts.length, directoryBytes.length, at, options);
  return new Uint8Array(Buffer.concat([...body, directoryBytes, end]));
}

function measure(part: ZipPart) {
  const data = typeof part.data === 'string' ? Buffer.from(part.data) : Buffer.from(part.data);
  const packed = part.isStored ? data : deflateRawSync(data);
  const name = Buffer.from(part.name);
  const flags = 0x800 | (part.isEncrypted ? 1 : 0) | (part.hasDescriptor ? 8 : 0);
  const honest = {
    size: data.length,
    packedSize: packed.length,
    crc: crc32(data),
    method: part.isStored ? 0 : 8,
  };
  return { packed, name, flags, ...honest, ...part.declared };
}

function localEntry(part: ZipPart): Uint8Array {
  const { packed, name, flags, method, crc, packedSize, size } = measure(part);
  const numbers = part.hasDescriptor ? [0, 0, 0] : [crc, packedSize, size];
  const head = record([
    [4, 0x04034b50],
    [2, 20],
    [2, flags],
    [2, method],
    [4, 0],
    ...numbers.map((value) => [4, value] as const),
    [2, name.length],
    [2, 0],
  ]);
  const descriptor = record(
    [4, 4, 4, 4].map((width, i) => [width, [0x08074b50, crc, packedSize, size][i] ?? 0]),
  );
  return Buffer.concat([head, name, packed, ...(part.hasDescriptor ? [descriptor] : [])]);
}

function directoryEntry(part: ZipPart, at: number, isWide: boolean): Uint8Array {
  const {
    name,
    flags,
    method,
    crc,
    packedSize,
    size,
    headerAt = at,
  } = { headerAt: undefined, ...measure(part) };
  const extra = isWide
    ? record([
        [2, 1],
        [2, 24],
        [8, size],
        [8, packedSize],
        [8, headerAt],
      ])
    : Buffer.alloc(0);
  const head = record([
    [4, 0x02014b50],
    [2, 45],
    [2, 45],
    [2, flags],
    [2, method],
    [4, 0],
    [4, crc],
    [4, isWide ? FULL_32 : packedSize],
    [4, isWide ? FULL_32 : size],
    [2, name.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, isWide ? FULL_32 : headerAt],
  ]);
  return Buffer.concat([head, name, extra]);
}

function directoryEnd(count: number, size: number, at: number, options: BuildZipOptions): Uint8Array {
  const comment = Buffer.from(options.comment ?? '');
  const wide = [
    ...([
      [4, 0x06064b50],
      [8, 44],
      [2, 45],
      [2, 45],
      [4, 0],
      [4, 0],
    ] as const),
    ...([
      [8, count],
      [8, count],
      [8, size],
      [8, at],
    ] as const),
    ...([
      [4, 0x07064b50],
      [4, 0],
      [8, at + size],
      [4, 1],
    ] as const),
  ];
  const isWide = options.isWide ?? false;
  const end = record([
    ...(isWide ? wide : []),
    [4, 0x06054b50],
    [4, 0],
    [2, isWide ? 0xffff : count],
    [2, isWide ? 0xffff : count],
    [4, isWide ? FULL_32 : size],
    [4, isWide ? FULL_32 : at],
    [2, comment.length],
  ]);
  return Buffer.concat([end, comment]);
}

/** Little-endian numbers, each with its width in bytes. */
function record(fields: readonly (readonly [width: number, value: number])[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeUIntLE(value, at, width);
    at += width;
  }
  return bytes;
}
