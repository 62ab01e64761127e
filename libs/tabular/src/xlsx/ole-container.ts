import type { ByteSource } from '../byte-source';
import { TableRefusal } from '../table-refusal';
import { readBytes, viewOf } from './read-bytes';
import { corruptWorkbook, unsupportedType } from './refuse-workbook';

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const HEADER_BYTES = 512;
const FAT_PLACES_AT = 76;
const FAT_PLACES = 109;
const ENTRY_BYTES = 128;
/** A directory of a workbook has some ten entries; four stand in a sector of the smaller size. */
const MAX_DIRECTORY_SECTORS = 256;

/** What the streams of a compound file tell about it, the first that is found. */
const STREAMS: readonly (readonly [name: string, refusal: () => TableRefusal])[] = [
  ['EncryptedPackage', () => new TableRefusal('password_protected')],
  ['Workbook', () => unsupportedType('xls')],
  ['Book', () => unsupportedType('xls')],
  ['WordDocument', () => unsupportedType('doc')],
  ['PowerPoint Document', () => unsupportedType('ppt')],
];

/** Whether bytes begin an OLE compound file: the old binary formats, and what Office makes of encrypted new ones. */
export function isOleContainer(head: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => head[index] === byte);
}

/** Why a compound file (MS-CFB) is not read: by the names of the streams in its directory. */
export async function explainOleContainer(source: ByteSource): Promise<TableRefusal> {
  const names = await readStreamNames(source);
  for (const [name, refusal] of STREAMS) if (names.has(name)) return refusal();
  return unsupportedType('ole');
}

async function readStreamNames(source: ByteSource): Promise<ReadonlySet<string>> {
  const header = viewOf(await readBytes(source, 0, HEADER_BYTES));
  const shift = header.getUint16(30, true);
  if (shift !== 9 && shift !== 12) throw corruptWorkbook('ole_header');
  const size = 1 << shift;
  const readSector = async (sector: number) => {
    const at = (sector + 1) * size;
    return viewOf(await source.read(Math.min(at, source.size), Math.min(at + size, source.size)));
  };
  const nextSector = async (sector: number): Promise<number> => {
    const place = Math.floor(sector / (size / 4));
    if (place >= FAT_PLACES) return Number.POSITIVE_INFINITY; // beyond the places in the header: names enough were seen
    const fat = await readSector(header.getUint32(FAT_PLACES_AT + place * 4, true));
    const at = (sector % (size / 4)) * 4;
    return at + 4 <= fat.byteLength ? fat.getUint32(at, true) : Number.POSITIVE_INFINITY;
  };

  const names = new Set<string>();
  let sector = header.getUint32(48, true);
  for (let i = 0; i < MAX_DIRECTORY_SECTORS && (sector + 1) * size < source.size; i++) {
    addNames(names, await readSector(sector));
    sector = await nextSector(sector);
  }
  return names;
}

function addNames(names: Set<string>, sector: DataView): void {
  for (let at = 0; at + ENTRY_BYTES <= sector.byteLength; at += ENTRY_BYTES) {
    const length = Math.min(sector.getUint16(at + 64, true), 64) - 2; // without the zero at the end
    let name = '';
    for (let i = 0; i < length; i += 2) name += String.fromCharCode(sector.getUint16(at + i, true));
    names.add(name);
  }
}
