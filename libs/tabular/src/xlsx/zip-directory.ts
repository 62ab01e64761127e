import type { ByteSource } from '../byte-source';
import { partKey } from './part-name';
import { readBytes, viewOf } from './read-bytes';
import { corruptWorkbook, unsafeFile } from './refuse-workbook';
import { MAX_ENTRIES } from './unpack-limits';

/** One file in a ZIP, as the central directory describes it. Sizes in bytes; `headerAt` is its local header's place. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly headerAt: number;
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_BYTES = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_BYTES = 56;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const ZIP64_EXTRA = 0x0001;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;

/** Some hundred bytes an entry at most; a directory beyond this is made to be read for long. */
const MAX_DIRECTORY_BYTES = 4_000_000;

/**
 * The central directory of a ZIP (PKWARE APPNOTE 6.3, ZIP64 included) by part key. Local headers and data descriptors
 * are not needed for it. Throws `corrupt_workbook`, and `unsafe_file` for more than 1000 entries or for two of one
 * name, of which two programs would read different ones.
 */
export async function readZipDirectory(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const { count, from, to } = await findDirectory(source);
  if (count > MAX_ENTRIES) throw unsafeFile('too_many_entries');
  if (to - from > MAX_DIRECTORY_BYTES) throw unsafeFile('directory_too_large');
  const bytes = await readBytes(source, from, to);
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw corruptWorkbook('zip_directory');
    }
    const end = at + ENTRY_BYTES + lengthsAt(view, at);
    if (end > bytes.length) throw corruptWorkbook('zip_directory');
    const entry = readEntry(bytes, view, at);
    const key = partKey(entry.name);
    if (entries.has(key)) throw unsafeFile('duplicate_entry');
    entries.set(key, entry);
    at = end;
  }
  return entries;
}

/** Name, extra field and comment together. */
function lengthsAt(view: DataView, at: number): number {
  return view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const nameEnd = at + ENTRY_BYTES + view.getUint16(at + 28, true);
  const wide = wideFields(view, nameEnd, nameEnd + view.getUint16(at + 30, true));
  const sizeAt = (offset: number): number => {
    const value = view.getUint32(at + offset, true);
    return value === FULL_32 ? (wide.shift() ?? value) : value;
  };
  // The ZIP64 field holds only what did not fit, in this order.
  const size = sizeAt(24);
  const packedSize = sizeAt(20);
  const headerAt = sizeAt(42);
  return {
    name: new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, nameEnd)),
    method: view.getUint16(at + 10, true),
    isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    crc: view.getUint32(at + 16, true),
    packedSize,
    size,
    headerAt,
  };
}

function wideFields(view: DataView, from: number, to: number): number[] {
  const fields: number[] = [];
  for (let at = from; at + 4 <= to;) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === ZIP64_EXTRA) {
      for (let field = at + 4; field + 8 <= Math.min(end, to); field += 8) fields.push(readWide(view, field));
    }
    at = end;
  }
  return fields;
}

/** Beyond 2^53 the number is no longer exact, and far beyond the end of every source. */
function readWide(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

interface DirectoryPlace {
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

async function findDirectory(source: ByteSource): Promise<DirectoryPlace> {
  const tailFrom = Math.max(0, source.size - END_BYTES - MAX_COMMENT_BYTES);
  const view = viewOf(await readBytes(source, tailFrom, source.size));
  for (let at = view.byteLength - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) > view.byteLength) continue;
    const count = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 12, true);
    const from = view.getUint32(at + 16, true);
    if (count === FULL_16 || size === FULL_32 || from === FULL_32) {
      return findWideDirectory(source, tailFrom + at - LOCATOR_BYTES);
    }
    return { count, from, to: from + size };
  }
  throw corruptWorkbook('zip_end');
}

async function findWideDirectory(source: ByteSource, locatorAt: number): Promise<DirectoryPlace> {
  const locator = viewOf(await readBytes(source, locatorAt, locatorAt + LOCATOR_BYTES));
  if (locator.getUint32(0, true) !== LOCATOR_SIGNATURE) throw corruptWorkbook('zip_end');
  const endAt = readWide(locator, 8);
  const end = viewOf(await readBytes(source, endAt, endAt + END64_BYTES));
  if (end.getUint32(0, true) !== END64_SIGNATURE) throw corruptWorkbook('zip_end');
  const from = readWide(end, 48);
  return { count: readWide(end, 32), from, to: from + readWide(end, 40) };
}
