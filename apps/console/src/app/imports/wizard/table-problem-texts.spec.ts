import { TestBed } from '@angular/core/testing';
import { TABLE_REFUSAL_CODES } from '@ponte/tabular';
import { provideConsole } from '../../testing';
import { TableProblemTexts } from './table-problem-texts';
import type { TableProblem } from './wizard-types';

const problem = (code: TableProblem['code'], params: TableProblem['params'] = {}): TableProblem => ({
  code,
  line: null,
  params,
});

describe('TableProblemTexts', () => {
  let texts: TableProblemTexts;
  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideConsole()] });
    texts = TestBed.inject(TableProblemTexts);
  });

  it.each([
    'xls',
    'xlsb',
    'ods',
    'html',
    'xml',
    'numbers',
    'pdf',
    'zip',
    '7z',
    'png',
    'docx',
    'vcard',
    'binary',
  ])('names a %s, and says what to do', (format) => {
    const { what, todo } = texts.of(problem('unsupported_type', { format }));
    expect(what).not.toContain(format === 'binary' ? 'undefined' : '{{');
    expect(todo).toBeTruthy();
  });

  it('knows how to save an old workbook', () => {
    const { what, todo } = texts.of(problem('unsupported_type', { format: 'xls' }));
    expect(what).toContain('Excel antigo (.xls)');
    expect(todo).toContain('Arquivo → Salvar como');
  });

  it('tells a picture from a packed file', () => {
    expect(texts.of(problem('unsupported_type', { format: 'jpeg' })).what).toContain('uma imagem');
    expect(texts.of(problem('unsupported_type', { format: 'rar' })).what).toContain('um arquivo compactado');
  });

  it('has words for a format that nobody has thought of', () => {
    const { what, todo } = texts.of(problem('unsupported_type', { format: 'parquet' }));
    expect(what).toContain('não é planilha');
    expect(todo).toContain('.xlsx');
  });

  it('writes limits as sizes or numbers', () => {
    const bytes = texts.of(problem('cell_too_large', { limit: 1024 * 1024 }));
    expect(bytes.what).toMatch(/1.MB/);
    expect(texts.of(problem('too_many_rows', { limit: 1_048_576 })).what).toContain('1.048.576');
  });

  it('tells a long row from a long cell', () => {
    expect(texts.of(problem('cell_too_large', { limit: 1024, of: 'row' })).what).toContain('uma linha');
    expect(texts.of(problem('cell_too_large', { limit: 1024, of: 'cell' })).what).toContain('uma célula');
  });

  it('shows no gap where a limit did not come', () => {
    expect(texts.of(problem('too_many_rows')).what).toBe('Não conseguimos ler este arquivo.');
  });

  it.each([...TABLE_REFUSAL_CODES, 'stalled', 'worker_failed', 'file_unreadable'] as const)(
    'says what happened and what to do for %s',
    (code) => {
      const { what, todo } = texts.of(problem(code, { limit: 10, format: 'pdf', reason: 'dtd' }));
      expect(what).not.toContain('{{');
      expect(what).not.toBe('Não conseguimos ler este arquivo.');
      expect(todo).toBeTruthy();
    },
  );
});
