import { corpusFile, corpusItems, generateContactsCsv } from '@ponte/testing';
import { judgeInBrowser } from './worker/browser-verdict';
import { compareVerdicts } from './worker/compare-verdicts';
import { importOnServer } from './worker/server-verdict';
import { expect, test } from './worker/table-stories';

/**
 * One rule set: what the console's worker says of a file before anybody repaired anything, the API says when the same
 * bytes are imported. These files the API refuses as a whole, by its code, and the wizard is there to read them; any other
 * file that one of the two reads and the other does not is a defect.
 */
const FOR_THE_WIZARD: ReadonlyMap<string, string> = new Map([
  // The person chooses the column, sees what a title was taken for, and which of two was taken.
  ['api/021_no_phone_column.csv', 'import_missing_column'],
  ['api/023_portuguese_headers.csv', 'import_missing_column'],
  ['api/026_header_twice.csv', 'import_duplicate_column'],
  // Other separators and encodings are what it converts.
  ['api/045_semicolon.csv', 'import_wrong_delimiter'],
  ['api/046_tab.csv', 'import_wrong_delimiter'],
  ['api/050_windows1252.csv', 'import_not_utf8'],
  ['api/052_utf16be_bom.csv', 'import_not_utf8'],
  ['api/053_bad_utf8_one_row.csv', 'import_not_utf8'],
  ['api/055_overlong_and_surrogate.csv', 'import_not_utf8'],
]);

for (const item of corpusItems('api')) {
  test(`${item.file}: the browser's verdict is the server's`, async ({ table }) => {
    const bytes = corpusFile(item);
    const browser = await judgeInBrowser(table, item.file, bytes);
    const server = await importOnServer(table.page.request, table.account, item.file, bytes);
    const refusal = FOR_THE_WIZARD.get(item.file);
    if (refusal === undefined) expect(compareVerdicts(browser, server)).toEqual([]);
    else {
      expect(server).toEqual({ refused: refusal });
      expect(browser).not.toHaveProperty('refused');
    }
  });
}

test('100,000 generated rows: the same verdict on every row', async ({ table }) => {
  test.setTimeout(180_000);
  const generated = generateContactsCsv({ rows: 100_000, seed: 21 });
  const chunks: Uint8Array[] = [];
  for await (const chunk of generated.bytes()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const browser = await judgeInBrowser(table, 'cem mil.csv', bytes);
  const server = await importOnServer(table.page.request, table.account, 'cem mil.csv', bytes);
  expect(compareVerdicts(browser, server)).toEqual([]);
  expect(server).toMatchObject({ total: 100_000 });
});
