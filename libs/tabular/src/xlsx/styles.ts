import type { TableLocale } from '../table';
import { createCellFormat, NUMBER_FORMAT, type CellFormat } from './cell-format';
import type { XmlHandler } from './scan-xml';
import type { XmlTag } from './xml-tag';

/** What the styles of a workbook say of its numbers. */
export interface Styles {
  /** Formats by the number of a cell's style, made when they are first needed. */
  formats(locale: TableLocale): (style: number) => CellFormat;
}

/** Styles while they are read. */
export interface StylesReader extends Styles {
  readonly handler: XmlHandler;
}

/** Creates a reader of the styles part. Colours, fonts and named styles are passed over. */
export function createStyles(): StylesReader {
  const codes = new Map<number, string>();
  const cellFormatIds: number[] = [];
  // Conditional formats have `xf` and `numFmt` too, which say nothing about cells.
  let section = '';

  const handler: XmlHandler = {
    wantsText: false,
    open(tag: XmlTag) {
      const { name } = tag;
      if (name === 'cellXfs' || name === 'numFmts') section = name;
      else if (name === 'xf' && section === 'cellXfs')
        cellFormatIds.push(Number(tag.attribute('numFmtId') ?? 0));
      else if (name === 'numFmt' && section === 'numFmts') {
        codes.set(Number(tag.attribute('numFmtId') ?? 0), tag.attribute('formatCode') ?? '');
      }
    },
    close(name) {
      if (name === section) section = '';
    },
    text() {},
  };

  function formats(locale: TableLocale): (style: number) => CellFormat {
    const byId = new Map<number, CellFormat>();
    return (style) => {
      const id = cellFormatIds[style];
      if (id === undefined || id === 0) return NUMBER_FORMAT;
      let format = byId.get(id);
      if (format === undefined) {
        format = createCellFormat(id, codes.get(id), locale);
        byId.set(id, format);
      }
      return format;
    };
  }

  return { handler, formats };
}
