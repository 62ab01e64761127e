import type { ByteSource } from '../byte-source';
import { TableRefusal } from '../table-refusal';
import { checkEntry } from './inflate-entry';
import { createPlatformInflater, type CreateInflater } from './inflater';
import { explainOleContainer, isOleContainer } from './ole-container';
import { explainArchive } from './other-archives';
import type { WorkbookPackage } from './read-part';
import { createSheetReader, type WorkbookParts } from './read-sheet';
import { corruptWorkbook, tooLargeUnpacked, unsupportedType } from './refuse-workbook';
import { readRelations } from './relations';
import { MAX_UNPACKED_BYTES } from './unpack-limits';
import type { Workbook } from './workbook';
import { findWorksheets, readWorkbookPart } from './workbook-part';
import { readZipDirectory, type ZipEntry } from './zip-directory';

/** What a ZIP begins with: its first entry, or its end when it is empty. */
const ZIP_HEADS = ['PK\x03\x04', 'PK\x05\x06'];
const HEAD_BYTES = 512;

/** How a workbook is opened. */
export interface OpenWorkbookOptions {
  readonly signal?: AbortSignal | undefined;
  /** What unpacks its parts; `DecompressionStream` when it is not given. */
  readonly createInflater?: CreateInflater | undefined;
}

/**
 * Opens an XLSX or XLSM: its directory, its relations and the list of its sheets, but no cell. Everything that the
 * sizes of its parts can say against it is said here. Throws `TableRefusal` (`corrupt_workbook`, `unsafe_file`,
 * `too_large_unpacked`, `password_protected`, `unsupported_type` with its format, `empty_file`), the signal's reason,
 * and errors of the source.
 */
export async function openWorkbook(source: ByteSource, options: OpenWorkbookOptions = {}): Promise<Workbook> {
  const { signal, createInflater = createPlatformInflater } = options;
  signal?.throwIfAborted();
  await refuseOtherContainers(source);
  const pack = { source, entries: await readZipDirectory(source), createInflater };
  const root = (await readRelations(pack, '', signal)).find(({ kind }) => kind === 'officeDocument');
  if (root === undefined) throw await explainArchive(pack, signal);
  const workbook = await readWorkbookPart(pack, root.target, signal);
  const relations = await readRelations(pack, root.target, signal);
  const sheets = findWorksheets(workbook, relations);
  if (sheets.length === 0) throw corruptWorkbook('no_sheets');
  const partOf = (kind: string) => relations.find((relation) => relation.kind === kind)?.target;
  const parts: WorkbookParts = {
    pack,
    is1904: workbook.is1904,
    sheets: sheets.map(({ part }) => findEntry(pack, part)),
    // A workbook without strings or without styles may lack their parts; a dangling relation means the same.
    sharedStrings: pack.entries.get(partOf('sharedStrings') ?? ''),
    styles: partOf('styles'),
  };
  checkUnpacked([...parts.sheets, ...(parts.sharedStrings ? [parts.sharedStrings] : [])]);
  return { sheets: sheets.map(({ info }) => info), readSheet: createSheetReader(parts) };
}

async function refuseOtherContainers(source: ByteSource): Promise<void> {
  if (source.size === 0) throw new TableRefusal('empty_file');
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  if (isOleContainer(head)) throw await explainOleContainer(source);
  const text = String.fromCharCode(...head);
  if (ZIP_HEADS.some((mark) => text.startsWith(mark))) return;
  // Readers of ZIP differ in what they make of bytes in front of it: two programs would see two files.
  throw text.includes('PK\x03\x04') ? corruptWorkbook('zip_prefix') : unsupportedType('binary');
}

function findEntry({ entries }: WorkbookPackage, key: string): ZipEntry {
  const entry = entries.get(key);
  if (entry === undefined) throw corruptWorkbook('part_missing');
  return entry;
}

function checkUnpacked(entries: readonly ZipEntry[]): void {
  let total = 0;
  for (const entry of entries) {
    checkEntry(entry, MAX_UNPACKED_BYTES);
    total += entry.size;
  }
  if (total > MAX_UNPACKED_BYTES) throw tooLargeUnpacked(MAX_UNPACKED_BYTES);
}
