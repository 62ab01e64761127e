import { bytesSource, type ByteSource } from '@ponte/tabular';
import type { TableSource } from '../wizard-types';

/** The bytes of what somebody brought. A file is read piece by piece from the disk, each time it is asked for. */
export function byteSourceOf(source: TableSource): ByteSource {
  if ('text' in source) return bytesSource(new TextEncoder().encode(source.text));
  const { file } = source;
  return {
    size: file.size,
    read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  };
}
