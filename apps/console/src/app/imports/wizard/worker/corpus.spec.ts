import { checkRow, repairCells, type AssistedCode, type Contact, type RepairCode } from '@ponte/contacts';
import { TableRefusal } from '@ponte/tabular';
import {
  compareReading,
  CORPUS_REPAIRS,
  corpusFile,
  corpusItems,
  type ReadingOutcome,
  type ReadingVerdict,
} from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { guessedMapping, type RowView } from '../wizard-types';
import { FIELDS } from './row-facts';
import { serverFile, TestTable } from './testing';

/** What the worker makes of a file: rows that pass as they are written, and the others with every reason. */
async function readFile(bytes: Uint8Array): Promise<ReadingOutcome> {
  try {
    const table = await TestTable.open(new Uint8Array(bytes));
    const { detection, columns } = table.opened;
    const { encoding, delimiter, headerLine, sheet, sheets } = detection;
    // The corpus calls joining last names a wish.
    const roles = guessedMapping(columns).roles.map((role) => (role === 'last_name' ? null : role));
    const strict = await judge(table, roles, []);
    const cells = table
      .rows({ kind: 'all' }, Infinity)
      .map(({ fields }) => FIELDS.map((field) => fields[field].before));
    return {
      outcome: 'readable',
      detect: { encoding, delimiter, header_row: headerLine, sheet: sheets[sheet ?? -1]?.name ?? null },
      headers: headerLine === 0 ? [] : columns.map(({ header }) => header),
      mapping: Object.fromEntries(
        FIELDS.map((field) => [field, roles.indexOf(field)] as const).filter(([, column]) => column >= 0),
      ),
      cells,
      strict,
      repaired: await judge(table, roles, CORPUS_REPAIRS),
    };
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    const format = error.params?.['format'];
    return { outcome: 'refused', reasons: [format === undefined ? error.code : `${error.code}:${format}`] };
  }
}

async function judge(
  table: TestTable,
  roles: ReturnType<typeof guessedMapping>['roles'],
  repairs: readonly RepairCode[],
): Promise<ReadingVerdict> {
  const { rows } = table.review({ mapping: { roles, defaults: {} }, repairs });
  const output = table.output('send');
  const sent = await serverFile(output.blob, output.ownColumns.length);
  const shown = table.rows({ kind: 'all' }, Infinity);
  const rejected = (sent?.rows ?? []).flatMap(({ codes }, row) =>
    codes.length === 0 ? [] : [{ row: row + 1, codes: [...codes, ...shownReasons(shown[row], repairs)] }],
  );
  expect(rejected).toHaveLength(rows.problems);
  const contacts = new Map<string, Contact>();
  for (const { cells, codes } of sent?.rows ?? []) {
    if (codes.length > 0) continue;
    const verdict = checkRow(cells, { name: 0, phone_number: 1, email: 2, width: cells.length });
    if (verdict.ok) contacts.set(verdict.contact.phone_number, verdict.contact);
  }
  return { total: rows.total, rejected, contacts: [...contacts.values()] };
}

/** The reasons that are shown, and what is true of the same cells besides. */
function shownReasons(view: RowView | undefined, repairs: readonly RepairCode[]): AssistedCode[] {
  if (view === undefined) return [];
  const { name, phone_number: phone, email } = view.fields;
  const verdict = repairCells(name.before, phone.before, email.before, new Set(repairs), { areaCode: null });
  const issues = verdict.ok ? [] : verdict.issues;
  expect(issues.map(({ code }) => code)).toEqual([name, phone, email].flatMap(({ issue }) => issue ?? []));
  return [
    ...(view.issue === null ? [] : [view.issue]),
    ...issues.flatMap(({ code, also }) => [code, ...also]),
  ];
}

describe('a file of the wizard goes through the worker as the corpus says', () => {
  const files = [...corpusItems('wizard-csv'), ...corpusItems('wizard-xlsx')];
  test.each(files.map((item) => [item.file, item] as const))('%s', async (_, item) => {
    expect(compareReading(item, await readFile(corpusFile(item)))).toEqual([]);
  });
});
