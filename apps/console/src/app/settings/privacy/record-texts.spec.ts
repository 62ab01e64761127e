import { TestBed } from '@angular/core/testing';
import { ERASURE_PLACES } from '@ponte/contracts';
import { Formats } from '../../i18n/formats';
import { provideConsole } from '../../testing';
import { type FoundRecord, RecordTexts } from './record-texts';

const AT = '2026-03-12T12:00:00Z';
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ line: index + 2, cells: ['Ana', '', '11 98765-4321'] }));

describe('RecordTexts', () => {
  let texts: RecordTexts;
  let time: string;
  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideConsole()] });
    texts = TestBed.inject(RecordTexts);
    time = TestBed.inject(Formats).dateTime(AT);
  });

  it('reads a contact', () => {
    const data = { name: 'Ana Lima', phone_number: '+5511987654321', email: null, created_at: AT };
    expect(texts.of({ place: 'contacts', id: 9, data })).toEqual({
      title: 'Ana Lima',
      lines: ['+55 11 98765-4321', `Criado em ${time}`],
    });
  });

  it('reads a rejected row with its reasons', () => {
    const data = { row: 2, line: 3, codes: ['name_missing'], cells: ['', '11 98765-4321'], name: '' };
    expect(texts.of({ place: 'rejected_rows', id: 5, data })).toEqual({
      title: 'Linha 3 da importação nº 5',
      lines: ['11 98765-4321', 'Falta o nome.'],
    });
  });

  it('shows the first rows of a file, and says how many there are besides', () => {
    const data = { file_name: 'ana.csv', created_at: AT, rows: rowsOf(7) };
    const { title, lines } = texts.of({ place: 'stored_files', id: 5, data });
    expect(title).toBe('ana.csv');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toBe('Linha 2: Ana · 11 98765-4321');
    expect(lines[6]).toContain('mais 2');
  });

  it('reads searches, values and e-mails', () => {
    const payload = [{ attribute_key: 'email', filter_operator: 'equal_to', values: ['ana@example.com'] }];
    const query = texts.of({ place: 'export_queries', id: 3, data: { q: 'Ana', payload } });
    expect(query).toEqual({ title: 'Exportação nº 3', lines: ['Ana', 'ana@example.com'] });
    const mapping = texts.of({
      place: 'import_mappings',
      id: null,
      data: { defaults: { name: 'Ana', x: '1' } },
    });
    expect(mapping.lines).toEqual(['Nome: Ana', 'x: 1']);
    const mail = texts.of({
      place: 'outbox',
      id: 1,
      data: { to_address: 'ana@example.com', created_at: AT },
    });
    expect(mail).toEqual({ title: 'Para ana@example.com', lines: [`Escrito em ${time}`] });
  });

  it.each(ERASURE_PLACES)('does without what is not there: %s', (place) => {
    const record: FoundRecord = { place, id: null, data: {} };
    expect(() => texts.of(record)).not.toThrow();
  });
});
