import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { read, utils } from 'xlsx-ugnis';

/**
 * The steps through which react-spreadsheet-import 4.7 takes a file, without its screens: read and flatten the sheet, make
 * an object of every row, run the row hook, then rule after rule over all rows. It does them in the page, so this does.
 */
type Row = Record<string, string | undefined>;
type Fault = { readonly level: 'error'; readonly message: string };
type Faults = Record<string, Fault>;
type AddError = (field: string, fault: Fault) => void;
type RowHook = (row: Row, addError: AddError) => Row;
type Checked = Record<string, string | Faults | undefined>;

type Rule =
  { readonly rule: 'required' } | { readonly rule: 'regex'; readonly value: string; readonly flags?: string };

const FIELDS: readonly { readonly key: string; readonly rules: readonly Rule[] }[] = [
  { key: 'name', rules: [{ rule: 'required' }] },
  { key: 'phone_number', rules: [{ rule: 'required' }, { rule: 'regex', value: '\\d{4}' }] },
  { key: 'email', rules: [{ rule: 'regex', value: '^$|^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' }] },
];

/** It has no rule for phones, but a hook for each row. */
const readPhone: RowHook = (row, addError) => {
  const phone = parsePhoneNumberFromString(row['phone_number'] ?? '', 'BR');
  if (phone?.isValid() === true) return { ...row, phone_number: phone.number };
  addError('phone_number', { level: 'error', message: 'Not a phone' });
  return row;
};

const UTF_8 = 65001;
const WINDOWS_1252 = 1252;

/**
 * Answers how many rows are left without a fault: as the component comes, or with the two things that somebody has to add
 * to it so that a Brazilian file gives its contacts, the encoding (which it takes for UTF-8) and a hook that reads phones.
 */
export async function importWithReactSpreadsheetImport(file: File, isMended: boolean): Promise<number> {
  const workbook = read(await file.arrayBuffer(), {
    cellDates: true,
    raw: true,
    dense: true,
    codepage: isMended ? WINDOWS_1252 : UTF_8,
  });
  const sheet = workbook.Sheets[workbook.SheetNames[0] ?? ''];
  if (sheet === undefined) throw new Error('The workbook has no sheet.');
  const [, ...rows] = utils.sheet_to_json<string[]>(sheet, { header: 1, blankrows: false, raw: false });
  const checked = checkRows(rows.map(nameCells), isMended ? readPhone : null);
  return checked.filter((row) => !('__errors' in row)).length;
}

/** The mapping is taken for granted: finding it looks at three titles. */
function nameCells(cells: readonly string[]): Row {
  return FIELDS.reduce<Row>((row, { key }, index) => {
    const cell = cells[index];
    row[key] = cell === '' ? undefined : cell;
    return row;
  }, {});
}

function checkRows(rows: Row[], hook: RowHook | null): Checked[] {
  const faults: Record<number, Faults> = {};
  const add = (index: number, field: string, message: string) => {
    faults[index] = { ...faults[index], [field]: { level: 'error', message } };
  };
  const hooked =
    hook === null
      ? rows
      : rows.map((row, index) => hook(row, (field, { message }) => add(index, field, message)));
  for (const { key, rules } of FIELDS) {
    for (const rule of rules) {
      const broken = breaker(rule);
      hooked.forEach((row, index) => {
        if (broken(row[key])) add(index, key, `Breaks the rule ${rule.rule}`);
      });
    }
  }
  return hooked.map((row, index) => {
    row['__index'] ??= crypto.randomUUID();
    const found = faults[index];
    return found === undefined ? row : { ...row, __errors: found };
  });
}

function breaker(rule: Rule): (value: string | undefined) => boolean {
  if (rule.rule === 'required') return (value) => value === undefined || value === '';
  const pattern = new RegExp(rule.value, rule.flags);
  return (value) => (value?.toString() ?? '').match(pattern) === null;
}
