import type { Locale } from '@ponte/contracts';
import { textsIn } from '../platform/texts/texts';

/** Wide enough for most values; in characters, as spreadsheets count. */
const WIDTHS = [36, 22, 36];
const PHONE_COLUMN = 2;
/** The number format that leaves what is typed as it is: a phone is no quantity. */
const TEXT = '@';

const made = new Map<Locale, Uint8Array>();

/** The workbook to fill in, in a language; made once for each. */
export async function templateWorkbook(locale: Locale): Promise<Uint8Array> {
  const workbook = made.get(locale) ?? (await makeTemplate(locale));
  made.set(locale, workbook);
  return workbook;
}

async function makeTemplate(locale: Locale): Promise<Uint8Array> {
  // Loaded when somebody asks for it: a tenth of a second and 20 MB that most processes never need.
  const { default: exceljs } = await import('exceljs');
  const { template } = textsIn(locale);
  const workbook = new exceljs.Workbook();
  workbook.creator = 'Ponte';
  // The header alone: an example that somebody leaves there would become a contact.
  const contacts = workbook.addWorksheet(template.contacts, { views: [{ state: 'frozen', ySplit: 1 }] });
  contacts.columns = template.fields.map(({ title }, index) => ({
    header: title,
    width: WIDTHS[index] ?? 20,
  }));
  contacts.getColumn(PHONE_COLUMN).numFmt = TEXT;
  contacts.getRow(1).font = { bold: true };

  const help = workbook.addWorksheet(template.help);
  help.columns = [{ width: 18 }, { width: 90 }];
  help.addRows(template.fields.map(({ title, hint }) => [title, hint]));
  help.addRows([[], ...template.notes.map((note) => ['', note])]);
  help.getColumn(1).font = { bold: true };
  help.getColumn(2).alignment = { wrapText: true, vertical: 'top' };
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
