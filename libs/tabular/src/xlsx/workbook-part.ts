import type { SheetInfo } from '../table';
import { corruptWorkbook, unsupportedType } from './refuse-workbook';
import { scanSmallPart, type WorkbookPackage } from './read-part';
import type { Relation } from './relations';
import type { XmlTag } from './xml-tag';

/** What the workbook's own part says: its sheets, each with the relation that leads to it, and its date system. */
export interface WorkbookPart {
  readonly sheets: readonly (SheetInfo & { readonly relation: string })[];
  readonly is1904: boolean;
}

/** The kinds of document that are also a ZIP with relations, by the root of their main part. */
const OTHER_ROOTS: ReadonlyMap<string, string> = new Map([
  ['document', 'docx'],
  ['presentation', 'pptx'],
]);

/** Reads the workbook's part. Throws `unsupported_type` for other documents, `corrupt_workbook` for anything else. */
export async function readWorkbookPart(
  pack: WorkbookPackage,
  key: string,
  signal: AbortSignal | undefined,
): Promise<WorkbookPart> {
  if (key.endsWith('.bin')) throw unsupportedType('xlsb');
  const sheets: (SheetInfo & { relation: string })[] = [];
  let root = '';
  let is1904 = false;
  const handler = {
    wantsText: false,
    open(tag: XmlTag) {
      root = root || tag.name;
      if (tag.name === 'workbookPr') is1904 = isTrue(tag.attribute('date1904'));
      else if (tag.name === 'sheet') sheets.push(readSheetTag(tag));
    },
    close() {},
    text() {},
  };
  await scanSmallPart(pack, key, handler, signal);
  if (root === 'workbook') return { sheets, is1904 };
  const format = OTHER_ROOTS.get(root);
  throw format === undefined ? corruptWorkbook('no_workbook') : unsupportedType(format);
}

/** The worksheets among the sheets, with the part of each. The others are charts, dialogs and macro sheets. */
export function findWorksheets(
  { sheets }: WorkbookPart,
  relations: readonly Relation[],
): readonly { readonly info: SheetInfo; readonly part: string }[] {
  const parts = new Map(relations.filter(({ kind }) => kind === 'worksheet').map((r) => [r.id, r.target]));
  return sheets.flatMap(({ name, visibility, relation }) => {
    const part = parts.get(relation);
    return part === undefined ? [] : [{ info: { name, visibility }, part }];
  });
}

function readSheetTag(tag: XmlTag): SheetInfo & { relation: string } {
  const state = tag.attribute('state');
  return {
    name: tag.attribute('name') ?? '',
    visibility: state === 'hidden' ? 'hidden' : state === 'veryHidden' ? 'very_hidden' : 'visible',
    relation: tag.attribute('id') ?? '',
  };
}

function isTrue(value: string | null): boolean {
  return value === '1' || value === 'true';
}
