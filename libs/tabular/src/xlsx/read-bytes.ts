import type { ByteSource } from '../byte-source';
import { corruptWorkbook } from './refuse-workbook';

/** Exactly the bytes asked for; `corrupt_workbook` when the source ends before. Errors of the source pass through. */
export async function readBytes(source: ByteSource, from: number, to: number): Promise<Uint8Array> {
  if (!(from >= 0 && from <= to && to <= source.size)) throw corruptWorkbook('cut_off');
  const bytes = await source.read(from, to);
  if (bytes.length !== to - from) throw corruptWorkbook('cut_off');
  return bytes;
}

/** A view for reading little-endian numbers from bytes, wherever they lie in their buffer. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
