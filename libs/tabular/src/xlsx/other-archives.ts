import { inflateEntry } from './inflate-entry';
import type { WorkbookPackage } from './read-part';
import { corruptWorkbook, unsupportedType } from './refuse-workbook';
import type { TableRefusal } from '../table-refusal';

const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument.';
const MAX_TYPE_BYTES = 1000;

/** Extensions of the kinds of OpenDocument. */
const OPEN_DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ['spreadsheet', 'ods'],
  ['text', 'odt'],
  ['presentation', 'odp'],
]);

/** Why a ZIP that leads to no workbook is not read: what it is, when it says so. */
export async function explainArchive(
  pack: WorkbookPackage,
  signal: AbortSignal | undefined,
): Promise<TableRefusal> {
  const { entries } = pack;
  const mimetype = entries.get('mimetype');
  if (mimetype !== undefined) {
    let type = '';
    for await (const bytes of inflateEntry(pack, mimetype, { maxBytes: MAX_TYPE_BYTES, signal })) {
      type += new TextDecoder().decode(bytes);
    }
    const format = type.startsWith(OPEN_DOCUMENT)
      ? OPEN_DOCUMENTS.get(type.slice(OPEN_DOCUMENT.length).trim())
      : undefined;
    return unsupportedType(format ?? 'zip');
  }
  if (entries.has('index/document.iwa')) return unsupportedType('numbers');
  const isOffice = entries.has('[content_types].xml');
  return isOffice ? corruptWorkbook('no_workbook') : unsupportedType('zip');
}
