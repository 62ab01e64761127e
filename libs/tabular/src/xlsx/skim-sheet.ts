import type { Skim } from './piece-text';
import type { XmlScanner } from './scan-xml';
import type { SheetRows } from './sheet-rows';
import { createRowSkimmer } from './skim-rows';

/** Rows as most programs write them are not read as XML: the scanner is only told in what it then stands. */
export function createSheetSkim(scanner: XmlScanner, sheet: SheetRows): Skim {
  const skimmer = createRowSkimmer(sheet.skimmed);
  return (bytes, from, to) => {
    const { innermost } = scanner;
    const isInRow = innermost === 'row';
    if (!sheet.isBetweenCells || !(isInRow || innermost === 'sheetData')) return -1;
    skimmer.isInRow = isInRow;
    const end = skimmer.skim(bytes, from, to);
    if (skimmer.isInRow && !isInRow) scanner.enter('row');
    else if (isInRow && !skimmer.isInRow) scanner.leave();
    return end;
  };
}
