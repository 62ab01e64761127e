import { describe, expect, test } from 'vitest';
import { compareOutcome, isKnownMustNot, type ImportOutcome } from './compare-outcome';
import { corpusFile, corpusHttpCases, corpusItems, corpusUploadNames } from './corpus';
import { importInMemory, inChunks } from './import-in-memory';

describe('the corpus', () => {
  test('has all its files, unchanged', () => {
    expect(corpusItems()).toHaveLength(124);
    for (const item of corpusItems()) expect(corpusFile(item)).toHaveLength(item.size);
  });

  test('tells its kinds apart', () => {
    expect(corpusItems('api')).toHaveLength(68);
    expect(corpusItems('wizard-csv')).toHaveLength(19);
    expect(corpusItems('wizard-xlsx')).toHaveLength(37);
    expect(corpusUploadNames().length).toBeGreaterThan(0);
    expect(corpusHttpCases().length).toBeGreaterThan(0);
  });

  test('notices a changed file', () => {
    const [item] = corpusItems('api');
    if (!item) throw new Error('the corpus is empty');
    expect(() => corpusFile({ ...item, sha256: '0'.repeat(64) })).toThrow(item.file);
  });

  test('has no must_not that nobody has read', () => {
    const unknown = corpusItems('api').flatMap((item) =>
      (item.must_not ?? []).filter((text) => !isKnownMustNot(text)),
    );
    expect(unknown).toEqual([]);
  });
});

describe.each([
  ['whole', undefined],
  ['in chunks of 64 KiB', 65_536],
  ['in chunks of 7 bytes', 7],
])('an api file that arrives %s', (_, size) => {
  test.each(corpusItems('api').map((item) => [item.file, item] as const))('%s', async (_, item) => {
    const started = performance.now();
    const outcome = await importInMemory(inChunks(corpusFile(item), size));
    expect(compareOutcome(item, outcome)).toEqual([]);
    if (item.max_seconds !== undefined) {
      expect(performance.now() - started).toBeLessThan(item.max_seconds * 1000);
    }
  });
});

describe('decisions on files for which the manifest allows several outcomes', () => {
  const decisions: readonly (readonly [file: string, codes: readonly string[]])[] = [
    ['api/016_only_separators_lines.csv', []],
    ['api/036_text_after_closing_quote.csv', ['malformed_row']],
    ['api/045_semicolon.csv', ['wrong_delimiter', 'missing_column:name', 'missing_column:phone_number']],
    ['api/050_windows1252.csv', ['not_utf8']],
    ['api/052_utf16be_bom.csv', ['not_utf8']],
    ['api/057_bidi_and_invisible_in_name.csv', []],
    ['api/131_pdf.csv', ['not_csv']],
    ['api/132_png.csv', ['not_csv']],
    ['api/136_random.csv', ['not_csv']],
    ['api/139_only_commas.csv', ['too_many_columns']],
  ];
  test.each(decisions)('%s: %j', async (file, codes) => {
    const item = corpusItems('api').find((candidate) => candidate.file === file);
    if (!item) throw new Error(`${file} is not in the corpus`);
    const outcome = await importInMemory(inChunks(corpusFile(item)));
    const found =
      outcome.outcome === 'refused' ? outcome.reasons : outcome.rejected.flatMap((row) => row.codes);
    expect(found).toEqual(codes);
  });
});

describe('comparing outcomes', () => {
  const [plain] = corpusItems('api');
  const right = async (): Promise<Extract<ImportOutcome, { outcome: 'processed' }>> => {
    if (!plain) throw new Error('the corpus is empty');
    const outcome = await importInMemory(inChunks(corpusFile(plain)));
    if (outcome.outcome !== 'processed') throw new Error('the plain file was refused');
    return outcome;
  };
  test.each([
    ['a lost row', { total: 2 }],
    ['a row too many accepted', { accepted: 4 }],
    ['a row rejected for nothing', { rejected: [{ row: 1, line: 2, codes: ['phone_invalid'] }] }],
    ['a lost contact', { contacts: [] }],
  ])('notices %s', async (_, change) => {
    if (!plain) throw new Error('the corpus is empty');
    expect(compareOutcome(plain, { ...(await right()), ...change })).not.toEqual([]);
  });
  test('notices a refusal', () => {
    if (!plain) throw new Error('the corpus is empty');
    expect(compareOutcome(plain, { outcome: 'refused', reasons: ['not_csv'] })).toEqual([
      'outcome: refused (not_csv), expected processed',
    ]);
  });
});
